"""Looks for a small database on which two queries, run as they are written, answer differently."""

from workbench.equivalence.counterexample.search import Found, Search, search

__all__ = ["Found", "Search", "search"]
