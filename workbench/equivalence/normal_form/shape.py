"""Shapes of SELECTs that several rules ask for, and the edits they share."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import conjunction, conjuncts
from workbench.equivalence.walking import find_all

# In a select list these may make several rows of one; an unknown function may too.
SET_RETURNING = (exp.Anonymous, exp.UDTF, exp.Explode, exp.GenerateSeries, exp.Unnest)
_PLAIN_ARGS = frozenset({"expressions", "from_", "joins", "where", "kind", "hint", "operation_modifiers"})


def one_sided(node: exp.Expr) -> bool:
    """Only comma, CROSS, INNER and LEFT joins, of tables, derived tables and VALUES."""
    return all(
        join.side in ("", "LEFT")
        and join.kind in ("", "INNER", "CROSS", "OUTER")
        and not join.args.get("using")
        and not join.args.get("method")
        for join in node.args.get("joins") or ()
    )


def is_plain(select: exp.Select) -> bool:
    """SELECT … FROM … WHERE and nothing else; no aggregate, window or unknown function in the select list."""
    if any(value for name, value in select.args.items() if name not in _PLAIN_ARGS):
        return False
    blocked = (exp.AggFunc, exp.Window, *SET_RETURNING)
    return all(_outside_subqueries(part, blocked) for part in select.expressions)


def _outside_subqueries(node: exp.Expr, blocked: tuple[type[exp.Expr], ...]) -> bool:
    inner = node.walk(prune=lambda n: isinstance(n, exp.Query))
    return not any(isinstance(found, blocked) for found in inner if not isinstance(found, exp.Query))


def set_where(select: exp.Expr, parts: list[exp.Expr]) -> None:
    """Make these conjuncts the WHERE clause."""
    condition = conjunction(parts)
    select.set("where", exp.Where(this=condition) if condition is not None else None)


def output_of(select: exp.Select) -> exp.Expr:
    """The one output of a SELECT, without its alias, as a copy."""
    output: exp.Expr = select.expressions[0].unalias().copy()
    return output


def replace_columns(tree: exp.Expr, alias: str, by: dict[str, exp.Expr]) -> None:
    """Put expressions in the place of a derived table's columns, everywhere in the tree."""
    for column in list(find_all(tree, exp.Column)):
        if column.table == alias and column.name in by:
            column.replace(by[column.name].copy())


def truth_positions(node: exp.Expr) -> list[exp.Expr]:
    """The parts of a condition under AND and OR alone: there NULL counts as FALSE."""
    if isinstance(node, (exp.And, exp.Or)):
        return truth_positions(node.this) + truth_positions(node.expression)
    return truth_positions(node.this) if isinstance(node, exp.Paren) else [node]


def joins_of(select: exp.Expr) -> list[exp.Join]:
    """The joins of a SELECT."""
    return list(select.args.get("joins") or ())


def where_parts(select: exp.Expr) -> list[exp.Expr]:
    """The conjuncts of WHERE."""
    return conjuncts(select.args["where"].this) if select.args.get("where") else []


def has_distinct_on(node: exp.Expr) -> bool:
    """Does it keep one row for each value of DISTINCT ON?"""
    distinct = node.args.get("distinct")
    return isinstance(distinct, exp.Distinct) and bool(distinct.args.get("on"))
