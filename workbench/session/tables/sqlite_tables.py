"""What of Django's own statements SQLite takes; each thing that only PostgreSQL has is a diagnostic.

Django prints its DDL for SQLite without asking SQLite: a PostgreSQL field, constraint or index in the models gives a
statement that SQLite refuses, or takes without giving it a meaning. What it refuses is left out, with its message.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

import msgspec

from workbench.catalog.from_inspection import owners
from workbench.catalog.unmanaged import unmanaged_diagnostics, unmanaged_statements
from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import ConstraintRecord, IndexRecord, Inspection, ModelRecord
from workbench.runtime.ddl import quoted
from workbench.runtime.sqlite_file import connect
from workbench.session.querysets.statements import index_of, table_of
from workbench.session.tables.django_tables import DjangoTables

WITH_POSTGRES = "Open the project with dialect postgres, or give these models a form that SQLite has."

# what Django writes as a column's type on any database, and only PostgreSQL knows; arrays beside these
POSTGRES_TYPES = frozenset(
    (
        *("hstore", "tsvector", "tsquery", "citext", "money"),
        *("int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"),
    )
)
SQLITE_COLLATIONS = frozenset({"binary", "nocase", "rtrim"})

# SQLite takes a table that refers to one which is not there, and then no row in it
_ORPHANS = """
SELECT tables.name, keys."table" FROM sqlite_master tables, pragma_foreign_key_list(tables.name) keys
WHERE tables.type = 'table' AND keys."table" COLLATE NOCASE NOT IN (SELECT name FROM sqlite_master WHERE type = 'table')
"""


def sqlite_tables(ddl: Mapping[str, Any], inspection: Inspection) -> DjangoTables:
    """The agent's answer to ``ddl``, less what SQLite cannot hold."""
    found = [msgspec.convert(record, Diagnostic) for record in ddl["diagnostics"]]
    statements = [*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"], *unmanaged_statements(inspection)]
    models = owners(inspection.models)
    refused, gone = _tried(statements)
    kept = tuple(text for text in statements if text not in refused and table_of(text) not in gone)
    diagnostics = (
        *found,
        *map(_no_extension, ddl["extensions"]),
        *_fields(models.values()),
        *(_no_table(table, fact, models.get(table)) for table, fact in gone.items()),
        *(_no_statement(text, fact, models) for text, fact in refused.items() if table_of(text) not in gone),
        *unmanaged_diagnostics(inspection),
    )
    return DjangoTables((), (), kept, diagnostics)


def _tried(statements: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The statements run in order: those that SQLite refuses with its message, and the tables without which we are."""
    with closing(connect(":memory:")) as connection:
        refused = {text: message for text in statements if (message := _refusal(connection, text))}
        missing = {table_of(text): message for text, message in refused.items() if text.startswith("CREATE TABLE")}
        gone = {table: f"SQLite refuses its statement: {message}" for table, message in missing.items() if table}
        return refused, gone | dict(_orphans(connection))


def _refusal(connection: sqlite3.Connection, statement: str) -> str:
    """SQLite's message; "" where the statement ran."""
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        return str(error)
    return ""


def _orphans(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Tables that refer to a missing one, dropped one after the other until none is left; table and reason."""
    connection.execute("PRAGMA foreign_keys = OFF")  # DROP TABLE would look for the missing one
    while found := connection.execute(_ORPHANS).fetchone():
        table, target = found
        connection.execute(f"DROP TABLE {quoted(table)}")
        yield table, f"it refers to the table {target}, which is left out"


def _fields(models: Iterable[ModelRecord]) -> Iterator[Diagnostic]:
    """The columns whose type or collation means nothing to SQLite."""
    for model, field in ((owner, item) for owner in models for item in owner.fields):
        if _only_postgres(field.db_type or ""):
            fact = f"{field.db_type} is a type of PostgreSQL; SQLite has none like it"
            yield _unsupported("sqlite-type", field.origin, f"{model.label}.{field.name}", fact)
        if field.collation and field.collation.lower() not in SQLITE_COLLATIONS:
            fact = f"{field.collation} is no collation of SQLite: it has BINARY, NOCASE and RTRIM"
            yield _unsupported("sqlite-collation", field.origin, f"{model.label}.{field.name}", fact)


def _only_postgres(db_type: str) -> bool:
    return db_type.endswith("]") or db_type.split("(")[0].lower() in POSTGRES_TYPES


def _no_extension(name: str) -> Diagnostic:
    fact = "an extension of PostgreSQL; queries that need it cannot run on SQLite"
    return _unsupported("extension-missing", Origin("migrations"), name, fact)


def _no_table(table: str, fact: str, model: ModelRecord | None) -> Diagnostic:
    thing = model.label if model else table
    return _unsupported("sqlite-no-table", model.origin if model else None, thing, f"left out: {fact}")


def _no_statement(statement: str, message: str, models: Mapping[str, ModelRecord]) -> Diagnostic:
    """An index, most likely: named by its model and its own name."""
    model = models.get(table_of(statement) or "")
    name = index_of(statement) or " ".join(statement.split())
    thing = f"{model.label}.{name}" if model else name
    fact = f"left out: SQLite refuses its statement: {message}"
    return _unsupported("sqlite-refused", _written(name, model) if model else None, thing, fact)


def _written(name: str, model: ModelRecord) -> Origin | None:
    """Where the index or constraint of that name was written, else its model."""
    own: Iterable[IndexRecord | ConstraintRecord] = (*model.indexes, *model.constraints)
    return next((item.origin for item in own if item.name == name and item.origin), model.origin)


def _unsupported(code: str, place: Origin | None, thing: str, fact: str) -> Diagnostic:
    return Diagnostic(code, place or Origin(thing), thing, fact, WITH_POSTGRES, Fidelity.UNSUPPORTED)
