"""Terms with columns replaced and row variables renamed; no substitution captures, since row variables are unique."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import is_not
from typing import TypeVar

from workbench.equivalence.proof.terms import (
    Agg,
    App,
    Col,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Source,
    Term,
    Terms,
    fresh_row,
)

_P = TypeVar("_P")


def rebuild(expr: Expr, column: Callable[[Col], Expr]) -> Expr:
    """The expression with every column replaced, also those inside nested relations; itself where nothing changes."""
    if isinstance(expr, Col):
        return column(expr)
    if isinstance(expr, App):
        args = _mapped(expr.args, lambda a: rebuild(a, column))
        return expr if args is expr.args else App(expr.op, args, expr.kind)
    if isinstance(expr, Exists | Agg):
        body = rebuild_terms(expr.body, column)
        return expr if body is expr.body else replace(expr, body=body)
    return expr


def _mapped(parts: tuple[_P, ...], change: Callable[[_P], _P]) -> tuple[_P, ...]:
    """The parts changed; the very same tuple where none is."""
    changed = tuple([change(p) for p in parts])
    return changed if any(map(is_not, changed, parts)) else parts


def rebuild_terms(terms: Terms, column: Callable[[Col], Expr]) -> Terms:
    """``rebuild`` over a whole relation."""
    return _mapped(terms, lambda t: rebuild_term(t, column))


def rebuild_term(term: Term, column: Callable[[Col], Expr]) -> Term:
    """``rebuild`` over one term."""
    sources = _mapped(term.sources, lambda item: _rebuild_bound(item, column))
    where = _mapped(term.where, lambda e: rebuild(e, column))
    outputs = _mapped(term.outputs, lambda e: rebuild(e, column))
    if where is term.where and outputs is term.outputs and sources is term.sources:
        return term
    return Term(sources, where, outputs)


def _rebuild_bound(item: tuple[int, Source], column: Callable[[Col], Expr]) -> tuple[int, Source]:
    source = rebuild_source(item[1], column)
    return item if source is item[1] else (item[0], source)


def rebuild_source(source: Source, column: Callable[[Col], Expr]) -> Source:
    """``rebuild`` over a source's own relations."""
    if isinstance(source, Distinct):
        body = rebuild_terms(source.body, column)
        return source if body is source.body else Distinct(body)
    if isinstance(source, Opaque):
        bodies = _mapped(source.bodies, lambda b: rebuild_terms(b, column))
        return source if bodies is source.bodies else Opaque(source.what, bodies)
    return source


def substitute(term: Term, values: dict[Col, Expr]) -> Term:
    """The term with those columns replaced."""
    return rebuild_term(term, lambda c: values.get(c, c))


def rename_rows(term: Term, rows: dict[int, int]) -> Term:
    """The term with its own row variables and every mention of them renamed."""
    moved = rebuild_term(term, lambda c: Col(rows[c.row], c.name, c.kind) if c.row in rows else c)
    return replace(moved, sources=tuple((rows.get(r, r), s) for r, s in moved.sources))


def freshen(terms: Terms) -> Terms:
    """A copy of the relation that shares no bound row variable with the original."""
    return tuple(_freshen_term(t) for t in terms)


def _freshen_term(term: Term) -> Term:
    inner = Term(
        tuple((r, _freshen_source(s)) for r, s in term.sources),
        tuple(freshen_expr(e) for e in term.where),
        tuple(freshen_expr(e) for e in term.outputs),
    )
    return rename_rows(inner, {r: fresh_row() for r, _ in term.sources})


def _freshen_source(source: Source) -> Source:
    if isinstance(source, Distinct):
        return Distinct(freshen(source.body))
    if isinstance(source, Opaque):
        return Opaque(source.what, tuple(freshen(b) for b in source.bodies))
    return source


def freshen_expr(expr: Expr) -> Expr:
    """A copy of the expression whose nested relations bind new row variables."""
    if isinstance(expr, App):
        return replace(expr, args=tuple(freshen_expr(a) for a in expr.args))
    if isinstance(expr, Exists | Agg):
        return replace(expr, body=freshen(expr.body))
    return expr
