"""Subqueries as values: of several rows SQLite takes the first that it finds, where PostgreSQL raises an error."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.single_row import can_have_one_row_only
from workbench.equivalence.walking import ByType, find_all

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
    no_source = query.args.get("from_") is None
    return no_source or is_aggregated(query) or can_have_one_row_only(query, facts)


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
