"""Rules on whole SELECTs. Each keeps the bag of rows, or checks its condition."""

from __future__ import annotations

from functools import partial

from sqlglot import exp

from workbench.equivalence.normal_form.bounds import all_quantifier, moment_literal, strict_bound
from workbench.equivalence.normal_form.correlation import (
    anti_join,
    coalesce_of_nullif,
    count_distinct_key,
    exists_of_one_row,
    filter_to_where,
    grouped_left_join,
    lateral_of_one_row,
    left_join_of_groups,
    scalar_of_one_row,
)
from workbench.equivalence.normal_form.dependencies import identifies_rows, names
from workbench.equivalence.normal_form.facts import Facts, conjuncts, source_alias
from workbench.equivalence.normal_form.orders import determined_order_key, null_test_before_key
from workbench.equivalence.normal_form.predicates import Rule
from workbench.equivalence.normal_form.shape import (
    SET_RETURNING,
    is_plain,
    one_sided,
    output_of,
    replace_columns,
    set_where,
    truth_positions,
)
from workbench.equivalence.normal_form.strictness import is_column, of_table, rejects_null
from workbench.equivalence.walking import find_all


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


def redundant_distinct(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """DISTINCT does nothing where the outputs hold a key of every source, or every grouping column."""
    distinct = node.args.get("distinct")
    if any(part.find(*SET_RETURNING) for part in node.expressions):
        return None
    if distinct is None or distinct.args.get("on") or (node.args.get("having") and not node.args.get("group")):
        return None
    group = node.args.get("group")
    outputs = names(node.expressions)
    if group is not None:
        plain = {k for k, v in group.args.items() if v} == {"expressions"}
        redundant = (
            plain and len(names(group.expressions)) == len(group.expressions) and names(group.expressions) <= outputs
        )
    else:
        redundant = identifies_rows(outputs, node, facts) if isinstance(node, exp.Select) else False
    if not redundant:
        return None
    changed = node.copy()
    changed.set("distinct", None)
    return changed


def group_without_aggregates(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """GROUP BY of exactly the outputs, without an aggregate, is DISTINCT."""
    group = node.args.get("group")
    blocked = node.args.get("having") or node.args.get("distinct") or node.args.get("limit") or node.args.get("order")
    if group is None or blocked or {k for k, v in group.args.items() if v} != {"expressions"}:
        return None
    if node.find(exp.AggFunc, exp.Window, *SET_RETURNING) is not None or not group.expressions:
        return None
    if set(group.expressions) != {part.unalias() for part in node.expressions}:
        return None
    changed = node.copy()
    changed.set("group", None)
    changed.set("distinct", exp.Distinct())
    return changed


def order_in_subquery(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """ORDER BY in a subquery without LIMIT does not order what is around it."""
    inner = node.this
    ordered = isinstance(inner, (exp.Select, exp.SetOperation)) and inner.args.get("order")
    if not ordered or any(inner.args.get(part) for part in ("limit", "offset", "fetch")) or _distinct_on(inner):
        return None
    changed = node.copy()
    changed.this.set("order", None)
    return changed


def _distinct_on(node: exp.Expr) -> bool:
    distinct = node.args.get("distinct")
    return isinstance(distinct, exp.Distinct) and bool(distinct.args.get("on"))


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
            set_where(select, [*_where_parts(select), exp.EQ(this=output_of(select), expression=value)])
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
    return inner if is_plain(bare) and not _distinct_on(inner) and not bare.args.get("order") else None


def _never_null(node: exp.Expr, inner: exp.Select, facts: Facts) -> bool:
    output = output_of(inner)
    kept = isinstance(output, exp.Column) and any(
        rejects_null(part, lambda c: (c.table, c.name) == (output.table, output.name)) for part in _where_parts(inner)
    )
    return facts.not_null(node.this) and (kept or facts.not_null(output))


def _where_parts(select: exp.Select) -> list[exp.Expr]:
    return conjuncts(select.args["where"].this) if select.args.get("where") else []


def implied_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IS NOT NULL says nothing beside a condition that is never true for a NULL x."""
    parts = _where_parts(node) if isinstance(node, exp.Select) else []
    for index, part in enumerate(parts):
        tested = part.this.this if isinstance(part, exp.Not) and isinstance(part.this, exp.Is) else None
        if not isinstance(tested, exp.Column) or not isinstance(part.this.expression, exp.Null):
            continue
        others = parts[:index] + parts[index + 1 :]
        name = (tested.table, tested.name)
        if any(rejects_null(other, partial(is_column, name)) for other in others):
            changed = node.copy()
            assert isinstance(changed, exp.Select)
            set_where(changed, [p for i, p in enumerate(_where_parts(changed)) if i != index])
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


def filtered_case(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """An aggregate that skips NULL, over CASE WHEN p THEN x END, is the aggregate of x with FILTER (WHERE p)."""
    case = node.this
    if node.expressions or not isinstance(case, exp.Case) or case.this or len(case.args["ifs"]) != 1:
        return None
    default = case.args.get("default")
    if (default is not None and not isinstance(default, exp.Null)) or isinstance(node.parent, (exp.Filter, exp.Window)):
        return None
    branch = case.args["ifs"][0]
    aggregate = type(node)(this=branch.args["true"], **{k: v for k, v in node.args.items() if k != "this"})
    return exp.Filter(this=aggregate, expression=exp.Where(this=branch.this))


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


SELECT_RULES: tuple[Rule, ...] = (
    inline_cte,
    inner_on_to_where,
    true_where,
    left_join_to_inner,
    in_subquery,
    implied_not_null,
    merge_derived_table,
    lateral_of_one_row,
    left_join_of_groups,
    grouped_left_join,
    filter_to_where,
    anti_join,
    exists_of_one_row,
    scalar_of_one_row,
    determined_order_key,
    group_without_aggregates,
    redundant_distinct,
)
QUERY_RULES: dict[type[exp.Expr], tuple[Rule, ...]] = {
    exp.Select: SELECT_RULES,
    exp.Union: (inline_cte,),
    exp.Intersect: (inline_cte,),
    exp.Except: (inline_cte,),
    exp.Subquery: (order_in_subquery,),
    exp.Order: (null_test_before_key,),
    exp.EQ: (all_quantifier, moment_literal),
    exp.NEQ: (all_quantifier, moment_literal),
    exp.GT: (all_quantifier, moment_literal, count_above_zero, strict_bound),
    exp.LT: (all_quantifier, moment_literal, count_above_zero, strict_bound),
    exp.GTE: (all_quantifier, moment_literal),
    exp.LTE: (all_quantifier, moment_literal),
    exp.Coalesce: (coalesce_of_nullif,),
    exp.Count: (filtered_case, count_distinct_key),
    exp.Sum: (filtered_case,),
    exp.Avg: (filtered_case,),
    exp.Min: (filtered_case,),
    exp.Max: (filtered_case,),
}
