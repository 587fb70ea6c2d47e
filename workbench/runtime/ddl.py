"""Schema statements for a scratch database: as somebody wrote them, or printed from a catalog.

Expressions of a catalog (checks, defaults, conditions) are the schema author's own SQL and stay as they are: this
is the one place where such text becomes a statement, and it runs on a scratch database only. Indexes that are not
unique change no answer and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.catalog.table import Catalog, Check, Column, Dialect, Exclusion, ForeignKey, Index, IndexPart, Key, Table
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError

_SHOWN = 120  # characters of a refused statement


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def statements(ddl: Sequence[str] | Catalog) -> tuple[str, ...]:
    """The schema's statements in the order they run."""
    if not isinstance(ddl, Catalog):
        return tuple(ddl)
    tables = tuple(_create(table, ddl.dialect) for table in ddl.tables)
    indexes = tuple(_unique_index(table, index) for table in ddl.tables for index in table.indexes if index.unique)
    if ddl.dialect == "sqlite":
        return tables + indexes
    keys = tuple(_add_foreign_key(table, key) for table in ddl.tables for key in table.foreign_keys)
    return tables + indexes + keys  # foreign keys last: tables may refer to each other


def refused_ddl(statement: str, message: str) -> WorkbenchError:
    """The error of a schema statement that the database refuses."""
    thing = " ".join(statement.split())
    thing = thing if len(thing) <= _SHOWN else thing[: _SHOWN - 1] + "…"
    advice = "Correct this statement of the schema."
    return WorkbenchError(Diagnostic("ddl-refused", Origin("schema"), thing, message, advice, Fidelity.ERROR))


def _create(table: Table, dialect: Dialect) -> str:
    parts = ",\n  ".join(_parts(table, dialect))
    return f"CREATE TABLE {quoted(table.name)} (\n  {parts}\n)"


def _parts(table: Table, dialect: Dialect) -> Iterator[str]:
    """Columns, then constraints. SQLite takes foreign keys nowhere else."""
    yield from map(_column, table.columns)
    if table.primary_key is not None:
        yield _key("PRIMARY KEY", table.primary_key)
    yield from (_key("UNIQUE", key) for key in table.uniques)
    yield from map(_check, table.checks)
    yield from map(_exclusion, table.exclusions)
    if dialect == "sqlite":
        yield from map(_foreign_key, table.foreign_keys)


def _column(column: Column) -> str:
    words = [quoted(column.name), column.type]
    if column.collation is not None:
        words.append(f"COLLATE {quoted(column.collation)}")
    identity = _identity(column)
    if identity is not None:
        words.append(f"GENERATED {identity.upper()} AS IDENTITY")
    if column.generated is not None:
        words.append(f"GENERATED ALWAYS AS ({column.generated}) {'STORED' if column.generated_stored else 'VIRTUAL'}")
    if column.default is not None and not _takes_next(column):
        words.append(f"DEFAULT ({column.default})")
    if not column.nullable:
        words.append("NOT NULL")
    return " ".join(words)


def _takes_next(column: Column) -> bool:
    """Whether the default is a sequence's next value: the sequence itself is no part of a catalog."""
    return column.default is not None and column.default.lower().startswith("nextval(")


def _identity(column: Column) -> str | None:
    """A serial column numbers its rows as an identity column does."""
    return "by default" if _takes_next(column) and not column.nullable else column.identity


def _key(kind: str, key: Key) -> str:
    distinct = "" if key.nulls_distinct else " NULLS NOT DISTINCT"
    include = f" INCLUDE ({_names(key.include)})" if key.include else ""
    return f"{_named(key.name)}{kind}{distinct} ({_names(key.columns)}){include}{_deferral(key.deferrable)}"


def _check(check: Check) -> str:
    return f"{_named(check.name)}CHECK ({check.expression})"


def _exclusion(exclusion: Exclusion) -> str:
    elements = ", ".join(f"{expression} WITH {operator}" for expression, operator in exclusion.elements)
    include = f" INCLUDE ({_names(exclusion.include)})" if exclusion.include else ""
    condition = f" WHERE ({exclusion.condition})" if exclusion.condition else ""
    body = f"EXCLUDE USING {exclusion.method} ({elements}){include}{condition}"
    return f"{_named(exclusion.name)}{body}{_deferral(exclusion.deferrable)}"


def _add_foreign_key(table: Table, key: ForeignKey) -> str:
    return f"ALTER TABLE {quoted(table.name)} ADD {_foreign_key(key)}"


def _foreign_key(key: ForeignKey) -> str:
    target = f"{quoted(key.target)} ({_names(key.target_columns)})" if key.target_columns else quoted(key.target)
    rules = f"ON DELETE {key.on_delete} ON UPDATE {key.on_update}{_deferral(key.deferrable)}"
    return f"{_named(key.name)}FOREIGN KEY ({_names(key.columns)}) REFERENCES {target} {rules}"


def _unique_index(table: Table, index: Index) -> str:
    parts = ", ".join(map(_index_part, index.parts))
    distinct = "" if index.nulls_distinct else " NULLS NOT DISTINCT"
    condition = f" WHERE {index.condition}" if index.condition else ""
    return f"CREATE UNIQUE INDEX {quoted(index.name)} ON {quoted(table.name)} ({parts}){distinct}{condition}"


def _index_part(part: IndexPart) -> str:
    expression = quoted(part.expression) if part.is_column else f"({part.expression})"
    collation = f" COLLATE {quoted(part.collation)}" if part.collation else ""
    return f"{expression}{collation}{f' {part.opclass}' if part.opclass else ''}"


def _named(name: str | None) -> str:
    return f"CONSTRAINT {quoted(name)} " if name else ""


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(quoted, columns))


def _deferral(deferrable: str | None) -> str:
    return f" DEFERRABLE INITIALLY {deferrable.upper()}" if deferrable else ""
