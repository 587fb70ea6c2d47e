"""What Django's own schema editor would run, made ready for the scratch PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from workbench.catalog.unmanaged import unmanaged_diagnostics, unmanaged_statements
from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import Inspection
from workbench.runtime.postgres import PostgresServer


@dataclass(frozen=True)
class DjangoTables:
    """Django's statements in order; ``before`` makes the extensions and collations they need, as production has them.

    ``scratch_before`` is what stands in for it on the scratch server, which has no ICU.
    """

    before: tuple[str, ...]
    scratch_before: tuple[str, ...]
    statements: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The statements that make the whole scratch database."""
        return (*self.scratch_before, *self.statements)


def django_tables(ddl: Mapping[str, Any], inspection: Inspection, server: PostgresServer) -> DjangoTables:
    """The agent's answer to ``ddl``, fitted to what this PostgreSQL can do; each fitting is a diagnostic."""
    found = [msgspec.convert(record, Diagnostic) for record in ddl["diagnostics"]]
    extensions, missing = _extensions(ddl["extensions"], server)
    collations, lacking = ddl["collations"], _lacking(ddl, server)
    replaced = [_replaced(record) for record in (*collations, *lacking) if record["provider"] == "icu"]
    return DjangoTables(
        (*map(_create_extension, ddl["extensions"]), *map(_collation, collations)),
        (*map(_create_extension, extensions), *map(_stand_in, (*collations, *lacking))),
        (*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"], *unmanaged_statements(inspection)),
        (*found, *missing, *replaced, *unmanaged_diagnostics(inspection)),
    )


def _extensions(wanted: Sequence[str], server: PostgresServer) -> tuple[list[str], list[Diagnostic]]:
    """The extensions that the server has; the others as diagnostics."""
    if not wanted:
        return [], []
    with server.connect() as connection:
        have = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions").fetchall()}
    missing = [_missing_extension(name) for name in wanted if name not in have]
    return [name for name in wanted if name in have], missing


def collations_in(sql: str) -> list[str]:
    """The collations that a statement names."""
    return [name.replace('""', '"') for name in _COLLATE.findall(sql)]


_COLLATE = re.compile(r'\bCOLLATE "((?:[^"]|"")+)"', re.IGNORECASE)


def _lacking(ddl: Mapping[str, Any], server: PostgresServer) -> list[dict[str, Any]]:
    """Collations that production has by itself and the scratch server, built without ICU, has not."""
    wanted = {name for entry in ddl["statements"] for name in collations_in(entry["sql"])}
    wanted = (wanted | set(ddl.get("named", ()))) - {record["name"] for record in ddl["collations"]}
    if not wanted:
        return []
    with server.connect() as connection:
        have = {name for (name,) in connection.execute("SELECT collname FROM pg_collation").fetchall()}
    return [{"name": name, "provider": "icu", "locale": name} for name in sorted(wanted - have)]


def _create_extension(name: str) -> str:
    return f"CREATE EXTENSION IF NOT EXISTS {quoted(name)}"


def _missing_extension(name: str) -> Diagnostic:
    fact = "the scratch PostgreSQL does not have this extension; tables and queries that need it cannot be compared"
    return Diagnostic("extension-missing", Origin("migrations"), name, fact, "", Fidelity.UNSUPPORTED)


def _collation(record: Mapping[str, Any]) -> str:
    """The collation as the project's migrations make it."""
    options = [f"provider = {record['provider']}", f"locale = {_text(record['locale'])}"]
    if not record["deterministic"]:
        options.append("deterministic = false")
    return f"CREATE COLLATION IF NOT EXISTS {quoted(record['name'])} ({', '.join(options)})"


def _stand_in(record: Mapping[str, Any]) -> str:
    """The same; for ICU's, the database's code point order under the collation's name."""
    if record["provider"] != "icu":
        return _collation(record)
    return f"CREATE COLLATION IF NOT EXISTS {quoted(record['name'])} (provider = builtin, locale = 'C.UTF-8')"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _replaced(record: Mapping[str, Any]) -> Diagnostic:
    fact = f"the ICU collation {record['locale']} is not in the scratch PostgreSQL; code point order stands in for it"
    help = "Comparisons and order on its columns are not as in production."
    return Diagnostic("collation-replaced", Origin("migrations"), record["name"], fact, help, Fidelity.APPROXIMATE)


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'
