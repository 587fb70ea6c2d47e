"""Joins of two relations; an outer join adds the rows of one side that no row of the other matches."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.context import Context, Rel, Scope
from workbench.equivalence.proof.lowering_scalar import truth
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import Const, Exists, Expr, Term, Terms, Unsupported, negate


def joined(ctx: Context, left: Rel, right: Rel, join: exp.Join | None, outer: Scope | None) -> Rel:
    """Both relations side by side where ON is true, and the unmatched rows of the sides an outer join keeps."""
    side = join.side if join is not None else ""
    if join is not None and join.kind not in ("", "INNER", "CROSS", "OUTER"):
        raise Unsupported(f"{join.kind} JOIN")
    on = join.args.get("on") if join is not None else None
    inner = _inner(ctx, left, right, on, outer)
    extra: list[Term] = []
    if side in ("LEFT", "FULL"):
        extra += _unmatched(ctx, left, right, on, outer, swapped=False)
    if side in ("RIGHT", "FULL"):
        extra += _unmatched(ctx, right, left, on, outer, swapped=True)
    return Rel((*left.columns, *right.columns), (*inner, *extra))


def _product(left: Term, right: Term) -> Term:
    return Term((*left.sources, *right.sources), (*left.where, *right.where), (*left.outputs, *right.outputs))


def _inner(ctx: Context, left: Rel, right: Rel, on: exp.Expr | None, outer: Scope | None) -> Terms:
    columns = (*left.columns, *right.columns)
    products = (_product(a, b) for a in left.terms for b in right.terms)
    if on is None:
        return tuple(products)
    return tuple(replace(t, where=(*t.where, _on(ctx, on, columns, t.outputs, outer))) for t in products)


def _on(
    ctx: Context, on: exp.Expr, columns: tuple[tuple[str, str], ...], row: tuple[Expr, ...], outer: Scope | None
) -> Expr:
    return truth(ctx, on, Scope(dict(zip(columns, row, strict=True)), outer))


def _unmatched(
    ctx: Context, kept: Rel, other: Rel, on: exp.Expr | None, outer: Scope | None, swapped: bool
) -> list[Term]:
    """The rows of ``kept`` for which no row of ``other`` satisfies ON, the other side's columns NULL."""
    terms = []
    for term in kept.terms:
        matches = []
        for copy in freshen(other.terms):
            row = (*copy.outputs, *term.outputs) if swapped else (*term.outputs, *copy.outputs)
            columns = (*other.columns, *kept.columns) if swapped else (*kept.columns, *other.columns)
            condition = (_on(ctx, on, columns, row, outer),) if on is not None else ()
            matches.append(replace(copy, where=(*copy.where, *condition), outputs=()))
        nulls = tuple(Const(None, _padding(other, i)) for i in range(len(other.columns)))
        outputs = (*nulls, *term.outputs) if swapped else (*term.outputs, *nulls)
        terms.append(replace(term, where=(*term.where, negate(Exists(tuple(matches)))), outputs=outputs))
    return terms


def _padding(rel: Rel, i: int) -> str:
    return kinds.joined([t.outputs[i].kind for t in rel.terms]) if rel.terms else "null"
