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
SELECT sql FROM sqlite_master
WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY type DESC, name
"""


def read_sqlite(fetch: Fetch) -> Catalog:
    """All tables. ``fetch`` runs one SELECT and returns its rows."""
    statements = [sql for (sql,) in fetch(_STATEMENTS)]
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
