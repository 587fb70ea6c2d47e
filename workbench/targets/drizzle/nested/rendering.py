"""A nested result in TypeScript: the module that runs, the function that a person reads, and the places of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.nested.places import Place
from workbench.queries.query import Query
from workbench.targets.drizzle.names import SchemaNames, relations_of
from workbench.targets.drizzle.nested.assembly import Assembly
from workbench.targets.drizzle.nested.chain import names_in
from workbench.targets.drizzle.nested.parts import Part, parts_of
from workbench.targets.drizzle.nested.relational import Relating, Relational
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.typescript import (
    Arrow,
    Block,
    Const,
    Expression,
    Function,
    Import,
    Name,
    Object,
    Return,
    Statement,
    call,
    print_expression,
    print_module,
    print_statement,
    quote,
)


@dataclass(frozen=True)
class NestedRendering:
    """``code`` is "" where there is no translation; then the diagnostics say why."""

    code: str
    body: str  # the functions of the queries, and the one that calls them …
    whole: str = ""  # … alone
    places: tuple[Place, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class RelationalRendering:
    """``code`` is "" where a relational query would not be the same; ``refusal`` says why."""

    code: str
    body: str
    places: tuple[Place, ...] = ()
    refusal: str = ""


def render_relational(query: Query, catalog: Catalog, names: SchemaNames) -> RelationalRendering:
    """A queryset with related rows as one relational query of Drizzle, where that gives the same."""
    try:
        if query.dialect != "postgres":
            raise Untranslatable(
                "SQLite", "nested rows are read as JSON, which writes booleans, decimals and dates otherwise"
            )
        parts = parts_of(query, catalog, names)
        found = Relating(parts, names).relational()
    except Untranslatable as gap:
        return RelationalRendering("", "", (), f"{gap.thing}: {gap.fact}")
    except WorkbenchError as error:
        return RelationalRendering("", "", (), str(error))
    shown = print_expression(found.code)
    return RelationalRendering(_relational_module(parts, found), shown, found.places)


def _relational_module(parts: list[Part], found: Relational) -> str:
    """The type of ``db`` names the tables that are read: that of a whole schema takes the compiler seconds."""
    names = " | ".join(quote(name) for table in found.tables for name in (table, relations_of(table)))
    database = f'NodePgDatabase<Pick<typeof import("./schema"), {names}>>'
    first = parts[0].form
    values = tuple(Const(p.name, p.value) for p in first.parameters)
    body = Block((*values, Return(found.code))) if values else found.code
    query = Const("query", Arrow((f"db: {database}",), body), exported=True)
    used = {name.rpartition(" as ")[2] for _, name in _imported(parts)} & set(names_in(found.code))
    imports = [
        replace(each, names=tuple(n for n in each.names if n.rpartition(" as ")[2] in used)) for each in _imports(parts)
    ]
    typed = Import("drizzle-orm/node-postgres", (), ("NodePgDatabase",))
    return print_module([*(each for each in imports if each.names), typed, query])


def render_nested(query: Query, catalog: Catalog, names: SchemaNames) -> NestedRendering:
    """The queries of a queryset with prefetched relations, and the function that puts their rows together."""
    try:
        parts = parts_of(query, catalog, names)
        return _rendering(parts)
    except Untranslatable as gap:
        return NestedRendering("", "", "", (), (_refused(query, gap.thing, gap.fact),))
    except WorkbenchError as error:
        return NestedRendering("", "", "", (), error.diagnostics)


def _rendering(parts: list[Part]) -> NestedRendering:
    assembly = Assembly(parts, _names_in_use(parts))
    whole = assembly.function()
    functions = list(dict.fromkeys(function for function in assembly.functions.values() if function))
    statements: list[Statement] = [*functions, whole]
    body = "\n\n".join(map(print_statement, statements))
    query = Const("query", Arrow(("db: Db",), _called(parts, whole)), exported=True)
    code = print_module([*_imports(parts), *statements, query])
    return NestedRendering(code, body, print_statement(whole), tuple(part.place for part in parts))


def _called(parts: Sequence[Part], whole: Function) -> Expression:
    given = {p.name: p.value for part in reversed(parts) for p in part.form.parameters}
    values = tuple((name, given[name]) for name, _ in whole.options)
    return call(whole.name, Name("db"), *((Object(values),) if values else ()))


def _names_in_use(parts: Sequence[Part]) -> set[str]:
    """What the function cannot call its own names: imports, and what the first query names."""
    bound = {name.rpartition(" as ")[2] for _, name in _imported(parts)}
    first = parts[0].written.writer
    options = parts[0].form.function.options if parts[0].form.function else ()
    own = {const.name for const in (*first.aliases, *first.locals)} | {name for name, _ in options}
    return {"db", "query", "row", "keysOf", "manyBy", "oneBy", *bound, *own}


def _imported(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        for module, names in part.written.writer.imports.items():
            yield from ((module, name) for name in names)


def _imports(parts: Sequence[Part]) -> list[Import]:
    """The imports of all queries; Untranslatable where one name means two things."""
    meanings: dict[str, tuple[str, str]] = {}
    for module, name in _imported(parts):
        bound = name.rpartition(" as ")[2]
        if meanings.setdefault(bound, (module, name)) != (module, name):
            raise Untranslatable(bound, "it is imported from two modules")
    modules = sorted({module for module, _ in meanings.values()}, key=lambda name: (name.startswith("."), name))
    return [Import(m, tuple(sorted(name for module, name in meanings.values() if module == m))) for m in modules]


def _refused(query: Query, thing: str, fact: str) -> Diagnostic:
    help = "Call the functions of the single queries, and put their rows together by hand."
    place = query.origin or Origin("queryset")
    return Diagnostic("query-nested", place, thing, fact, help, Fidelity.UNSUPPORTED)
