"""Queries as sums of products over bags.

A relation is a tuple of ``Term``s, read as their bag union. A term binds row variables to sources and yields
``outputs`` once for every binding under which each conjunct of ``where`` is true. Row variables are integers,
unique within one proof, so that no substitution captures. ``Exists`` is the squash of a relation (never NULL) and
``Agg`` a value computed from the bag of a relation's outputs; both may mention row variables of enclosing terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeAlias


class Unsupported(Exception):
    """A construct that has no sound reading here; its text is the reason shown to the user."""


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a row variable."""

    row: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Const:
    """A constant; ``value`` None is NULL of that kind."""

    value: bool | int | str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Param:
    """A query parameter: any value, NULL included, the same wherever its key stands."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class App:
    """An operator or function applied to arguments."""

    op: str
    args: tuple[Expr, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Exists:
    """True where the relation holds at least one row, else false."""

    body: Terms
    kind: str = "bool"


@dataclass(frozen=True, slots=True)
class Agg:
    """A value of the bag of ``body``'s outputs. ``count`` and ``sum`` are 0 on the empty bag; the rest are guarded."""

    op: str
    body: Terms
    kind: str


Expr: TypeAlias = Col | Const | Param | App | Exists | Agg


@dataclass(frozen=True, slots=True)
class TableSource:
    """The rows of a table."""

    name: str


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct outputs of a relation; columns are named "0", "1", …"""

    body: Terms


@dataclass(frozen=True, slots=True)
class Opaque:
    """A relation known only as a function of others (LIMIT, EXCEPT ALL); columns "0", "1", … as Distinct's."""

    what: str
    bodies: tuple[Terms, ...]


Source: TypeAlias = TableSource | Distinct | Opaque


@dataclass(frozen=True, slots=True)
class Term:
    """One product: sources, conjuncts that must be true, outputs."""

    sources: tuple[tuple[int, Source], ...]
    where: tuple[Expr, ...]
    outputs: tuple[Expr, ...]


Terms: TypeAlias = tuple[Term, ...]

TRUE = Const(True, "bool")
FALSE = Const(False, "bool")

_rows = count(1)


def fresh_row() -> int:
    """A row variable that stands nowhere yet."""
    return next(_rows)


def boolean(op: str, *args: Expr) -> Expr:
    """An operator that yields a truth value."""
    return App(op, args, "bool")


def negate(expr: Expr) -> Expr:
    """NOT, in three-valued logic."""
    return expr.args[0] if isinstance(expr, App) and expr.op == "not" else boolean("not", expr)


def same(left: Expr, right: Expr) -> Expr:
    """IS NOT DISTINCT FROM: NULL is the same as NULL."""
    return boolean("same", left, right)


def rebuild(expr: Expr, column: Callable[[Col], Expr]) -> Expr:
    """The expression with every column replaced, also those inside nested relations."""
    if isinstance(expr, Col):
        return column(expr)
    if isinstance(expr, App):
        return replace(expr, args=tuple(rebuild(a, column) for a in expr.args))
    if isinstance(expr, Exists | Agg):
        return replace(expr, body=rebuild_terms(expr.body, column))
    return expr


def rebuild_terms(terms: Terms, column: Callable[[Col], Expr]) -> Terms:
    """``rebuild`` over a whole relation."""
    return tuple(rebuild_term(t, column) for t in terms)


def rebuild_term(term: Term, column: Callable[[Col], Expr]) -> Term:
    """``rebuild`` over one term."""
    return Term(
        tuple((row, rebuild_source(source, column)) for row, source in term.sources),
        tuple(rebuild(e, column) for e in term.where),
        tuple(rebuild(e, column) for e in term.outputs),
    )


def rebuild_source(source: Source, column: Callable[[Col], Expr]) -> Source:
    """``rebuild`` over a source's own relations."""
    if isinstance(source, Distinct):
        return Distinct(rebuild_terms(source.body, column))
    if isinstance(source, Opaque):
        return Opaque(source.what, tuple(rebuild_terms(b, column) for b in source.bodies))
    return source


def substitute(term: Term, values: dict[Col, Expr]) -> Term:
    """The term with those columns replaced."""
    return rebuild_term(term, lambda c: values.get(c, c))


def rename_rows(term: Term, rows: dict[int, int]) -> Term:
    """The term with its own row variables and every mention of them renamed."""
    moved = rebuild_term(term, lambda c: Col(rows.get(c.row, c.row), c.name, c.kind))
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
