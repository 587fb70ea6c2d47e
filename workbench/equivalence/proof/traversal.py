"""Walks over terms: all their parts, the rows they mention, whether every row they mention is bound."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.equivalence.proof.terms import Agg, App, Col, Distinct, Exists, Expr, Opaque, Term, Terms, Unsupported


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and all its parts, nested relations included."""
    yield expr
    if isinstance(expr, App):
        for arg in expr.args:
            yield from walk(arg)
    elif isinstance(expr, Exists | Agg):
        for term in expr.body:
            yield from walk_term(term)


def walk_term(term: Term) -> Iterator[Expr]:
    """Every expression inside a term."""
    for _, source in term.sources:
        bodies = (source.body,) if isinstance(source, Distinct) else source.bodies if isinstance(source, Opaque) else ()
        for inner in (t for body in bodies for t in body):
            yield from walk_term(inner)
    for expr in (*term.where, *term.outputs):
        yield from walk(expr)


def require_closed(terms: Terms, outer: frozenset[int]) -> None:
    """Every row variable has to be bound where it is mentioned; anything else is a defect of a rule, never a proof."""
    for term in terms:
        rows = outer | {row for row, _ in term.sources}
        for _, source in term.sources:
            for body in (
                (source.body,) if isinstance(source, Distinct) else source.bodies if isinstance(source, Opaque) else ()
            ):
                require_closed(body, rows)
        for expr in (*term.where, *term.outputs):
            _require_closed(expr, rows)


def _require_closed(expr: Expr, rows: frozenset[int]) -> None:
    if isinstance(expr, Col) and expr.row not in rows:
        raise Unsupported(f"a rewriting lost the row of {expr.name}")
    if isinstance(expr, App):
        for arg in expr.args:
            _require_closed(arg, rows)
    elif isinstance(expr, Exists | Agg):
        require_closed(expr.body, rows)


def rows_in(expr: Expr) -> frozenset[int]:
    """The row variables an expression mentions, bound ones included."""
    return frozenset(part.row for part in walk(expr) if isinstance(part, Col))
