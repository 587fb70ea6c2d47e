"""Both queries over tables of at most k symbolic rows: z3 makes a database on which they differ, or shows none."""

from workbench.equivalence.bounded.pair import Bounded
from workbench.equivalence.bounded.rung import bounded

__all__ = ["Bounded", "bounded"]
