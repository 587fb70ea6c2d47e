"""LIMIT, OFFSET and DISTINCT ON: counts of the rows that sort before, where the order is total."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.bags import total
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.notation import sorting
from workbench.equivalence.proof.scalar_notation import constant
from workbench.equivalence.proof.set_operations import distinct
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    App,
    Col,
    Const,
    Exists,
    Expr,
    Opaque,
    Param,
    Term,
    Terms,
    Unsupported,
    boolean,
    fresh_row,
    negate,
    same,
)
from workbench.equivalence.proof.window import sorts_before

TIES = "LIMIT without a total order: both sides are assumed to keep the same rows of equal rank"


def limited(ctx: Context, ordered: Any, tree: exp.Expr, outer: Scope | None) -> Any:
    """The first rows in order, as a condition on how many rows sort before where that is certain."""
    limit, offset = tree.args.get("limit"), tree.args.get("offset")
    if limit is None and offset is None:
        return ordered
    count, skip = _amount(ctx, limit, outer), _amount(ctx, offset, outer)
    if isinstance(count, Const) and count.value == 0:
        return replace(ordered, terms=())
    if not ordered.terms or (
        _at_most_one(ctx, ordered.terms) and skip is None and isinstance(count, Const) and count.value is not None
    ):
        return ordered
    ordered = replace(ordered, single=isinstance(count, Const) and count.value == 1)
    keys = len(ordered.columns)
    if len(ordered.terms) == 1 and determines(ctx.catalog, ordered.terms[0], ordered.terms[0].outputs[keys:]):
        return replace(ordered, terms=(_ranked(ordered.terms[0], keys, list(ordered.directions), count, skip),))
    ctx.assume(TIES)
    what = _written(keys, ordered.directions, count, skip)
    row = fresh_row()
    outputs = tuple(
        Col(row, str(i), kinds.joined([t.outputs[i].kind for t in ordered.terms]))
        for i in range(keys + len(ordered.directions))
    )
    return replace(ordered, terms=(Term(((row, Opaque(what, (ordered.terms,))),), (), outputs),))


def _amount(ctx: Context, clause: exp.Expr | None, outer: Scope | None) -> Expr | None:
    if clause is None:
        return None
    if isinstance(clause, exp.Fetch):
        if clause.args.get("limit_options") and clause.args["limit_options"].args.get("with_ties"):
            raise Unsupported("FETCH … WITH TIES")
        return lower(ctx, clause.args["count"], outer or Scope({}))
    if clause.args.get("expressions"):
        raise Unsupported("LIMIT BY")
    value = lower(ctx, clause.expression, outer or Scope({}))
    return value if isinstance(value, Const) else replace(value, kind="int") if value.kind == "?" else value


def _written(width: int, directions: tuple[tuple[bool, bool], ...], count: Expr | None, skip: Expr | None) -> str:
    """ORDER BY the columns after the first ``width``, LIMIT and OFFSET: one text for each different meaning."""
    keys = ", ".join(f"{width + i + 1}{sorting(d)}" for i, d in enumerate(directions))
    order = f"ORDER BY {keys} " if keys else ""
    return f"{order}LIMIT {_text(count)} OFFSET {_text(skip)}"


def _text(amount: Expr | None) -> str:
    if isinstance(amount, Param):
        return f"${amount.key}"
    if amount is not None and not isinstance(amount, Const):
        raise Unsupported("LIMIT or OFFSET by an expression without a total order")
    return "none" if amount is None else constant(amount)


def _at_most_one(ctx: Context, terms: Terms) -> bool:
    return len(terms) == 1 and determines(ctx.catalog, terms[0], ())


def _ranked(term: Term, width: int, directions: list[tuple[bool, bool]], count: Expr | None, skip: Expr | None) -> Term:
    """The rows before which at least ``skip`` and fewer than ``skip + count`` rows sort; NULL is no bound."""
    (copy,) = freshen((term,))
    earlier = sorts_before(list(copy.outputs[width:]), list(term.outputs[width:]), directions)
    before = replace(copy, where=(*copy.where, earlier), outputs=())
    where = list(term.where)
    if skip is None and isinstance(count, Const) and count.value == 1:
        return replace(term, where=(*where, negate(Exists((before,)))))
    rank = total((before,))
    if skip is not None:
        where.append(_or_null(skip, boolean("le", skip, rank)))
    if count is not None:
        end = App("add", (count, skip), "int") if skip is not None else count
        where.append(_or_null(count, boolean("lt", rank, end)))
    return replace(term, where=tuple(where))


def _or_null(amount: Expr, condition: Expr) -> Expr:
    return condition if isinstance(amount, Const) else boolean("or", boolean("isnull", amount), condition)


def distinct_on(ctx: Context, tree: exp.Select, ordered: Any, on: exp.Expr) -> Any:
    """The first row of each group of equal ON values: no row of the same group sorts before it."""
    groups = on.expressions if isinstance(on, exp.Tuple) else [on.unnest()]
    width = len(ordered.columns)
    if len(ordered.terms) > 1 or not ordered.terms:
        raise Unsupported("DISTINCT ON over a union")
    term = ordered.terms[0]
    total_order = determines(ctx.catalog, term, term.outputs[width:])
    sorted_only = set(term.outputs[:width]) <= set(term.outputs[width:])  # rows that tie are then the same row
    if len(ordered.directions) < len(groups) or not (total_order or sorted_only):
        raise Unsupported("DISTINCT ON without a total order")
    (copy,) = freshen((term,))
    keys, theirs = list(term.outputs[width:]), list(copy.outputs[width:])
    matched = tuple(same(a, b) for a, b in zip(theirs[: len(groups)], keys, strict=False))
    _check_on(tree, groups)
    earlier = sorts_before(theirs, keys, list(ordered.directions))
    before = replace(copy, where=(*copy.where, *matched, earlier), outputs=())
    first = (replace(term, where=(*term.where, negate(Exists((before,))))),)
    return _ordered_by_groups(replace(ordered, terms=first if total_order else distinct(first)), tree, len(groups))


def _ordered_by_groups(ordered: Any, tree: exp.Select, groups: int) -> Any:
    """Each group has one row: sort keys after those of the group decide nothing any more."""
    if tree.args.get("limit") or tree.args.get("offset"):
        return ordered
    kept = len(ordered.columns) + groups
    shorter = tuple(replace(t, outputs=t.outputs[:kept]) for t in ordered.terms)
    return replace(ordered, terms=shorter, directions=ordered.directions[:groups])


def _check_on(tree: exp.Select, groups: list[exp.Expr]) -> None:
    """The first sort keys have to be the ON expressions, as PostgreSQL demands."""
    leading = [key.this for key in tree.args["order"].expressions[: len(groups)]]
    named = {e.alias_or_name: e.unalias() for e in tree.expressions}
    resolved = [named.get(k.name, k) if isinstance(k, exp.Column) and not k.table else k for k in leading]
    resolved_on = [named.get(k.name, k) if isinstance(k, exp.Column) and not k.table else k for k in groups]
    if set(map(str, resolved)) != set(map(str, resolved_on)):
        raise Unsupported("DISTINCT ON whose ORDER BY starts otherwise")
