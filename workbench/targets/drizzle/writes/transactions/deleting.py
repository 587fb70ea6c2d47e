"""``delete()``: whole trees first, then what hangs on the rows, then what forbids it, then the deletions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.targets.drizzle.queries.naming import plural
from workbench.targets.drizzle.writes.transactions.composing import Composition, model_name, require
from workbench.targets.drizzle.writes.transactions.lines import Line, Numbered, forbidden, in_order, key_of
from workbench.targets.drizzle.writes.transactions.rewriting import argument, changed, narrowed, unordered
from workbench.targets.drizzle.writes.transactions.statement import Statement
from workbench.targets.drizzle.writes.transactions.trees import planted
from workbench.targets.typescript import (
    Await,
    Call,
    Const,
    Expression,
    Member,
    Name,
    Object,
    call,
    method,
)


def deleted(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """Django collects first, and deletes then."""
    yield from planted(composition.trees)
    plain = [each for each in statements if not each[1].step.again]
    looks = [each for each in plain if each[1].kind == "select"]
    restricting = [written for _, written in looks if written.step.rule == "RESTRICT"]
    changes = [each for each in plain if each[1].kind != "select"]
    yield from in_order(composition, [each for each in looks if each[1] not in restricting])
    for written in restricting:
        yield from _restricted(composition, written, [change for _, change in changes if change.kind == "delete"])
    yield from in_order(composition, changes)


def _restricted(composition: Composition, written: Statement, deletions: Sequence[Statement]) -> Iterator[Line]:
    """RESTRICT: rows that are there forbid it, unless the same deletion takes them along."""
    table = argument(written.code, "from")
    alike = [each for each in deletions if argument(each.code, "delete") == table]
    yield from written.locals
    code = unordered(narrowed(written.code, written.paths[:1]))
    if alike:
        require(isinstance(table, Name), written.step.relation, "its rows are not those of one table")
        condition = argument(written.code, "where")
        assert condition is not None and isinstance(table, Name)
        kept = (_kept(composition, each, table) for each in alike)
        code = changed(code, "where", _drizzle(composition, "and", condition, *kept))
    name = composition.fresh(plural(model_name(written.step.query.model)))
    yield Const(name, Await(code))
    yield forbidden(name, f"{written.step.relation} restricts the rows that it refers to")


def _kept(composition: Composition, deletion: Statement, table: Name) -> Expression:
    """That a row is none of those which a statement deletes."""
    property = key_of(deletion)
    key, condition = Member(table, property), argument(deletion.code, "where")
    if isinstance(condition, Call) and condition.callee == Name("inArray") and condition.arguments[0] == key:
        return _drizzle(composition, "notInArray", key, condition.arguments[1])
    rows = method(method(Name("tx"), "select", Object(((property, key),))), "from", table)
    chosen = method(rows, "where", condition) if condition is not None else rows
    return _drizzle(composition, "notInArray", key, chosen)


def _drizzle(composition: Composition, name: str, *arguments: Expression) -> Call:
    composition.imports.setdefault("drizzle-orm", set()).add(name)
    return call(name, *arguments)
