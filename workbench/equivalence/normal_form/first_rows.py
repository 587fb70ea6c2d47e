"""Subqueries as values: of several rows SQLite takes the first that it finds, where PostgreSQL raises an error."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import closure, names
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.single_row import can_have_one_row_only, fixed_from_outside
from workbench.equivalence.walking import ByType, find_all

FIRST_ROW = "SQLite takes the first row found of a subquery as a value, which may have several"
_OF_ROWS = (exp.From, exp.Join, exp.Lateral, exp.SetOperation, exp.CTE, exp.Exists, exp.Any, exp.All, exp.Subquery)
_AROUND_AGGREGATES = (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)


def a_value_may_have_several_rows(kinds: ByType, facts: Facts) -> bool:
    """Whether nothing keeps a subquery as a value from having two rows."""
    return any(_is_value(node) and not _single(node.unnest(), facts) for node in kinds.get(exp.Subquery, ()))


def _is_value(node: exp.Expr) -> bool:
    of_rows = isinstance(node.parent, exp.In) and node.arg_key == "query" and isinstance(node.this, exp.Query)
    return not of_rows and not isinstance(node.parent, _OF_ROWS)


def _single(query: exp.Expr, facts: Facts) -> bool:
    """Whether no database gives it two rows: a limit, an aggregate of all rows, or keys say so."""
    limit = query.args.get("limit")
    if isinstance(limit, exp.Limit) and limit.expression.is_int and limit.expression.name in ("0", "1"):
        return True
    if not isinstance(query, exp.Select) or query.args.get("laterals"):
        return False
    return is_aggregated(query) or _of_one_row(query, facts) or can_have_one_row_only(query, facts)


def _of_one_row(query: exp.Select, facts: Facts) -> bool:
    """Does it read nothing, or one query of one row; or is it grouped by what is the same in all its rows?"""
    source = query.args.get("from_")
    if source is None:
        return True
    if not query.args.get("joins") and isinstance(source.this, exp.Subquery) and _single(source.this.unnest(), facts):
        return True
    group = query.args.get("group")
    return group is not None and set(group.args) <= {"expressions"} and _fixed(group.expressions, query, facts)


def _fixed(keys: list[exp.Expr], query: exp.Select, facts: Facts) -> bool:
    """Do the conditions leave one value for each key, with the columns of the queries around it fixed?"""
    columns = names(keys)
    plain = len(columns) == len({key.sql() for key in keys}) and all(isinstance(key, exp.Column) for key in keys)
    return plain and columns <= closure(fixed_from_outside(query), query, facts)


def is_aggregated(query: exp.Select) -> bool:
    """Is it one group, whatever its rows?"""
    return not query.args.get("group") and any(
        node.find_ancestor(exp.Select) is query and not _windowed(node)
        for part in query.expressions
        for node in find_all(part, exp.AggFunc)
    )


def _windowed(node: exp.Expr) -> bool:
    while isinstance(node.parent, _AROUND_AGGREGATES):
        node = node.parent
    return isinstance(node.parent, exp.Window)
