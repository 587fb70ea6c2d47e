"""A statement of a transaction as lines: what it does, what its rows are called, what forbids to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from workbench.queries.query import Intent
from workbench.targets.drizzle.queries.naming import plural
from workbench.targets.drizzle.writes.transactions.composing import Composition, model_name, require
from workbench.targets.drizzle.writes.transactions.rewriting import argument, at, narrowed, unordered, without
from workbench.targets.drizzle.writes.transactions.statement import Statement
from workbench.targets.typescript import (
    Arrow,
    Await,
    Binary,
    Block,
    Const,
    Do,
    Expression,
    If,
    Literal,
    Member,
    Name,
    Not,
    Return,
    Throw,
    method,
)

Line: TypeAlias = Const | Return | Do | Throw | If
Numbered: TypeAlias = tuple[int, Statement]


def in_order(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """One line a statement."""
    for number, written in statements:
        yield from written.locals
        yield from _LINES[written.kind](composition, number, written)


def _selected(composition: Composition, number: int, written: Statement) -> Iterator[Line]:
    if written.step.guards:
        yield from _guard(composition, written)
    elif number in composition.rows:
        yield from _single(composition, number, written)
    else:
        yield from _keys(composition, number, written)


def _guard(composition: Composition, written: Statement) -> Iterator[Line]:
    """PROTECT: rows that are there forbid it."""
    step = written.step
    name = composition.fresh(plural(model_name(step.query.model)))
    yield Const(name, Await(unordered(narrowed(written.code, written.paths[:1]))))
    yield forbidden(name, f"{step.relation} protects the rows that it refers to")


def forbidden(rows: str, message: str) -> Line:
    """An error where there is a row."""
    return If(Binary(Member(Name(rows), "length"), ">", Literal(0)), Block((Throw(message),)))


def _single(composition: Composition, number: int, written: Statement) -> Iterator[Line]:
    """``get()`` and ``first()``: one row, or an error."""
    found, model = composition.rows[number], model_name(written.step.query.model)
    first = written.step.query.intent is not Intent.GET
    other = "" if first else composition.fresh("another")
    yield Const(f"[{found}, {other}]" if other else f"[{found}]", Await(written.code))
    missing: Expression = Not(Name(found))
    condition = Binary(missing, "||", Name(other)) if other else missing
    yield If(condition, Block((Throw(f"not exactly one {model} matches" if other else f"no {model} matches"),)))


def _keys(composition: Composition, number: int, written: Statement) -> Iterator[Line]:
    """The columns of many rows that later statements need, each as a list."""
    used = composition.used(number)
    if not used:
        return  # rows that no later statement holds
    code: Expression = Await(unordered(narrowed(written.code, used)))
    if len(used) > 1:
        rows = composition.fresh(plural(model_name(written.step.query.model)))
        yield Const(rows, code)
        code = Name(rows)
    for property in used:
        name, each = composition.list_name(number, property), Arrow(("row",), at(Name("row"), property))
        yield Const(name.text, composition.grown(name, method(code, "map", each)))


def _inserted(composition: Composition, number: int, written: Statement) -> Iterator[Line]:
    if composition.used(number):
        yield Const(f"[{composition.rows[number]}]", Await(written.code))
    else:
        yield Do(Await(without(written.code, "returning")))


def _changed(composition: Composition, number: int, written: Statement) -> Iterator[Line]:
    yield Do(Await(without(written.code, "returning")))


def written_table(written: Statement) -> Expression:
    """The table that an INSERT or UPDATE names."""
    table = argument(written.code, written.kind)
    assert table is not None
    return table


def key_of(written: Statement) -> str:
    """The property of that table's primary key."""
    table = next(t for t in written.writer.catalog.tables if t.name in written.step.query.sql.split('"'))
    require(table.primary_key is not None, table.name, "it has no primary key")
    require(table.primary_key is None or len(table.primary_key.columns) == 1, table.name, "its key has several columns")
    assert table.primary_key is not None
    return written.writer.names.column(table.name, table.primary_key.columns[0])


_LINES: dict[str, Callable[[Composition, int, Statement], Iterator[Line]]] = {
    "select": _selected,
    "insert": _inserted,
    "update": _changed,
    "delete": _changed,
}
