"""Rules that bring IN and counted subqueries to EXISTS."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.shape import (
    has_distinct_on,
    is_plain,
    output_of,
    set_where,
    truth_positions,
    where_parts,
)
from workbench.equivalence.normal_form.strictness import rejects_null


def in_subquery(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Where only truth counts, x IN (SELECT y …) is EXISTS (SELECT 1 … AND y = x); NOT IN too if neither is NULL."""
    where = node.args.get("where")
    if where is None:
        return None
    for place in truth_positions(where.this):
        negated = isinstance(place, exp.Not)
        found = place.this if negated else place
        inner = _in_select(found)
        if inner is not None and (not negated or _never_null(found, inner, facts)):
            changed = node.copy()
            target = next(n for n in truth_positions(changed.args["where"].this) if n == place)
            value = found.this.copy()
            select = inner.copy()
            set_where(select, [*where_parts(select), exp.EQ(this=output_of(select), expression=value)])
            select.set("distinct", None)
            exists = exp.Exists(this=select)
            target.replace(exp.Not(this=exists) if negated else exists)
            return changed
    return None


def _in_select(node: exp.Expr) -> exp.Select | None:
    query = node.args.get("query") if isinstance(node, exp.In) else None
    inner = query.unnest() if query is not None else None
    if not isinstance(inner, exp.Select) or isinstance(node.this, exp.Tuple) or len(inner.expressions) != 1:
        return None
    bare = inner.copy()
    bare.set("distinct", None)
    return inner if is_plain(bare) and not has_distinct_on(inner) and not bare.args.get("order") else None


def _never_null(node: exp.Expr, inner: exp.Select, facts: Facts) -> bool:
    output = output_of(inner)
    kept = isinstance(output, exp.Column) and any(
        rejects_null(part, lambda c: (c.table, c.name) == (output.table, output.name)) for part in where_parts(inner)
    )
    return facts.not_null(node.this) and (kept or facts.not_null(output))


def count_above_zero(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """(SELECT COUNT(*) FROM …) > 0 is EXISTS (SELECT 1 FROM …)."""
    query, bound = (node.this, node.expression) if isinstance(node, exp.GT) else (node.expression, node.this)
    inner = query.unnest() if isinstance(query, exp.Subquery) else None
    zero = isinstance(bound, exp.Literal) and not bound.is_string and bound.name == "0"
    if not zero or not isinstance(inner, exp.Select) or len(inner.expressions) != 1:
        return None
    counted = inner.expressions[0].unalias()
    bare = inner.copy()
    bare.set("expressions", [exp.Literal.number(1)])
    if not (isinstance(counted, exp.Count) and isinstance(counted.this, exp.Star)) or not is_plain(bare):
        return None
    return exp.Exists(this=bare)
