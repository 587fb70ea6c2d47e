"""A SQLite database read from its own ``sqlite_master``, where SQLite keeps each statement as its author wrote it.

Three things are not part of the comparison, because SQLite gives them no effect beyond an error message: the names of
checks, keys and foreign keys; and whether a unique index over whole columns was declared as a constraint (SQLite makes
the same index of both). Expressions are compared as text: SQLite prints none.
"""

from __future__ import annotations

from dataclasses import replace

from workbench.catalog.django_ddl import read_ddl
from workbench.catalog.pg_catalog import Fetch
from workbench.catalog.table import Catalog, Index, Key, Table

_STATEMENTS = """
SELECT tbl_name, sql FROM sqlite_master
WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY type DESC, name
"""


def read_sqlite(fetch: Fetch) -> Catalog:
    """All tables. ``fetch`` runs one SELECT and returns its rows."""
    return _read([sql for _, sql in fetch(_STATEMENTS)])


def read_sqlite_of_anyone(fetch: Fetch) -> tuple[Catalog, dict[str, str]]:
    """The tables that are written as Django writes them; beside them each other table, and why it is not read."""
    statements: dict[str, list[str]] = {}
    for table, sql in fetch(_STATEMENTS):
        statements.setdefault(table, []).append(sql)
    tables: list[Table] = []
    unread: dict[str, str] = {}
    for name, own in statements.items():
        try:
            tables += _read(own).tables
        except (ValueError, KeyError) as error:
            unread[name] = f"its statement is not in the form that Django writes: {error}"
    return Catalog("sqlite", tuple(tables)), unread


def _read(statements: list[str]) -> Catalog:
    catalog = read_ddl(statements, "sqlite")
    return replace(catalog, tables=tuple(in_effect(table) for table in catalog.tables))


def in_effect(table: Table) -> Table:
    """The table without what SQLite gives no effect."""
    plain = {_key(index): index for index in table.indexes if _is_constraint(index)}
    uniques = {replace(key, name=None) for key in table.uniques} | set(plain)
    return replace(
        table,
        primary_key=replace(table.primary_key, name=None) if table.primary_key else None,
        uniques=tuple(sorted(uniques, key=lambda key: key.columns)),
        foreign_keys=tuple(replace(key, name=None) for key in table.foreign_keys),
        checks=tuple(replace(check, name=None) for check in table.checks),
        indexes=tuple(index for index in table.indexes if not _is_constraint(index)),
    )


def _is_constraint(index: Index) -> bool:
    """A unique index over whole columns in their own order, without a condition."""
    whole = all(part.is_column and part.collation is None and not part.descending for part in index.parts)
    return index.unique and index.condition is None and whole


def _key(index: Index) -> Key:
    return Key(tuple(part.expression for part in index.parts))
