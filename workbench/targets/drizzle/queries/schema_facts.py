"""What the modules of one schema's queries have in common: worked out once, not for every query."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from workbench.catalog.table import Catalog, Column, Table
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.queries.terms import Term
from workbench.targets.drizzle.types import ColumnType, split_type
from workbench.targets.typescript import Member, Name

_HELD = "drizzle query facts"  # where a catalog keeps its own

TypeOfColumn = Callable[[Column, bool], ColumnType]


class SchemaFacts:
    """A catalog under its TypeScript names, in one dialect's types."""

    def __init__(self, catalog: Catalog, names: SchemaNames, type_of: TypeOfColumn) -> None:
        self.catalog, self.names, self.type_of = catalog, names, type_of
        self._columns: dict[tuple[str, str], dict[str, Term]] = {}

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of all tables."""
        return frozenset(self.names.table(table.name) for table in self.catalog.tables)

    @cached_property
    def zoned(self) -> bool:
        """Whether the project's moments are instants (USE_TZ)."""
        columns = (column for table in self.catalog.tables for column in table.columns)
        return any(column.stored is not None and column.stored.zoned for column in columns)

    @cached_property
    def keys(self) -> frozenset[tuple[str, str]]:
        """(table, column) of every key that a sequence fills, and of the foreign keys that lead to one."""
        tables = self.catalog.tables
        found = {(table.name, column.name) for table in tables for column in table.columns if _counted(column)}
        links = [
            ((table.name, key.columns[0]), (key.target, key.target_columns[0]))
            for table in tables
            for key in table.foreign_keys
            if len(key.columns) == 1
        ]
        while new := {source for source, target in links if target in found} - found:
            found |= new
        return frozenset(found)

    def columns(self, table: Table, code: Name) -> dict[str, Term]:
        """A table's columns as terms, under the table's name or an alias."""
        found = self._columns.get((table.name, code.text))
        if found is None:
            found = {column.name: self._term(table, column, code) for column in table.columns}
            self._columns[table.name, code.text] = found
        return dict(found)

    def _term(self, table: Table, column: Column, code: Name) -> Term:
        base, _, dimensions = split_type(column.type)
        kind = self.type_of(column, (table.name, column.name) in self.keys)
        member = Member(code, self.names.column(table.name, column.name))
        type_, builder = base + "[]" * dimensions, kind.row.builder
        return Term(member, type_, kind.typescript, True, column.choices, nullable=column.nullable, kind=builder)


def facts_of(catalog: Catalog, names: SchemaNames, type_of: TypeOfColumn) -> SchemaFacts:
    """The catalog's facts under these names; they live as long as the catalog."""
    held = vars(catalog).get(_HELD)
    if isinstance(held, SchemaFacts) and held.names is names and held.type_of is type_of:
        return held
    facts = vars(catalog)[_HELD] = SchemaFacts(catalog, names, type_of)
    return facts


def _counted(column: Column) -> bool:
    """Whether a sequence fills the column; on SQLite only Django's field tells."""
    return column.identity is not None or (column.stored is not None and column.stored.kind.endswith("AutoField"))
