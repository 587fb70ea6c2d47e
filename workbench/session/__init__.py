"""One opened project and everything computed of it."""

from workbench.session.opening import open
from workbench.session.workbench import Workbench

__all__ = ["Workbench", "open"]
