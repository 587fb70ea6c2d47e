"""Expressions made smaller without a database: constants folded, conditions read where only their truth counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbench.equivalence.proof.folding import arithmetic, comparison
from workbench.equivalence.proof.logic import conjuncts, junction
from workbench.equivalence.proof.terms import (
    FALSE,
    TRUE,
    Agg,
    App,
    Const,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Source,
    Term,
    Terms,
    boolean,
)
from workbench.equivalence.proof.truth import case, isnull, istrue, negation, truth


def simplify(expr: Expr) -> Expr:
    """An expression of the same value, NULL included, on every database."""
    if isinstance(expr, App):
        made = App(expr.op, tuple([simplify(a) for a in expr.args]), expr.kind)
        rule = _RULES.get(expr.op)
        return rule(made) if rule else made
    if isinstance(expr, Exists):
        return _exists(simplify_terms(expr.body))
    if isinstance(expr, Agg):
        return _aggregate(replace(expr, body=simplify_terms(expr.body)))
    return expr


def _exists(body: Terms) -> Expr:
    """EXISTS over no source is whether its conditions are true: one that is NULL finds no row."""
    parts = [junction(boolean("and", TRUE, *t.where)) for t in body if not t.sources]
    found = tuple(t for t in body if t.sources)
    return junction(boolean("or", *(istrue(p) for p in (*parts, *((Exists(found),) if found else ())))))


def _aggregate(expr: Agg) -> Expr:
    """The sum of no rows is 0; any other aggregate of no rows is guarded and never read."""
    return Const(0, expr.kind) if expr.op == "sum" and not expr.body else expr


def simplify_terms(terms: Terms) -> Terms:
    """Terms with conditions in truth form; those that can never hold are dropped."""
    return tuple(t for term in terms if (t := simplify_term(term)) is not None)


def simplify_term(term: Term) -> Term | None:
    """The term with its conjuncts flattened, or None where one of them is never true."""
    where = list(dict.fromkeys(c for e in term.where for c in conjuncts(truth(simplify(e)))))
    if FALSE in where:
        return None
    sources = tuple((row, _source(s)) for row, s in term.sources)
    if any(isinstance(s, Distinct) and not s.body for _, s in sources):
        return None
    return Term(sources, tuple(w for w in where if w != TRUE), tuple(simplify(o) for o in term.outputs))


def _source(source: Source) -> Source:
    if isinstance(source, Distinct):
        return Distinct(simplify_terms(source.body))
    if isinstance(source, Opaque):
        return Opaque(source.what, tuple(simplify_terms(b) for b in source.bodies))
    return source


_RULES: dict[str, Callable[[App], Expr]] = {
    "and": junction,
    "or": junction,
    "not": lambda expr: negation(expr.args[0]),
    "isnull": lambda expr: isnull(expr.args[0]),
    "istrue": lambda expr: istrue(expr.args[0]),
    "case": case,
    "add": arithmetic,
    "sub": arithmetic,
    "mul": arithmetic,
    "eq": comparison,
    "same": comparison,
    "lt": comparison,
    "le": comparison,
}
