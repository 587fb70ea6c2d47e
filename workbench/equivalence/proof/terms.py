"""Queries as sums of products over bags.

A relation is a tuple of ``Term``s, read as their bag union. A term binds row variables to sources and yields
``outputs`` once for every binding under which each conjunct of ``where`` is true. Row variables are integers,
unique within one proof, so that no substitution captures. ``Exists`` is the squash of a relation (never NULL) and
``Agg`` a value computed from the bag of a relation's outputs; both may mention row variables of enclosing terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TypeAlias, TypeVar, dataclass_transform

_N = TypeVar("_N", bound="_Node")


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
