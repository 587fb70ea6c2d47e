"""Python's comparisons: ``==``, ``is None``, ``in``, ``<``."""

from workbench.policies.comparing.comparison import compared
from workbench.policies.comparing.identity import missing, typeless

__all__ = ["compared", "missing", "typeless"]
