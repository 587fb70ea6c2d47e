"""A write of several statements run by both sides on the same databases; what all tables hold afterwards, compared."""

from workbench.session.querysets.performing.outcome import Performed
from workbench.session.querysets.performing.trial import Performing

__all__ = ["Performed", "Performing"]
