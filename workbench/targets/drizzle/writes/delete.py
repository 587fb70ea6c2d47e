"""``db.delete(table).where(…)``."""

from __future__ import annotations

from sqlglot import exp

from workbench.targets.drizzle.queries.clauses import only
from workbench.targets.drizzle.queries.conditions import condition
from workbench.targets.drizzle.writes.writing import Writing
from workbench.targets.typescript import Expression, Name, method


def delete(writing: Writing, node: exp.Expression) -> Expression:
    """A DELETE of one table; what its rows drag along, Django deletes in statements of their own."""
    only(node, "this", "where", "returning")
    target = writing.target(node.this)
    code: Expression = method(Name("db"), "delete", target.code)
    where = node.args.get("where")
    if where is not None:
        code = method(code, "where", condition(writing.m, where.this, target.scope))
    return writing.returning(code, target, node)
