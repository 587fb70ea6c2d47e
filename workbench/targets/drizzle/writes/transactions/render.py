"""A plan as TypeScript: its statements composed by the rules of its form, in one transaction, as a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.plan import Plan, PlannedWrite
from workbench.queries.query import Query
from workbench.targets.drizzle.names import fresh
from workbench.targets.drizzle.queries.function import Written
from workbench.targets.drizzle.queries.naming import plural
from workbench.targets.drizzle.queries.rendering import QueryRendering, refused
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.drizzle.writes.transactions import documents
from workbench.targets.drizzle.writes.transactions.composing import Composition, model_name
from workbench.targets.drizzle.writes.transactions.deleting import deleted
from workbench.targets.drizzle.writes.transactions.lines import Line, Numbered, in_order
from workbench.targets.drizzle.writes.transactions.lookups import got_or_created, saved
from workbench.targets.drizzle.writes.transactions.relations import added, replaced_set
from workbench.targets.typescript import (
    Arrow,
    Block,
    Call,
    Const,
    Expression,
    Function,
    Import,
    Name,
    Object,
    Return,
    Statement,
    call,
    method,
    print_expression,
    print_module,
    print_statement,
)

FORMS: dict[str, Callable[[Composition, Sequence[Numbered]], Iterator[Line]]] = {
    "get_or_create": got_or_created,
    "update_or_create": got_or_created,
    "save": saved,
    "add": added,
    "delete": deleted,
    "set": replaced_set,
}
_NAMES = {
    "get_or_create": "getOrCreate{One}",
    "update_or_create": "updateOrCreate{One}",
    "save": "save{One}",
    "create": "create{One}",
    "bulk_create": "create{Many}",
    "update": "update{Many}",
    "bulk_update": "update{Many}",
    "delete": "delete{Many}",
    "add": "add{Many}",
    "set": "set{Many}",
    "remove": "remove{Many}",
    "clear": "clear{Many}",
}


@dataclass(frozen=True)
class PlanRendering:
    """The transaction, and each statement alone as it is judged (one a step)."""

    whole: QueryRendering
    statements: tuple[QueryRendering, ...] = ()


def render_plan(
    planned: PlannedWrite, write: Callable[[Query], Written], alone: Callable[[Query], QueryRendering]
) -> PlanRendering:
    """The Drizzle form of a write of several statements; where it has none, the diagnostics say why."""
    composition = Composition(planned.plan, write)
    try:
        composition.compose()
        body = tuple(_lines(composition))
    except Untranslatable as gap:
        return PlanRendering(refused(planned, gap.thing, gap.fact))
    except WorkbenchError as error:
        return PlanRendering(QueryRendering("", "", (), error.diagnostics))
    return PlanRendering(_rendered(planned, composition, body), tuple(alone(s.query) for s in planned.plan.steps))


def _lines(composition: Composition) -> Iterator[Line]:
    numbered = list(enumerate(composition.statements))
    yield from in_order(composition, [each for each in numbered if each[1].step.before])
    own = [each for each in numbered if not each[1].step.before]
    yield from FORMS.get(composition.plan.form, in_order)(composition, own)


def _rendered(planned: PlannedWrite, composition: Composition, body: tuple[Line, ...]) -> QueryRendering:
    """The module that runs, and the part that a person reads."""
    transaction = method(Name("db"), "transaction", Arrow(("tx",), Block(body), waits=True))
    aliases = list(composition.aliases.values())
    shown: list[Statement] = [*aliases]
    called: Expression = transaction
    if composition.arguments.known:
        function, called = _function(planned.plan, composition, transaction)
        shown.append(function)
    query = Const("query", Arrow(("db: Db",), called), exported=True)
    head: list[Statement] = [*_imports(composition), *shown]
    lines = [print_statement(each) for each in shown]
    if not composition.arguments.known:
        lines.append(print_expression(transaction) + ";")
    notes = (*_notes(planned, composition), *_constants(planned, composition))
    return QueryRendering(print_module([*head, query]), "\n".join(lines), (), notes)


def _function(plan: Plan, composition: Composition, transaction: Call) -> tuple[Function, Expression]:
    one = model_name(plan.model)
    many = plural(one) if plan.form not in ("add", "set", "remove", "clear") else one
    forms = {"One": one[:1].upper() + one[1:], "Many": many[:1].upper() + many[1:]}
    name = fresh(_NAMES[plan.form].format(**forms), composition.arguments.taken)
    arguments = composition.arguments.known.values()
    options = tuple((argument.name, argument.type) for argument in arguments)
    given = Object(tuple((argument.name, argument.value) for argument in arguments))
    function = Function(name, ("db: Db",), Block((Return(transaction),)), options, exported=True)
    return function, call(name, Name("db"), given)


def _imports(composition: Composition) -> list[Import]:
    found = sorted(composition.imports.items(), key=lambda entry: (entry[0].startswith("."), entry[0]))
    return [Import(module, tuple(names)) for module, names in found if names]


def _notes(planned: PlannedWrite, composition: Composition) -> Iterator[Diagnostic]:
    place = planned.origin or Origin("queryset")
    notes = dict.fromkeys(note for written in composition.statements for note in written.writer.notes)
    columns = dict.fromkeys(column for written in composition.statements for column in documents.rewritten(written))
    notes.update(dict.fromkeys((column, documents.FACT) for column in columns))
    return (Diagnostic("query-nearly", place, *note, "", Fidelity.APPROXIMATE) for note in notes)


def _constants(planned: PlannedWrite, composition: Composition) -> Iterator[Diagnostic]:
    place = planned.origin or Origin("queryset")
    fact = "it is no parameter: a value of its kind is written in its place"
    given = planned.plan.targets.name if planned.plan.targets else ""
    names = dict.fromkeys(name for name in composition.arguments.constant if name != given)
    return (Diagnostic("query-constant", place, name, fact, "", Fidelity.NOTE) for name in names)
