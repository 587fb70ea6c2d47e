"""SQLite tables made again after drizzle-kit's migration: SQLite can alter no constraint, so the table is rebuilt.

drizzle-kit rebuilds tables in the same way. The migration is the first one: the tables are empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from workbench.catalog.table import Column, ForeignKey, Key, Table


def needs_rebuild(table: Table) -> bool:
    """Whether a foreign key is deferred, or drizzle-kit would break a check at its semicolon."""
    return any(key.deferrable for key in table.foreign_keys) or any(";" in check.expression for check in table.checks)


def rebuilt(table: Table) -> Iterator[str]:
    """DROP TABLE and the whole CREATE TABLE."""
    lines = [
        *(f"{_column(table, column)}" for column in table.columns),
        *_primary_key(table),
        *(f"UNIQUE ({_list(key.columns)})" for key in table.uniques),
        *(f"{_constraint(check.name)}CHECK ({check.expression})" for check in table.checks),
        *(_foreign_key(key) for key in table.foreign_keys),
    ]
    yield f"DROP TABLE {_name(table.name)}"
    yield f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(table: Table, column: Column) -> str:
    mode = "STORED" if column.generated_stored else "VIRTUAL"
    parts = [
        f"{_name(column.name)} {column.type}",
        f"COLLATE {_name(column.collation)}" if column.collation else "",
        f"DEFAULT {column.default}" if column.default is not None else "",
        f"GENERATED ALWAYS AS ({column.generated}) {mode}" if column.generated is not None else "",
        "" if column.nullable else "NOT NULL",
        _inline_key(table.primary_key, column),
    ]
    return " ".join(part for part in parts if part)


def _inline_key(key: Key | None, column: Column) -> str:
    if key is None or key.columns != (column.name,):
        return ""
    return "PRIMARY KEY AUTOINCREMENT" if column.sequence else "PRIMARY KEY"


def _primary_key(table: Table) -> Iterator[str]:
    if table.primary_key and len(table.primary_key.columns) > 1:
        yield f"PRIMARY KEY ({_list(table.primary_key.columns)})"


def _foreign_key(key: ForeignKey) -> str:
    words = {None: "", "deferred": " DEFERRABLE INITIALLY DEFERRED", "immediate": " DEFERRABLE INITIALLY IMMEDIATE"}
    target = f"{_name(key.target)} ({_list(key.target_columns)})" if key.target_columns else _name(key.target)
    actions = "".join(
        f" ON {event} {action}"
        for event, action in (("DELETE", key.on_delete), ("UPDATE", key.on_update))
        if action != "NO ACTION"
    )
    return f"FOREIGN KEY ({_list(key.columns)}) REFERENCES {target}{actions}{words[key.deferrable]}"


def _constraint(name: str | None) -> str:
    return f"CONSTRAINT {_name(name)} " if name else ""


def _name(name: str | None) -> str:
    return exp.to_identifier(name or "", quoted=True).sql("sqlite")


def _list(names: Sequence[str]) -> str:
    return ", ".join(_name(name) for name in names)
