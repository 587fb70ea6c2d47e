"""What the writing of one query passes around: terms, sources, scopes, and the names the module uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from workbench.catalog.table import Catalog, Table
from workbench.queries.query import Output, Query
from workbench.targets.drizzle.names import SchemaNames, camel, fresh
from workbench.targets.drizzle.types import postgres_type, split_type
from workbench.targets.drizzle.words import TABLE_WORDS
from workbench.targets.typescript import Call, Const, Expression, Member, Name

# what node-postgres and Drizzle's parsers give for a PostgreSQL type that no column decodes
_DRIVER = {
    "smallint": "number",
    "integer": "number",
    "real": "number",
    "double precision": "number",
    "boolean": "boolean",
    "jsonb": "unknown",
    "json": "unknown",
}


class Untranslatable(Exception):
    """A construct that has no Drizzle form here: the thing and the reason."""

    def __init__(self, thing: str, fact: str) -> None:
        super().__init__(f"{thing}: {fact}")
        self.thing, self.fact = thing, fact


@dataclass(frozen=True)
class Term:
    """A scalar in TypeScript: ``type`` is PostgreSQL's name ("" unknown), ``js`` what its value is in JavaScript."""

    code: Expression
    type: str = ""
    js: str = ""
    column: bool = False  # a Drizzle column, which encodes and decodes its values
    choices: tuple[str | int, ...] = ()
    outer: bool = False  # belongs to a query around this one
    nullable: bool = True

    @property
    def value_type(self) -> str:
        """``js``, or what the driver gives for the type."""
        return self.js or _DRIVER.get(self.type, "string")


@dataclass(frozen=True)
class Item:
    """One entry of a SELECT list: its expression, its SQL name, Django's output behind it."""

    node: exp.Expression
    name: str
    output: Output | None


@dataclass(frozen=True)
class Built:
    """A query's chain, its outputs' terms and their paths in a row."""

    code: Expression
    terms: tuple[Term, ...]
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a SELECT stands: ``named`` in FROM, ``part`` of a set operation, whose outputs are called ``keys``."""

    outermost: bool = False
    named: bool = False
    part: bool = False
    keys: tuple[str, ...] = ()


@dataclass
class Source:
    """A table or subquery in scope: its binding in TypeScript and its columns by SQL name."""

    alias: str
    code: Name
    columns: dict[str, Term]
    table: Table | None = None
    nullable: bool = False  # on the far side of an outer join


@dataclass
class Scope:
    """The sources of one SELECT, inside the scopes of the queries around it."""

    parent: Scope | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    constant_keys: set[str] = field(default_factory=set)  # texts of GROUP BY keys that hold constants
    matched: bool = False  # its ORDER BY must be found among its outputs or keys

    def find(self, alias: str, name: str) -> Term:
        """The column a reference means; unqualified names are looked up in the nearest query first."""
        scope: Scope | None = self
        while scope is not None:
            for source in scope.sources.values():
                if name in source.columns and alias in ("", source.alias):
                    term = source.columns[name]
                    return Term(
                        **{**term.__dict__, "outer": scope is not self, "nullable": term.nullable or source.nullable}
                    )
            scope = scope.parent
        raise Untranslatable(f'"{alias}"."{name}"' if alias else f'"{name}"', "no table in scope has this column")


@dataclass
class Writer:
    """One module in the making."""

    query: Query
    catalog: Catalog
    names: SchemaNames
    keys: frozenset[tuple[str, str]]
    imports: dict[str, set[str]] = field(default_factory=dict)
    aliases: list[Const] = field(default_factory=list)
    locals: list[Const] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (thing, fact) of what is only nearly the same
    # each node of a scope is written once
    written: dict[tuple[int, int], tuple[Term, exp.Expression, Scope]] = field(default_factory=dict)

    def use(self, module: str, name: str) -> Name:
        """An imported name."""
        bound = name if module != HELPERS_MODULE or name not in self._tables else f"{name}Sql"
        self.imports.setdefault(module, set()).add(name if bound == name else f"{name} as {bound}")
        return Name(bound)

    @cached_property
    def _tables(self) -> frozenset[str]:
        """A project may call a table as we call a helper."""
        return frozenset(self.names.table(table.name) for table in self.catalog.tables)

    def helper_of(self, code: Expression) -> str:
        """The helper that a call calls; "" where it calls none."""
        text = code.callee.text if isinstance(code, Call) and isinstance(code.callee, Name) else ""
        name = text.removesuffix("Sql")
        return text if text in HELPER_NAMES else name if name in HELPER_NAMES & self._tables else ""

    def drizzle(self, name: str, *arguments: Expression) -> Call:
        """A call of one of drizzle-orm's own functions."""
        return Call(self.use("drizzle-orm", name), arguments)

    def helper(self, name: str, *arguments: Expression) -> Call:
        """A call of one of the project's helpers."""
        return Call(self.use(HELPERS_MODULE, name), arguments)

    def constant(self, name: str) -> Name:
        """One of the helpers' constants."""
        return self.use(HELPERS_MODULE, name)

    def schema(self, name: str) -> Name:
        """A table of the schema."""
        return self.use("./schema", name)

    def fresh(self, wanted: str) -> str:
        """A name no other binding of the module has."""
        known = self.taken | TABLE_WORDS | self._tables | HELPER_NAMES | {"query"}
        name = fresh(camel(wanted), known)
        self.taken.add(name)
        return name

    def columns(self, table: Table, code: Name) -> dict[str, Term]:
        """A table's columns as terms."""
        return {column.name: self._column(table, column.name, code) for column in table.columns}

    def _column(self, table: Table, name: str, code: Name) -> Term:
        column = table.column(name)
        base, _, dimensions = split_type(column.type)
        kind = postgres_type(column, (table.name, name) in self.keys)
        member = Member(code, self.names.column(table.name, name))
        return Term(member, base + "[]" * dimensions, kind.typescript, True, column.choices, nullable=column.nullable)


HELPERS_MODULE = "./sql"
HELPER_NAMES: set[str] = set()


def sequence_columns(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """(table, column) of every key that a sequence fills, and of the foreign keys that lead to one."""
    found = {(table.name, column.name) for table in catalog.tables for column in table.columns if column.identity}
    links = [
        ((table.name, key.columns[0]), (key.target, key.target_columns[0]))
        for table in catalog.tables
        for key in table.foreign_keys
        if len(key.columns) == 1
    ]
    while new := {source for source, target in links if target in found} - found:
        found |= new
    return frozenset(found)
