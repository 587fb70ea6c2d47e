"""Rules on derived tables and common table expressions."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts, conjuncts, source_alias
from workbench.equivalence.normal_form.shape import (
    has_distinct_on,
    is_plain,
    one_sided,
    replace_columns,
    set_where,
)
from workbench.equivalence.walking import find_all


def merge_derived_table(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A plain SELECT in FROM (no DISTINCT, grouping, LIMIT …) is one with the SELECT around it."""
    if not one_sided(node) or node.args.get("laterals"):
        return None
    sources = [node.args["from_"]] if node.args.get("from_") else []
    sources += [
        j for j in node.args.get("joins") or () if not j.side and j.kind in ("", "CROSS") and not j.args.get("on")
    ]
    for holder in sources:
        inner = holder.this.this if isinstance(holder.this, exp.Subquery) else None
        if isinstance(inner, exp.Select) and is_plain(inner) and _mergeable(holder.this, inner):
            return _merged(node, source_alias(holder.this))
    return None


def _mergeable(source: exp.Subquery, inner: exp.Select) -> bool:
    alias, listed = source.args.get("alias"), inner.named_selects
    quiet = not source.args.get("joins") and not source.args.get("pivots") and not (alias and alias.args.get("columns"))
    return quiet and len(set(listed)) == len(listed) and one_sided(inner)


def _merged(node: exp.Expr, alias: str) -> exp.Expr:
    changed = node.copy()
    holders = [changed.args["from_"], *(changed.args.get("joins") or ())]
    holder = next(h for h in holders if source_alias(h.this) == alias)
    inner = holder.this.this
    replace_columns(changed, alias, {part.alias_or_name: part.unalias() for part in inner.expressions})
    joins = [j for j in changed.args.get("joins") or () if j is not holder]
    own = [exp.Join(this=inner.args["from_"].this)] if inner.args.get("from_") else []
    own += inner.args.get("joins") or []
    if holder is changed.args["from_"]:
        joins = own + joins
        changed.set("from_", None)
    else:
        joins = joins[: _index(changed, holder)] + own + joins[_index(changed, holder) :]
    if not changed.args.get("from_") and joins:
        changed.set("from_", exp.From(this=joins[0].this))
        joins = joins[1:]
    changed.set("joins", joins)
    conditions = [c for part in (changed, inner) if part.args.get("where") for c in conjuncts(part.args["where"].this)]
    set_where(changed, conditions)
    return changed


def _index(select: exp.Expr, holder: exp.Expr) -> int:
    return next(i for i, join in enumerate(select.args["joins"]) if join is holder)


def inline_cte(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A CTE that is read once is a derived table."""
    with_ = node.args.get("with_")
    if with_ is None or with_.args.get("recursive"):
        return None
    for index, cte in enumerate(with_.expressions):
        readers = [t for t in find_all(node, exp.Table) if t.meta.get("cte") and t.name == cte.alias]
        defined = sum(1 for other in find_all(node, exp.CTE) if other.alias == cte.alias)
        if (
            defined == 1
            and len(readers) == 1
            and not readers[0].args.get("joins")
            and isinstance(cte.this, (exp.Select, exp.SetOperation))
        ):
            return _inlined(node, index, cte.alias)
    return None


def _inlined(node: exp.Expr, index: int, name: str) -> exp.Expr:
    changed = node.copy()
    with_ = changed.args["with_"]
    cte = with_.expressions[index]
    with_.set("expressions", [c for c in with_.expressions if c is not cte])
    if not with_.expressions:
        changed.set("with_", None)
    reader = next(t for t in find_all(changed, exp.Table) if t.meta.get("cte") and t.name == name)
    renamed = list(cte.args["alias"].columns)
    alias = exp.TableAlias(this=exp.to_identifier(reader.alias, quoted=True), columns=renamed or None)
    reader.replace(exp.Subquery(this=cte.this, alias=alias))
    return changed


def order_in_subquery(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """ORDER BY in a subquery without LIMIT does not order what is around it."""
    inner = node.this
    ordered = isinstance(inner, (exp.Select, exp.SetOperation)) and inner.args.get("order")
    if not ordered or any(inner.args.get(part) for part in ("limit", "offset", "fetch")) or has_distinct_on(inner):
        return None
    changed = node.copy()
    changed.this.set("order", None)
    return changed
