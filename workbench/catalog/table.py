"""The database side of a project: tables, columns, keys, checks and indexes as the database holds them.

Types are written as PostgreSQL's ``format_type`` prints them ("character varying(200)", "timestamp with time zone",
"numeric(8,2)", "text[]"), or as declared for SQLite. SQL fragments (checks, defaults, conditions) are kept as the
text their database prints or their author wrote; they are data to compare and show, never pasted into a statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from workbench.diagnostic import Origin

Dialect: TypeAlias = Literal["postgres", "sqlite"]


@dataclass(frozen=True)
class Stored:
    """What Django keeps in a column; SQLite's types do not say it. ``kind``: Django's field ("UUIDField").

    ``digits`` and ``places`` of a decimal; ``zoned``: moments are UTC, kept without the zone.
    """

    kind: str
    digits: int | None = None
    places: int | None = None
    zoned: bool = False


@dataclass(frozen=True)
class Column:
    """One column. ``choices`` are the values Django offers (not a database constraint): data generators prefer them."""

    name: str
    type: str
    nullable: bool = True
    default: str | None = None
    identity: Literal["by default", "always"] | None = None
    generated: str | None = None
    generated_stored: bool = True
    collation: str | None = None
    comment: str | None = None
    sequence: str | None = None  # of an identity or serial column: its name and parameters, where the database told
    choices: tuple[str | int, ...] = ()
    origin: Origin | None = None
    stored: Stored | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Key:
    """A primary key or unique constraint over columns."""

    columns: tuple[str, ...]
    name: str | None = None
    deferrable: Literal["deferred", "immediate"] | None = None
    nulls_distinct: bool = True
    include: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForeignKey:
    """Columns that refer to a key of ``target`` (a table name)."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    name: str | None = None
    on_delete: str = "NO ACTION"
    on_update: str = "NO ACTION"
    deferrable: Literal["deferred", "immediate"] | None = None


@dataclass(frozen=True)
class Check:
    """A check constraint; ``expression`` is SQL text without the outer ``CHECK (…)``."""

    expression: str
    name: str | None = None


@dataclass(frozen=True)
class Exclusion:
    """An exclusion constraint (PostgreSQL): access method, (expression, operator) pairs, condition."""

    name: str
    method: str
    elements: tuple[tuple[str, str], ...]
    condition: str | None = None
    deferrable: Literal["deferred", "immediate"] | None = None
    include: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexPart:
    """One key part of an index: a column's name or an expression, its operator class, collation and order."""

    expression: str
    is_column: bool = True
    opclass: str | None = None
    collation: str | None = None
    descending: bool = False
    nulls_first: bool | None = None  # None: the default of its direction


@dataclass(frozen=True)
class Index:
    """An index that no constraint owns; a unique one with parts and condition is a constraint in effect."""

    name: str
    parts: tuple[IndexPart, ...]
    unique: bool = False
    method: str = "btree"
    condition: str | None = None
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    options: tuple[str, ...] = ()  # storage parameters: "fillfactor=70"
    tablespace: str | None = None


@dataclass(frozen=True)
class Table:
    """A table with everything the database enforces on it."""

    name: str
    columns: tuple[Column, ...]
    primary_key: Key | None = None
    uniques: tuple[Key, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    indexes: tuple[Index, ...] = ()
    comment: str | None = None
    tablespace: str | None = None
    others: tuple[tuple[str, str], ...] = ()  # (kind, definition): triggers, rules, policies and such, as printed
    origin: Origin | None = None

    def column(self, name: str) -> Column:
        """The column of that exact name; KeyError where there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


@dataclass(frozen=True)
class Catalog:
    """All tables of one database, by name (unique: Django uses one schema)."""

    dialect: Dialect
    tables: tuple[Table, ...]
    others: tuple[str, ...] = ()  # statements about more than a table's definition: functions, triggers; in order

    def table(self, name: str) -> Table:
        """The table of that exact name; KeyError where there is none."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @cached_property
    def _by_name(self) -> dict[str, Table]:
        return {table.name: table for table in self.tables}
