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
from operator import is_not
from typing import TypeAlias, TypeVar, dataclass_transform

_N = TypeVar("_N", bound="_Node")
_P = TypeVar("_P")


class Unsupported(Exception):
    """A construct that has no sound reading here; its text is the reason shown to the user."""


class _Node:
    """Keeps its hash: expressions are looked up often, and a hash reads the whole tree."""

    __slots__ = ("_hash",)
    _hash: int


@dataclass_transform(frozen_default=True)
def _node(cls: type[_N]) -> type[_N]:
    """A frozen dataclass whose hash is computed once."""
    made = dataclass(frozen=True, slots=True)(cls)
    computed = made.__hash__

    def remembered(self: _N) -> int:
        try:
            return self._hash
        except AttributeError:
            object.__setattr__(self, "_hash", computed(self))
            return self._hash

    made.__hash__ = remembered  # type: ignore[assignment]
    return made


@_node
class Col(_Node):
    """A column of a row variable."""

    row: int
    name: str
    kind: str


@_node
class Const(_Node):
    """A constant; ``value`` None is NULL of that kind."""

    value: bool | int | str | None
    kind: str


@_node
class Param(_Node):
    """A query parameter: any value, NULL included, the same wherever its key stands."""

    key: str
    kind: str


@_node
class App(_Node):
    """An operator or function applied to arguments."""

    op: str
    args: tuple[Expr, ...]
    kind: str


@_node
class Exists(_Node):
    """True where the relation holds at least one row, else false."""

    body: Terms
    kind: str = "bool"


@_node
class Agg(_Node):
    """A value of the bag of ``body``'s outputs. ``count`` and ``sum`` are 0 on the empty bag; the rest are guarded."""

    op: str
    body: Terms
    kind: str


Expr: TypeAlias = Col | Const | Param | App | Exists | Agg


@_node
class TableSource(_Node):
    """The rows of a table."""

    name: str


@_node
class Distinct(_Node):
    """The distinct outputs of a relation; columns are named "0", "1", …"""

    body: Terms


@_node
class Opaque(_Node):
    """A relation known only as a function of others (LIMIT, EXCEPT ALL); columns "0", "1", … as Distinct's."""

    what: str
    bodies: tuple[Terms, ...]


Source: TypeAlias = TableSource | Distinct | Opaque


@_node
class Term(_Node):
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
