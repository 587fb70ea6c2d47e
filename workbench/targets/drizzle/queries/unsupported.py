"""What Django can write that has no Drizzle form here, each with the reason; a test proves that nothing is missing."""

from __future__ import annotations

from sqlglot import exp

_WRITING = "it is no query: writes have a form of their own"

UNSUPPORTED: dict[type[exp.Expression], str] = {
    exp.Star: "a star is not one value",
    exp.IgnoreNulls: "PostgreSQL has no IGNORE NULLS",
    exp.Lambda: "it is no SQL of PostgreSQL's",
    exp.Insert: _WRITING,
    exp.Update: _WRITING,
    exp.Delete: _WRITING,
}
