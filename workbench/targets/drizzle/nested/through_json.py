"""What becomes of a column's values when Drizzle 0.45 reads nested rows as JSON: one row a builder."""

from __future__ import annotations

from workbench.targets.drizzle.queries.terms import Term, Untranslatable
from workbench.targets.typescript import flat

_SAME = "the value is the same"
_DIGITS = "nested rows are read as JSON, whose numbers are doubles: digits are lost"

# by Drizzle's builder; each measured on drizzle-orm 0.45.4 with node-postgres, see tests/session/test_relational.py
THROUGH_JSON: dict[str, str] = {
    **dict.fromkeys(("integer", "smallint", "serial", "bigserial", "smallserial"), _SAME),
    **dict.fromkeys(("boolean", "varchar", "char", "text", "uuid", "date", "time", "interval"), _SAME),
    **dict.fromkeys(("inet", "cidr", "macaddr", "macaddr8", "doublePrecision", "real", "json", "jsonb"), _SAME),
    "timestamp": _SAME,  # the same instant to the microsecond, written in ISO form
    "numeric": f"{_DIGITS}, 9007199254740993.10 is 9007199254740994",
    "bytea": "nested rows are read as JSON, which has no bytes: they are text",
}


def changed_by_json(term: Term) -> None:
    """Untranslatable where a nested column's values are not those of a flat query."""
    reason = THROUGH_JSON.get(term.kind, f"nested rows are read as JSON, and what becomes of {term.kind} is not known")
    if term.kind == "bigint":
        reason = _SAME if term.js == "number" else f"{_DIGITS} beyond 2**53"
    if term.type.endswith("[]"):
        reason = "nested rows are read as JSON, and what becomes of arrays is not known"
    if reason is not _SAME:
        raise Untranslatable(flat(term.code), reason)
