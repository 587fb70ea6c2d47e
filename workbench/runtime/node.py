"""The Node worker: real drizzle-orm and drizzle-kit, held warm in one long-lived process.

A schema is a set of TypeScript modules by path. A query is one more module beside them: it imports what it needs
(``./schema``, ``drizzle-orm``) and exports ``query``, a function of ``db`` that returns a Drizzle query::

    import { eq } from "drizzle-orm";
    import { book } from "./schema";
    export const query = (db: Db) => db.select().from(book).where(eq(book.id, 1));

Types are stripped, not checked (``typescript.py`` checks them); enums and parameter properties are refused by Node.
Code that is wrong raises :class:`CodeError` with its line and column; code that loops ends the worker, and the next
request gets a fresh one with its schemas.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from workbench.catalog.table import Dialect
from workbench.process import ChannelError
from workbench.runtime.driver import psycopg
from workbench.runtime.node_failures import CodeError as CodeError
from workbench.runtime.node_failures import DatabaseRefusal, Reload, failure
from workbench.runtime.node_process import NodeProcess
from workbench.runtime.observation import Compiled, Observation
from workbench.runtime.packages import ensure_packages
from workbench.values import Wire

# module, function, user, and the names of the contexts of the object and of the user's own row
GuardCall: TypeAlias = tuple[str, str, Mapping[str, Any], str | None, str | None]
_PATH = "query.ts"
_COMPILE_TIMEOUT = 5.0  # seconds; a fuse against endless loops: 2 ms measured
_LOAD_TIMEOUT = 60.0  # 200 tables take 0.2 s
_KIT_TIMEOUT = 120.0
_CONNECT_TIMEOUT = 10.0  # to a user's own database, somewhere
_STATEMENT_TIMEOUT = 5000  # milliseconds a statement may run on the database


@dataclass(frozen=True)
class _Schema:
    files: dict[str, str]
    dialect: Dialect


class NodeWorker:
    """Compiles and runs Drizzle queries. Starts at the first request; one process for all schemas."""

    def __init__(self, packages: Callable[[], Path] = ensure_packages) -> None:
        self._process = NodeProcess("./operations.mjs", "Node worker", packages)
        self._schemas: dict[str, _Schema] = {}

    def prepare(self, dialect: Dialect = "postgres") -> None:
        """Starts the worker and imports what the first schema of the dialect will need (1 s on an idle machine)."""
        self._request("prepare", _LOAD_TIMEOUT, dialect=dialect)

    def load(self, files: Mapping[str, str], dialect: Dialect = "postgres") -> str:
        """Remembers and evaluates a schema's modules; the key that names it. CodeError where one is wrong."""
        text = json.dumps([dialect, sorted(files.items())])
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        if key not in self._schemas:
            schema = _Schema(dict(files), dialect)
            self._send_schema(key, schema)
            self._schemas[key] = schema
        return key

    def compile(self, key: str, code: str, path: str = _PATH) -> Compiled:
        """The SQL that real drizzle-orm makes of the module's query; no database."""
        answer = self.ask("compile", _COMPILE_TIMEOUT, key=key, code=code, path=path)
        return Compiled(answer["sql"], tuple(map(_parameter, answer["params"])), tuple(answer["columns"]))

    def run(
        self,
        key: str,
        code: str,
        settings: Mapping[str, Any],
        *,
        time_zone: str = "UTC",
        path: str = _PATH,
        limits: Mapping[str, Any] | None = None,
    ) -> Observation:
        """Runs the query on a real database in a read-only transaction that is rolled back.

        ``settings``: ``Database.node_settings()``, or ``{"path": file}`` for SQLite; ``limits``: those of a user's
        own database (``own_reading.NodeReading``). A database error is the
        observation's ``error``; wrong code raises :class:`CodeError`.
        """
        try:
            answer = self.ask(
                "run",
                _COMPILE_TIMEOUT + _STATEMENT_TIMEOUT / 1000 + (_CONNECT_TIMEOUT if limits else 0),
                key=key,
                code=code,
                path=path,
                **_database(settings, time_zone),
                **({"limits": dict(limits)} if limits else {}),
            )
        except DatabaseRefusal as refusal:
            return Observation("", (), error=str(refusal))
        return Observation(
            answer["sql"],
            tuple(map(_parameter, answer["params"])),
            tuple(answer["columns"]),
            tuple(tuple(row) for row in answer["rows"]),
            tuple(map(_type_name, answer["types"])),
            statements=answer["statements"],
        )

    def perform(
        self, key: str, code: str, settings: Mapping[str, Any], before: Sequence[str], dump: str
    ) -> dict[str, Any]:
        """Runs a write and rolls it back: its ``answer``, its ``error`` or None, the ``rows`` that ``dump`` reads then.

        Transactions of the code become savepoints. CodeError for a module that cannot be evaluated.
        """
        wait = _COMPILE_TIMEOUT + 2 * _STATEMENT_TIMEOUT / 1000
        asked = {"code": code, "path": _PATH, "before": list(before), "dump": dump, **_database(settings, "UTC")}
        return dict(self.ask("perform", wait, key=key, **asked))

    def migrate(self, key: str) -> tuple[str, ...]:
        """The statements of drizzle-kit's first migration of the schema."""
        return tuple(self.ask("migrate", _KIT_TIMEOUT, key=key)["statements"])

    def push_diff(self, key: str, settings: Mapping[str, str]) -> tuple[str, ...]:
        """What drizzle-kit would run to change that database into the schema; () where it finds nothing."""
        return tuple(self.ask("push_diff", _KIT_TIMEOUT, key=key, **_database(settings, "UTC"))["statements"])

    def ask_guards(
        self,
        key: str,
        calls: Sequence[GuardCall],
        contexts: Sequence[tuple[str, str, int | str]] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> list[str]:
        """What generated guards answer: "pass", the status of a refusal, or what they threw instead.

        ``contexts`` are loaded once, by the generated loaders, from the database of ``settings``:
        (name, loader, key of the object); a call names one of them.
        """
        asked = {"calls": list(calls), "contexts": list(contexts), **(_database(settings, "UTC") if settings else {})}
        return list(self.ask("guards", _LOAD_TIMEOUT, key=key, **asked)["answers"])

    def vocabulary(self, key: str, module: str = "./schema") -> dict[str, tuple[str, ...]]:
        """The names that the schema (importable as ``module``) and ``drizzle-orm`` export: what a snippet may use."""
        loaded = self._send_schema(key, self._schemas[key])
        return {module: tuple(loaded["exports"]), "drizzle-orm": tuple(loaded["operators"])}

    def close(self) -> None:
        """Ends the worker. A later request starts another."""
        self._process.close()

    @property
    def pid(self) -> int | None:
        """The running worker's process id."""
        return self._process.pid

    def __enter__(self) -> NodeWorker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send_schema(self, key: str, schema: _Schema) -> Any:
        return self._request("load", _LOAD_TIMEOUT, key=key, files=schema.files, dialect=schema.dialect)

    def ask(self, op: str, timeout: float, *, key: str, **payload: Any) -> Any:
        """A request about a schema; a worker that does not hold it yet gets it first."""
        try:
            return self._request(op, timeout, key=key, **payload)
        except Reload as reload:
            if reload.full:
                self.close()
            self._send_schema(key, self._schemas[key])
        return self._request(op, timeout, key=key, **payload)

    def _request(self, op: str, timeout: float, **payload: Any) -> Any:
        try:
            return self._process.request(op, timeout, **payload)
        except ChannelError as error:
            raise failure(error.error) from None


def _database(settings: Mapping[str, Any], time_zone: str) -> dict[str, Any]:
    return {"settings": dict(settings), "time_zone": time_zone, "statement_timeout": _STATEMENT_TIMEOUT}


def _parameter(wire: Wire) -> Wire:
    """A parameter's wire form: a bigint is an integer, as it is for the database."""
    if isinstance(wire, dict) and wire.get("$") == "js-bigint":
        return int(wire["v"])
    return wire


def _type_name(oid: int) -> str:
    """PostgreSQL's name of a built-in type, arrays with ``_`` first; the number as text for any other."""
    info = psycopg.adapters.types.get(oid)
    if info is None:
        return str(oid)
    return f"_{info.name}" if info.array_oid == oid else info.name
