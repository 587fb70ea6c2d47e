"""Django's parameters as Python's sqlite3 binds them: SQLite knows whole numbers, floats, texts, bytes and NULL."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.values import Wire

# kinds whose adapter (Django's or Python's own) makes a text of them
_TEXTS = ("decimal", "date", "uuid")


def as_bound(values: Sequence[Wire], dialect: str) -> tuple[Wire, ...]:
    """Truth values are numbers and decimals texts on SQLite; on PostgreSQL everything is what it is."""
    return tuple(map(_bound, values)) if dialect == "sqlite" else tuple(values)


def _bound(value: Wire) -> Wire:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dict) and value["$"] in _TEXTS:
        return str(value["v"])
    return value


def aligned(values: Sequence[Wire], django: Sequence[Wire]) -> tuple[Wire, ...]:
    """Drizzle's parameters: a number without a fraction is REAL to SQLite, and shown as Django's of that value is.

    A translation sends such a number only where that makes no difference (beside a column, as an offset).
    """
    floats = {value["v"] for value in django if isinstance(value, dict) and value["$"] == "float"}
    whole = {value for value in django if isinstance(value, int)}
    return tuple(
        {"$": "float", "v": repr(float(value))}
        if isinstance(value, int) and value not in whole and repr(float(value)) in floats
        else value
        for value in values
    )
