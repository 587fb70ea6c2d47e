"""``db.update(table).set({ … }).where(…)``."""

from __future__ import annotations

from sqlglot import exp

from workbench.targets.drizzle.queries.clauses import only
from workbench.targets.drizzle.queries.conditions import condition
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.drizzle.writes.writing import Target, Writing
from workbench.targets.typescript import Expression, Name, Object, method


def update(writing: Writing, node: exp.Expression) -> Expression:
    """An UPDATE of one table."""
    only(node, "this", "expressions", "where", "returning")
    target = writing.target(node.this)
    values = dict(_assignment(writing, target, part) for part in node.expressions)
    values |= _kept(writing, target, values)
    code: Expression = method(Name("db"), "update", target.code)
    code = method(code, "set", Object(tuple(values.items())))
    where = node.args.get("where")
    if where is not None:
        code = method(code, "where", condition(writing.m, where.this, target.scope))
    return writing.returning(code, target, node)


def _assignment(writing: Writing, target: Target, part: exp.Expression) -> tuple[str, Expression]:
    if not isinstance(part, exp.EQ) or not isinstance(part.this, exp.Column):
        raise Untranslatable(part.sql("postgres"), "this assigns no single column")
    return writing.key(target, part.this.name), writing.value(target, part.this.name, part.expression)


def _kept(writing: Writing, target: Target, values: dict[str, Expression]) -> dict[str, Expression]:
    """Columns that the schema would set anew, and Django's ``update()`` leaves alone: each is set to itself."""
    own = (column for table, column in sorted(writing.updating) if table == target.table.name)
    keys = {writing.key(target, column): target.columns[column].code for column in own}
    return {key: code for key, code in keys.items() if key not in values}
