"""Sums in normal form: inner sums joined into outer ones, factors taken in, CASE branches apart; MIN of MINs."""

from __future__ import annotations

from dataclasses import replace

from workbench.equivalence.proof.logic import never_null
from workbench.equivalence.proof.simplify import simplify
from workbench.equivalence.proof.substitution import freshen, rename_rows
from workbench.equivalence.proof.terms import TRUE, Agg, App, Const, Exists, Expr, Term, Terms, boolean, negate


def sum_of(term: Term, kind: str) -> Expr:
    """A sum over no source is its one value where the conditions hold, else 0."""
    if term.sources:
        return Agg("sum", (term,), kind)
    value = term.outputs[0]
    return App("case", (boolean("and", TRUE, *term.where), value, Const(0, kind)), kind) if term.where else value


def spread(term: Term) -> Terms | None:
    """One step of taking a sum apart: inner sums join, CASE branches that hold sums become terms of their own."""
    value = term.outputs[0]
    if isinstance(value, Agg) and value.op == "sum":
        inner = freshen(value.body)
        return tuple(Term((*term.sources, *t.sources), (*term.where, *t.where), t.outputs) for t in inner)
    if isinstance(value, App) and value.op == "case" and (_has_sum(value) or _null_branch(value)):
        return tuple(t for t in _by_branch(term, value))
    if isinstance(value, App) and value.op == "add" and _has_sum(value) and all(_adds_up(term, a) for a in value.args):
        return tuple(replace(term, outputs=(a,)) for a in value.args)
    return None


def _has_sum(value: App) -> bool:
    return any(isinstance(part, Agg) and part.op == "sum" for part in value.args)


def _adds_up(term: Term, value: Expr) -> bool:
    return never_null(value) or negate(boolean("isnull", value)) in term.where


def _null_branch(value: App) -> bool:
    return any(isinstance(v, Const) and v.value is None for v in (*value.args[1::2], value.args[-1]))


def _by_branch(term: Term, value: App) -> list[Term]:
    """Each branch under its own condition; a NULL branch adds nothing to a sum."""
    found: list[tuple[Expr, tuple[Expr, ...]]] = []
    failed: list[Expr] = []
    for condition, result in zip(value.args[0:-1:2], value.args[1::2], strict=False):
        found.append((result, (*failed, condition)))
        failed.append(negate(boolean("istrue", condition)))
    found.append((value.args[-1], tuple(failed)))
    kept = [(v, c) for v, c in found if not (isinstance(v, Const) and (v.value is None or v.value == 0))]
    return [replace(term, where=(*term.where, *c), outputs=(v,)) for v, c in kept]


def distribute(expr: Expr) -> Expr:
    """x * SUM(y) is SUM(x * y); a factor goes into the branches of a CASE that holds sums."""
    if not isinstance(expr, App) or expr.op != "mul":
        return expr
    for value, factor in (expr.args, expr.args[::-1]):
        if isinstance(value, Agg) and value.op == "sum":
            (copy,) = freshen(value.body)
            where = copy.where if _safe(factor) else (*copy.where, negate(boolean("isnull", factor)))
            product = Agg(
                "sum",
                (replace(copy, where=where, outputs=(App("mul", (copy.outputs[0], factor), expr.kind),)),),
                expr.kind,
            )
            return (
                product
                if _safe(factor)
                else App("case", (boolean("isnull", factor), Const(None, expr.kind), product), expr.kind)
            )
        if isinstance(value, App) and value.op == "case" and any(isinstance(p, Agg) for p in value.args):
            branches = [
                distribute(App("mul", (a, factor), expr.kind)) if i % 2 or i == len(value.args) - 1 else a
                for i, a in enumerate(value.args)
            ]
            return simplify(App("case", tuple(branches), expr.kind))
    return expr


def difference(expr: Expr) -> Expr:
    """A sum less the sum of some of its rows is the sum of its other rows."""
    if (
        not isinstance(expr, App)
        or expr.op != "sub"
        or not all(isinstance(a, Agg) and a.op == "sum" for a in expr.args)
    ):
        return expr
    bodies = [a.body for a in expr.args if isinstance(a, Agg)]
    if any(len(b) != 1 or len(b[0].sources) != 1 for b in bodies):
        return expr
    (whole,), (part,) = bodies
    (row, source), (other, their_source) = whole.sources[0], part.sources[0]
    part = rename_rows(part, {other: row})
    if source != their_source or part.outputs != whole.outputs or not set(whole.where) <= set(part.where):
        return expr
    further = boolean("and", TRUE, *(w for w in part.where if w not in whole.where))
    return Agg("sum", (replace(whole, where=(*whole.where, negate(boolean("istrue", further)))),), expr.kind)


def _safe(factor: Expr) -> bool:
    return (isinstance(factor, Agg) and factor.op == "sum") or (isinstance(factor, Const) and factor.value is not None)


def flat_extreme(expr: Agg) -> Terms:
    """MIN of MINs is the MIN of all; the guard of an inner MIN only leaves out empty groups, which add nothing."""
    result: list[Term] = []
    for term in expr.body:
        value = term.outputs[0]
        if isinstance(value, App) and value.op == "case" and len(value.args) == 3 and isinstance(value.args[0], Exists):
            inner = value.args[1]
            if isinstance(inner, Agg) and inner.op == expr.op and value.args[2] == Const(None, value.kind):
                where = tuple(w for w in term.where if w != negate(boolean("isnull", value)))
                joined = (Term((*term.sources, *t.sources), (*where, *t.where), t.outputs) for t in freshen(inner.body))
                result.extend(flat_extreme(replace(expr, body=tuple(joined))))
                continue
        result.append(term)
    return tuple(result)
