"""Kinds as sorts: integers, reals for every kind whose equality is identity, an uninterpreted sort for any other."""

from __future__ import annotations

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.smt import BOOL, FALSE, INT, REAL, Script, Value, conditional

# Days and microseconds are counted, so that nothing lies between one and the next.
_WHOLE = frozenset({"int", "date", "timestamp", "timestamptz"})


class KindScript(Script):
    """A script that knows the sort of each kind, the value that stands for NULL's, and the order of values."""

    def sort_of(self, kind: str) -> str:
        """The sort of a kind."""
        if kind == "bool":
            return BOOL
        if kind in _WHOLE:
            return INT
        return REAL if kinds.is_identity(kind) else self.sort(kind)

    def default(self, sort: str) -> Value:
        """The value that stands for NULL's."""
        known = _DEFAULTS.get(sort)
        return Value(known, sort) if known else self.constant("null", sort)

    def rank(self, value: Value) -> Value:
        """The place of a value in its kind's order."""
        if value.sort in (INT, REAL):
            return value
        if value.sort == BOOL:
            return Value(conditional(value.text, "1", "0"), INT)
        return self.function("rank", [value], REAL)


_DEFAULTS = {BOOL: FALSE, INT: "0", REAL: "0.0"}
