"""``get_or_create()``, ``update_or_create()`` and ``save()``: what they do depends on whether a row is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.targets.drizzle.writes.transactions.composing import Composition, model_name, require
from workbench.targets.drizzle.writes.transactions.lines import Line, Numbered, in_order, key_of, written_table
from workbench.targets.drizzle.writes.transactions.rewriting import returning, whole_table, without
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
    Object,
    Return,
    Spread,
    Throw,
    call,
    method,
)


def saved(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """``save()``: an UPDATE, and an INSERT (or an error) where it found no row."""
    (_, update), *others = statements
    if update.kind == "insert" or (_changes_only(statements) and not composition.plan.failure):
        yield from in_order(composition, statements)  # the row is new, or was loaded before
        return
    single = update.kind == "update" and all(w.kind == "insert" for _, w in others) and len(others) < 2
    require(single, "save()", "its row lies in several tables")
    table = written_table(update)
    changed = composition.fresh("changed")
    key = key_of(update)
    yield from update.locals
    yield Const(changed, Await(returning(update.code, Object(((key, Member(table, key)),)))))
    missing = Binary(Member(Name(changed), "length"), "===", Literal(0))
    instead: tuple[Line, ...] = tuple(in_order(composition, others)) if others else (Throw(_NO_ROW),)
    yield If(missing, Block(instead))


_NO_ROW = "the row that is to be saved is not there"


def _changes_only(statements: Sequence[Numbered]) -> bool:
    return all(w.kind == "update" and w.step.branch == "always" for _, w in statements)


def got_or_created(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """``get_or_create()`` and ``update_or_create()``: look, insert what is missing, look again; then update."""
    (number, look), *others = statements
    made = [each for each in others if each[1].step.branch == "missing"]
    updates = [each for each in others if each[1].step.branch == "found"]
    inserts = bool(made) and made[0][1].kind == "insert" and all(w.kind in ("insert", "delete") for _, w in made)
    understood = look.kind == "select" and inserts and all(w.kind == "update" for _, w in updates)
    require(understood, f"{composition.plan.form}()", "its statements are not those of Django's own method")
    find, rows = composition.fresh("find"), composition.fresh("rows")
    model = model_name(composition.plan.model)
    yield from look.locals
    yield Const(find, Arrow((), look.code))
    yield Const(rows, Await(call(find)))
    length = Member(Name(rows), "length")
    yield If(Binary(length, "===", Literal(0)), Block(tuple(_made(composition, made, look, find, rows))))
    yield If(Binary(length, "!==", Literal(1)), Block((Throw(f"not exactly one {model} matches"),)))
    found = composition.rows[number]
    yield Const(f"[{found}]", Name(rows))
    yield from _updates(composition, updates, found, look)


def _made(composition: Composition, made: Sequence[Numbered], look: Statement, find: str, rows: str) -> Iterator[Line]:
    """Inserts unless somebody was faster; then their row is taken."""
    (number, first), *others = made
    plain = _is_whole(look) and not others
    code = without(first.code, "returning")
    fresh_row = composition.rows.get(number) or composition.fresh("made")
    ignoring = method(code, "onConflictDoNothing")
    wanted = () if plain else (Object(((key_of(first), Member(written_table(first), key_of(first))),)),)
    yield from first.locals
    yield Const(f"[{fresh_row}]", Await(returning(ignoring, *wanted)))
    result = _result(composition, Name(fresh_row), True, plain)
    yield If(Name(fresh_row), Block((*in_order(composition, others), Return(result))))
    yield Do(method(Name(rows), "push", Spread(Await(call(find)))))


def _updates(composition: Composition, updates: Sequence[Numbered], found: str, look: Statement) -> Iterator[Line]:
    plain = _is_whole(look)
    row: Expression = Name(found)
    for _, written in updates:
        yield from written.locals
        if plain and len(updates) == 1:
            name = composition.fresh("changed")
            yield Const(f"[{name}]", Await(returning(written.code)))
            row = Name(name)
        else:
            yield Do(Await(without(written.code, "returning")))
    yield Return(_result(composition, row, False, plain))


def _is_whole(look: Statement) -> bool:
    return whole_table(look.code) is not None


def _result(composition: Composition, row: Expression, created: bool, plain: bool) -> Object:
    told = ("created", Literal(created))
    return Object(((model_name(composition.plan.model), row), told) if plain else (told,))
