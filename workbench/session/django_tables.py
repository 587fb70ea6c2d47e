"""What Django's own schema editor would run, made ready for the scratch PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.runtime.postgres import PostgresServer


@dataclass(frozen=True)
class DjangoTables:
    """Django's statements in order; ``before`` makes the extensions and collations they need."""

    before: tuple[str, ...]
    statements: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The statements that make the whole database."""
        return (*self.before, *self.statements)


def django_tables(ddl: Mapping[str, Any], server: PostgresServer) -> DjangoTables:
    """The agent's answer to ``ddl``, fitted to what this PostgreSQL can do; each fitting is a diagnostic."""
    found = [msgspec.convert(record, Diagnostic) for record in ddl["diagnostics"]]
    extensions, missing = _extensions(ddl["extensions"], server)
    collations = [_collation(record) for record in ddl["collations"]]
    replaced = [_replaced(record) for record in ddl["collations"] if record["provider"] == "icu"]
    return DjangoTables(
        (*extensions, *collations),
        (*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"]),
        (*found, *missing, *replaced),
    )


def _extensions(wanted: Sequence[str], server: PostgresServer) -> tuple[list[str], list[Diagnostic]]:
    """The extensions that the server has as statements, the others as diagnostics."""
    if not wanted:
        return [], []
    with server.connect() as connection:
        have = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions").fetchall()}
    missing = [_missing_extension(name) for name in wanted if name not in have]
    return [f"CREATE EXTENSION IF NOT EXISTS {quoted(name)}" for name in wanted if name in have], missing


def _missing_extension(name: str) -> Diagnostic:
    fact = "the scratch PostgreSQL does not have this extension; tables and queries that need it cannot be compared"
    return Diagnostic("extension-missing", Origin("migrations"), name, fact, "", Fidelity.UNSUPPORTED)


def _collation(record: Mapping[str, Any]) -> str:
    """The collation under its own name; where it is ICU's, the database's code point order stands in for it."""
    name = quoted(record["name"])
    if record["provider"] == "icu":
        return f"CREATE COLLATION IF NOT EXISTS {name} (provider = builtin, locale = 'C.UTF-8')"
    locale = "'" + record["locale"].replace("'", "''") + "'"
    return f"CREATE COLLATION IF NOT EXISTS {name} (provider = {record['provider']}, locale = {locale})"


def _replaced(record: Mapping[str, Any]) -> Diagnostic:
    fact = f"the ICU collation {record['locale']} is not in the scratch PostgreSQL; code point order stands in for it"
    help = "Comparisons and order on its columns are not as in production."
    return Diagnostic("collation-replaced", Origin("migrations"), record["name"], fact, help, Fidelity.APPROXIMATE)


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'
