"""Querysets as Drizzle: Django's parsed SQL gives the structure, Django's facts about the query give the names."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.parse import parse
from workbench.queries.query import Query
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.queries.helper_texts import EXPORTED
from workbench.targets.drizzle.queries.helper_texts import HELPERS as HELPERS
from workbench.targets.drizzle.queries.module import Module
from workbench.targets.drizzle.queries.terms import HELPER_NAMES, Untranslatable
from workbench.targets.drizzle.queries.writer import Writer, sequence_columns
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

HELPER_NAMES.update(EXPORTED["postgres"])


@dataclass(frozen=True)
class QueryRendering:
    """A query in TypeScript: the module that runs, the part a person reads, and where each output is in a row.

    ``code`` is "" where the query has no translation; then the diagnostics say why.
    """

    code: str
    body: str
    paths: tuple[str, ...] = ()  # of each of the query's outputs, as Drizzle names the selected fields
    diagnostics: tuple[Diagnostic, ...] = ()


def render_query(query: Query, catalog: Catalog, names: SchemaNames) -> QueryRendering:
    """The Drizzle form of a query; never one that means something else."""
    if query.dialect != "postgres":
        return refused(query, query.dialect, "querysets are translated for PostgreSQL only")
    if not query.sql:
        return refused(query, query.expression, "Django runs no query at all")
    writer = Writer(query, catalog, names, sequence_columns(catalog))
    try:
        built = Module(writer).statement(parse(query))
    except Untranslatable as gap:
        return refused(query, gap.thing, gap.fact)
    except WorkbenchError as error:
        return QueryRendering("", "", (), error.diagnostics)
    return rendered(writer, built.code, built.paths)


def rendered(writer: Writer, code: Expression, paths: tuple[str, ...] = ()) -> QueryRendering:
    """A statement that was written, as a module and as what a person reads."""
    parts = [*writer.aliases, *writer.locals]
    place = writer.query.origin or Origin("queryset")
    notes = tuple(Diagnostic("query-nearly", place, *note, "", Fidelity.APPROXIMATE) for note in writer.notes)
    return QueryRendering(_module(writer, code), _readable(parts, code), paths, notes)


def _module(writer: Writer, code: Expression) -> str:
    body = Block((*writer.locals, Return(code))) if writer.locals else code
    imports = [Import(module, tuple(names)) for module, names in sorted(writer.imports.items(), key=_order) if names]
    statements: list[Statement] = [*imports, *writer.aliases]
    statements.append(Const("query", Arrow(("db: Db",), body), exported=True))
    return print_module(statements)


def _order(entry: tuple[str, set[str]]) -> tuple[bool, str]:
    return entry[0].startswith("."), entry[0]


def _readable(parts: list[Const], code: Expression) -> str:
    lines = [print_statement(part) for part in parts]
    return "\n".join([*lines, print_expression(code) + (";" if parts else "")])


def refused(query: Query, thing: str, fact: str) -> QueryRendering:
    """A statement that has no translation: the construct, and why."""
    place = query.origin or Origin("queryset")
    help = "Write this query by hand, or split it."
    return QueryRendering(
        "", "", (), (Diagnostic("query-untranslated", place, thing, fact, help, Fidelity.UNSUPPORTED),)
    )
