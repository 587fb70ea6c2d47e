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

# of what Django writes for SQLite
UNSUPPORTED_ON_SQLITE: dict[type[exp.Expression], str] = {
    **UNSUPPORTED,
    exp.RegexpLike: "SQLite has no regular expressions: Django runs Python's on its own connection",
    exp.JSONExtract: "Django writes JSON_EXTRACT, not this operator",
    exp.HexString: "a constant in hexadecimal has no form here",
    exp.Aliases: "SQLite reads no such thing",
}
