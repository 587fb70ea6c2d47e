"""The names of joins: the first of one side stands for the first of the other, and Django's call for all of them."""

from __future__ import annotations

EVERY_JOIN = "joins"
_LAST = 9


def join(number: int) -> tuple[str, str]:
    """The names of a join, counted from 1; those beyond the last share one."""
    return "join", f"join{min(number, _LAST)}"
