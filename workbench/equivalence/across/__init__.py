"""Pairs whose sides run on two databases: what both mean alike is proved, the rest is run on both and compared."""

from workbench.equivalence.across.deciding import decide_across

__all__ = ["decide_across"]
