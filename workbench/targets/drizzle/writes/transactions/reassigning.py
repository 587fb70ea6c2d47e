"""``set()`` of the other end of a foreign key: the rows that belong to it no more, and those that now do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.targets.drizzle.writes.transactions.composing import Composition, require
from workbench.targets.drizzle.writes.transactions.lines import Line, Numbered, in_order, key_of
from workbench.targets.drizzle.writes.transactions.rewriting import (
    apart,
    argument,
    changed,
    narrowed,
    substituted,
    unordered,
    without,
)
from workbench.targets.drizzle.writes.transactions.statement import Statement
from workbench.targets.typescript import Arrow, Await, Call, Const, Do, Expression, Member, Name, method


def reassigned(composition: Composition, statements: Sequence[Numbered]) -> Iterator[Line]:
    """Both updates by lists of keys: of rows that are there and not wanted, and of wanted ones that are not there."""
    if all(written.kind == "update" for _, written in statements):
        yield from in_order(composition, statements)  # what was there is cleared first, or cannot be
        return
    (number, look), *others = statements
    updates = [written for _, written in others]
    fact = "its statements are not those of Django's own relation"
    require(look.kind == "select" and all(w.kind == "update" for w in updates) and len(updates) < 3, "set()", fact)
    removals = [written for written in updates if any(known.step == number for known in written.uses)]
    additions = [written for written in updates if written not in removals]
    require(len(removals) == 1 and len(additions) < 2, "set()", fact)
    key = key_of(removals[0])
    current = Name(composition.fresh("current"))
    rows = Await(unordered(narrowed(look.code, [key])))
    yield from look.locals
    yield Const(current.text, method(rows, "map", Arrow(("row",), Member(Name("row"), key))))
    wanted = _list(additions[0]) if additions else None
    gone: Expression = current if wanted is None else apart(current, wanted)
    yield from _updated(removals[0], composition.list_name(number, key), gone)
    if wanted is not None:
        yield from _updated(additions[0], Name(composition.fresh("missing")), apart(wanted, current))


def _updated(written: Statement, called: Name, keys: Expression) -> Iterator[Line]:
    """The update of the rows of these keys."""
    condition = argument(written.code, "where")
    assert condition is not None
    yield Const(called.text, keys)
    yield from written.locals
    new = substituted(condition, _list(written), called)
    yield Do(Await(without(changed(written.code, "where", new), "returning")))


def _list(written: Statement) -> Expression:
    """The list of the keys that an update finds its rows by."""
    lists = [each.arguments[1] for each in _calls(argument(written.code, "where")) if each.callee == Name("inArray")]
    require(len(lists) == 1, written.step.query.sql[:80], "it does not find its rows by their keys alone")
    return lists[0]


def _calls(code: Expression | None) -> Iterator[Call]:
    if isinstance(code, Call):
        yield code
        for part in code.arguments:
            yield from _calls(part)
