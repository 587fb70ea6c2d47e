"""Rules on joins and WHERE: where a condition stands, and which LEFT joins are INNER."""

from __future__ import annotations

from functools import partial

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts, conjuncts, source_alias
from workbench.equivalence.normal_form.shape import (
    one_sided,
    set_where,
    where_parts,
)
from workbench.equivalence.normal_form.strictness import is_column, of_table, rejects_null


def inner_on_to_where(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """The condition of an INNER join may stand in WHERE, unless a RIGHT or FULL join follows."""
    joins = node.args.get("joins") or ()
    movable = [j for j in joins if not j.side and j.args.get("on") and j.kind in ("", "INNER", "CROSS")]
    if not movable or not one_sided(node):
        return None
    changed = node.copy()
    conditions = []
    for join in changed.args["joins"]:
        if not join.side and join.args.get("on") and join.kind in ("", "INNER", "CROSS"):
            conditions.append(join.args["on"])
            join.set("on", None)
            join.set("kind", None)
    set_where(changed, [*conjuncts(changed.args["where"].this if changed.args.get("where") else None), *conditions])
    return changed


def left_join_to_inner(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A LEFT join whose padded rows WHERE can never keep is an INNER join."""
    where = node.args.get("where")
    if where is None or not one_sided(node):
        return None
    for index, join in enumerate(node.args.get("joins") or ()):
        alias = source_alias(join.this)
        if join.side == "LEFT" and join.args.get("on") and rejects_null(where.this, partial(of_table, alias)):
            changed = node.copy()
            changed.args["joins"][index].set("side", None)
            changed.args["joins"][index].set("kind", None)
            return changed
    return None


def true_where(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """WHERE TRUE keeps every row."""
    where = node.args.get("where")
    if where is None or not (isinstance(where.this, exp.Boolean) and where.this.this):
        return None
    changed = node.copy()
    changed.set("where", None)
    return changed


def implied_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IS NOT NULL says nothing beside a condition that is never true for a NULL x."""
    parts = where_parts(node) if isinstance(node, exp.Select) else []
    for index, part in enumerate(parts):
        tested = part.this.this if isinstance(part, exp.Not) and isinstance(part.this, exp.Is) else None
        if not isinstance(tested, exp.Column) or not isinstance(part.this.expression, exp.Null):
            continue
        others = parts[:index] + parts[index + 1 :]
        name = (tested.table, tested.name)
        if any(rejects_null(other, partial(is_column, name)) for other in others):
            changed = node.copy()
            assert isinstance(changed, exp.Select)
            set_where(changed, [p for i, p in enumerate(where_parts(changed)) if i != index])
            return changed
    return None
