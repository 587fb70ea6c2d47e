"""``add()`` and ``set()`` of a many-to-many relation: lists of keys, of which some may be there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.targets.drizzle.names import camel
from workbench.targets.drizzle.queries.naming import plural
from workbench.targets.drizzle.writes.transactions.composing import Composition, require
from workbench.targets.drizzle.writes.transactions.lines import Line, Numbered, in_order
from workbench.targets.drizzle.writes.transactions.reassigning import reassigned
from workbench.targets.drizzle.writes.transactions.rewriting import (
    apart,
    changed,
    inserted,
    substituted,
    unordered,
    with_entry,
    without,
)
from workbench.targets.drizzle.writes.transactions.statement import Statement
from workbench.targets.typescript import (
    Array,
    Arrow,
    As,
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
    method,
)


def added(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """Rows in between for keys that have none yet."""
    if any(written.kind == "update" for _, written in statements):  # the other end of a foreign key
        yield from in_order(composition, statements)
        return
    selects = [each for each in statements if each[1].kind == "select"]
    inserts = [each[1] for each in statements if each[1].kind == "insert"]
    _require_only(statements, len(selects) < 2)
    if not selects and composition.targets is None:
        yield from in_order(composition, statements)
        return
    yield from _targets(composition, inserts)
    wanted = _wanted(composition)
    if selects:
        (_, look) = selects[0]
        known = composition.fresh("known")
        yield from look.locals
        yield Const(known, _column(look, composition))
        missing = composition.fresh("missing")
        yield Const(missing, apart(wanted, Name(known)))
        wanted = Name(missing)
    yield from _insertion(composition, inserts, wanted)


def replaced_set(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """What is not wanted any more goes, what is not there yet comes; the others stay as they are."""
    if any(written.kind == "update" for _, written in statements):
        yield from reassigned(composition, statements)
        return
    (number, look), *others = statements
    inserts = [each[1] for each in others if each[1].kind == "insert"]
    _require_only(statements, look.kind == "select")
    current, (property,) = composition.fresh("current"), look.paths[:1]
    yield from look.locals
    yield Const(current, _column(look, composition))
    removed = composition.list_name(number, property).text
    deletes = [each for each in others if each[1].kind == "delete"]
    if inserts:
        yield from _targets(composition, inserts)
        yield Const(removed, apart(Name(current), _wanted(composition)))
    else:
        yield Const(removed, Name(current))
    yield from in_order(composition, deletes)
    if inserts:
        missing = composition.fresh("missing")
        yield Const(missing, apart(_wanted(composition), Name(current)))
        yield from _insertion(composition, inserts, Name(missing))


def _require_only(statements: Sequence[Numbered], otherwise: bool) -> None:
    kinds = {written.kind for _, written in statements}
    fact = "its statements are not those of Django's own relation"
    require(otherwise and kinds <= {"select", "insert", "delete"}, "many-to-many relation", fact)


def _column(look: Statement, composition: Composition) -> Expression:
    """The first column of the rows, as a list."""
    require("." not in look.paths[0], look.step.query.sql[:80], "its column lies inside of a row")
    code = unordered(look.code)
    if composition.listed is not None and composition.targets is not None:
        code = substituted(code, composition.listed, composition.targets)
    return method(Await(code), "map", Arrow(("row",), Member(Name("row"), look.paths[0])))


def _targets(composition: Composition, inserts: Sequence[Statement]) -> Iterator[Const]:
    """The keys that are given: a parameter, or a list of constants."""
    given = composition.plan.targets
    require(given is not None and bool(inserts), "many-to-many relation", "its keys are not seen")
    assert given is not None
    values = composition.target_rows(inserts[0], given.column)
    if composition.targets is not None:
        composition.learn_list(values)
        return
    name = composition.fresh(plural(camel(given.column)))
    composition.targets = Name(name)
    composition.listed = Array(tuple(dict.fromkeys(values)))
    yield Const(name, composition.listed)


def _wanted(composition: Composition) -> Expression:
    assert composition.targets is not None
    return composition.targets


def _insertion(composition: Composition, inserts: Sequence[Statement], keys: Expression) -> Iterator[Line]:
    """A row in between for each key; a symmetrical relation has a second one the other way round."""
    given = composition.plan.targets
    assert given is not None
    lines: list[Line] = []
    for written, column in zip(inserts, (given.column, given.source), strict=False):
        rows = inserted(written.code)
        property = written.writer.names.column(given.table, column)
        each = {_constant(written, given.table, with_entry(row, property, Name("id"))) for row in rows}
        require(len(each) == 1, written.step.query.sql[:80], "its rows differ in more than the key")
        made = method(keys, "map", Arrow(("id",), each.pop()))
        lines += [*written.locals, Do(Await(without(changed(written.code, "values", made), "returning")))]
    require(len(inserts) <= 2, "many-to-many relation", "it inserts more than twice")
    yield If(Binary(Member(keys, "length"), ">", Literal(0)), Block(tuple(lines)))


def _constant(written: Statement, table: str, row: Object) -> Object:
    """The row with its choices as constants: inside of a function their type would be any text's."""
    columns = written.writer.catalog.table(table).columns
    choosing = {written.writer.names.column(table, column.name) for column in columns if column.choices}
    entries = (
        (each[0], As(each[1], "const"))
        if isinstance(each, tuple) and each[0] in choosing and isinstance(each[1], Literal)
        else each
        for each in row.entries
    )
    return Object(tuple(entries))
