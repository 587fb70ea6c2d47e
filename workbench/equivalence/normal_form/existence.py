"""A rule on EXISTS."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.walking import find_all


def exists_select_list(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """EXISTS looks only at whether a row is there: select list, DISTINCT, ORDER BY and LIMIT n >= 1 do not matter."""
    select = node.this.unnest()
    if not isinstance(select, exp.Select) or _is_one_row(select) or not _has_frills(select):
        return None
    changed = select.copy()
    for part in ("distinct", "order"):
        changed.set(part, None)
    if _at_least_one(changed.args.get("limit")) and not changed.args.get("offset"):
        changed.set("limit", None)
    changed.set("expressions", [exp.Literal.number(1)])
    return exp.Exists(this=changed)


def _is_one_row(select: exp.Select) -> bool:
    """An aggregate without GROUP BY always has its row; set-returning functions may make none."""
    listed = [node for part in select.expressions for node in find_all(part, exp.AggFunc, exp.Anonymous, exp.UDTF)]
    return bool(listed) or bool(select.args.get("having"))


def _has_frills(select: exp.Select) -> bool:
    listed = select.expressions
    plain = len(listed) == 1 and isinstance(listed[0].unalias(), exp.Literal) and listed[0].unalias().name == "1"
    parts = [select.args.get(part) for part in ("distinct", "order")]
    limit = _at_least_one(select.args.get("limit")) and not select.args.get("offset")
    return not plain or any(parts) or limit


def _at_least_one(limit: exp.Expr | None) -> bool:
    value = limit.expression if isinstance(limit, exp.Limit) else None
    return isinstance(value, exp.Literal) and value.is_int and int(value.name) >= 1
