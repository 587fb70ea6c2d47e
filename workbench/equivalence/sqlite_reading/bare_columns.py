"""Columns beside aggregates: PostgreSQL refuses them, SQLite takes them from some row of the group."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import closure, names
from workbench.equivalence.normal_form.facts import Facts, source_alias
from workbench.equivalence.normal_form.first_rows import is_aggregated
from workbench.equivalence.walking import ByType, children


def bare_column(kinds: ByType, facts: Facts) -> str:
    """A column that its group does not determine; empty where there is none."""
    return next((found for select in kinds.get(exp.Select, ()) for found in _bare(select, facts)), "")


def _bare(select: exp.Expr, facts: Facts) -> Iterator[str]:
    group = select.args.get("group")
    if not isinstance(select, exp.Select) or (group is None and not is_aggregated(select)):
        return
    keys = [_key(key, select) for key in group.expressions] if group else []
    holders = [h for h in (select.args.get("from_"), *(select.args.get("joins") or ())) if h is not None]
    own = {source_alias(holder.this) for holder in holders}
    known = closure(names(keys), select, facts)
    order = select.args.get("order")
    having = select.args.get("having")
    for part in (*select.expressions, *([having] if having else []), *([order] if order else [])):
        for column in _outside(part, keys):
            if column.table in own and (column.table, column.name) not in known:
                yield column.sql("sqlite")


def _key(key: exp.Expr, select: exp.Select) -> exp.Expr:
    """A position in the select list is the expression there."""
    if isinstance(key, exp.Literal) and key.is_int and 0 < int(key.name) <= len(select.expressions):
        chosen: exp.Expr = select.expressions[int(key.name) - 1]
        return chosen.unalias()
    return key


def _outside(node: exp.Expr, keys: list[exp.Expr]) -> Iterator[exp.Column]:
    """Columns that stand neither in an aggregate of one row's values, nor in a key."""
    inner = node.this if isinstance(node, (exp.Filter, exp.WithinGroup)) else node
    if node in keys or (isinstance(inner, exp.AggFunc) and not isinstance(node.parent, exp.Window)):
        return
    if isinstance(node, exp.Column):
        yield node
    for child in children(node):
        yield from _outside(child, keys)
