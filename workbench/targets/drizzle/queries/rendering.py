"""What becomes of a statement: the module that runs, the part that a person reads, and what could not be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.query import Query, StandIn
from workbench.targets.drizzle.queries.function import FunctionForm, Parameter, Written, function_of
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.typescript import (
    Arrow,
    Block,
    Const,
    Expression,
    Import,
    Return,
    Statement,
    print_expression,
    print_module,
    print_statement,
)


@dataclass(frozen=True)
class Variant:
    """The module with the other value in place of one of the call site's; ``name`` is its parameter's."""

    stand_in: StandIn
    name: str
    code: str


@dataclass(frozen=True)
class QueryRendering:
    """A query in TypeScript: the module that runs, the part a person reads, and where each output is in a row.

    ``code`` is "" where the query has no translation; then the diagnostics say why.
    """

    code: str
    body: str
    paths: tuple[str, ...] = ()  # of each of the query's outputs, as Drizzle names the selected fields
    diagnostics: tuple[Diagnostic, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    variants: tuple[Variant, ...] = ()  # one a value of the call site that is a parameter


def render(query: Query, write: Callable[[Query], Written]) -> QueryRendering:
    """The statement that ``write`` writes, as a function where its call site has values in names."""
    try:
        written = write(query)
    except Untranslatable as gap:
        return refused(query, gap.thing, gap.fact)
    except WorkbenchError as error:
        return QueryRendering("", "", (), error.diagnostics)
    form = function_of(query, written, write)
    notes = (*_notes(written.writer), *_constants(query, form.constant))
    if form.function is None:
        return QueryRendering(_module(written), _readable(written), written.paths, notes)
    return _with_function(query, written, form, notes)


def _with_function(query: Query, written: Written, form: FunctionForm, notes: tuple[Diagnostic, ...]) -> QueryRendering:
    assert form.function is not None
    head: list[Statement] = [*_imports(written.writer), *written.writer.aliases, form.function]
    shown: list[Statement] = [*written.writer.aliases, form.function]
    body = "\n".join(map(print_statement, shown))
    held = {id(p.stand_in): p for p in form.parameters}.values()
    variants = tuple(
        Variant(p.stand_in, p.name.removesuffix(p.found.suffix), _calling(head, form.called(p.stand_in))) for p in held
    )
    return QueryRendering(_calling(head, form.called()), body, written.paths, notes, form.parameters, variants)


def _calling(head: Sequence[Statement], code: Expression) -> str:
    """The module with its ``query``: what runs here is the function with the values that stand in."""
    return print_module([*head, Const("query", Arrow(("db: Db",), code), exported=True)])


def _notes(writer: Writer) -> tuple[Diagnostic, ...]:
    place = writer.query.origin or Origin("queryset")
    return tuple(Diagnostic("query-nearly", place, *note, "", Fidelity.APPROXIMATE) for note in writer.notes)


def _constants(query: Query, names: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Values that are constants here: with another one the text would be another."""
    place, fact = query.origin or Origin("queryset"), "it is no parameter: a value of its kind is written in its place"
    return tuple(Diagnostic("query-constant", place, name, fact, "", Fidelity.NOTE) for name in names)


def _module(written: Written) -> str:
    locals = written.writer.locals
    body = Block((*locals, Return(written.code))) if locals else written.code
    query = Const("query", Arrow(("db: Db",), body), exported=True)
    return print_module([*_imports(written.writer), *written.writer.aliases, query])


def _imports(writer: Writer) -> list[Import]:
    return [Import(module, tuple(names)) for module, names in sorted(writer.imports.items(), key=_order) if names]


def _order(entry: tuple[str, set[str]]) -> tuple[bool, str]:
    return entry[0].startswith("."), entry[0]


def _readable(written: Written) -> str:
    parts = [*written.writer.aliases, *written.writer.locals]
    lines = [print_statement(part) for part in parts]
    return "\n".join([*lines, print_expression(written.code) + (";" if parts else "")])


def refused(query: Query, thing: str, fact: str) -> QueryRendering:
    """A statement that has no translation: the construct, and why."""
    place = query.origin or Origin("queryset")
    help = "Write this query by hand, or split it."
    return QueryRendering(
        "", "", (), (Diagnostic("query-untranslated", place, thing, fact, help, Fidelity.UNSUPPORTED),)
    )
