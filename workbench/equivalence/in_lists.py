"""``x IN ((SELECT …))``: the rows of the query in PostgreSQL, a list of one value in SQLite."""

from __future__ import annotations

from sqlglot import exp

from workbench.catalog.table import Dialect
from workbench.equivalence.walking import ByType


def spell_out_lists(kinds: ByType, dialect: Dialect) -> None:
    """A query in further parentheses becomes the list that SQLite takes it for."""
    if dialect != "sqlite":
        return
    for node in kinds.get(exp.In, ()):
        query = node.args.get("query")
        inner = query.this if isinstance(query, exp.Subquery) else None
        if isinstance(inner, exp.Subquery):
            node.set("query", None)
            node.set("expressions", [inner])
