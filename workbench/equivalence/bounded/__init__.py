"""Both queries over tables of at most k symbolic rows: z3 makes a database on which they differ, or shows none."""

from workbench.equivalence.bounded.rung import Bounded, bounded

__all__ = ["Bounded", "bounded"]
