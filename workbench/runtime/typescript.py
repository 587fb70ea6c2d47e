"""The TypeScript compiler, held warm: errors of a schema, and the row type of a query.

It is TypeScript 7's own API (``typescript/unstable/sync``) in a Node process of its own, on files that exist in
memory only. A query's module sees the ambient type ``Db``: the database without relational queries, since their
full type costs seconds on large schemas (measured: 2–6 s an edit on 200 tables, against 0.05 s).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.catalog.table import Dialect
from workbench.process import ChannelError
from workbench.runtime.node_process import NodeProcess, stopped
from workbench.runtime.packages import ensure_packages

QUERY = "query.ts"
_PROBE = "workbench-row.ts"
_TIMEOUT = 60.0  # seconds; 0.06 measured on a warm checker, 0.6 on a cold one
_TIMEOUT_A_MODULE = 0.1  # of a batch; 0.01 measured
_MOST_SCHEMAS = 8  # open projects before the process is started afresh: each holds its own program

_DATABASES: dict[Dialect, tuple[str, str]] = {
    "postgres": ("NodePgDatabase", "drizzle-orm/node-postgres"),
    "sqlite": ("SqliteRemoteDatabase", "drizzle-orm/sqlite-proxy"),
}
_EMPTY_QUERY = "export const query = (_db: Db): unknown[] => [];\n"
_ROW = f"""import {{ query }} from "./{QUERY.removesuffix(".ts")}";
type Answer = Awaited<typeof query extends (db: never) => infer R ? R : typeof query>;
type Shown<T> = T extends Date | Buffer | bigint ? T : T extends object ? {{ [K in keyof T]: T[K] }} : T;
export type Row = Answer extends readonly (infer R)[] ? Shown<R> : Shown<Answer>;
"""


@dataclass(frozen=True, order=True)
class CompilerError:
    """One error of the compiler; ``line`` and ``column`` from 1, ``code`` as in TS2551."""

    file: str
    line: int
    column: int
    code: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: error TS{self.code}: {self.message}"


@dataclass(frozen=True)
class QueryTypes:
    """What the compiler says of one query: errors, or the type of a row and of each of its columns."""

    errors: tuple[CompilerError, ...]
    row: str | None = None
    columns: tuple[tuple[str, str], ...] = ()  # (name, type); () where a row is no object


class TypeChecker:
    """One process for all schemas; starts at the first request."""

    def __init__(self, packages: Callable[[], Path] = ensure_packages) -> None:
        self._process = NodeProcess("./types.mjs", "TypeScript checker", packages)
        self._schemas: dict[str, dict[str, str]] = {}

    def open(self, files: Mapping[str, str], dialect: Dialect = "postgres", *, relational: bool = False) -> str:
        """The key of a schema whose queries will be checked. ``relational``: ``db.query.…`` is typed too (slow)."""
        key = hashlib.sha256(json.dumps([dialect, relational, sorted(files.items())]).encode()).hexdigest()[:16]
        self._schemas[key] = {**files, **_support(files, dialect, relational)}
        return key

    def check(self, files: Mapping[str, str], dialect: Dialect = "postgres") -> tuple[CompilerError, ...]:
        """Every error of these modules under ``strict``; () where they compile."""
        key = self.open(files, dialect)
        timeout = _TIMEOUT + len(files) * _TIMEOUT_A_MODULE
        return _errors(self._ask("check", key, timeout, paths=sorted(files)))

    def query(self, key: str, code: str) -> QueryTypes:
        """Errors of a query's module beside its schema, or the type of a row (see ``node.py`` for its form)."""
        answer = self._ask("query", key, _TIMEOUT, code=code, path=QUERY, probe=_PROBE)
        row = answer["row"]
        if row is None:
            return QueryTypes(_errors(answer["errors"]))
        return QueryTypes((), row["text"], tuple((name, text) for name, text in row["properties"]))

    def close(self) -> None:
        """Ends the process. A later request starts another."""
        self._process.close()

    @property
    def pid(self) -> int | None:
        """The running process's id."""
        return self._process.pid

    def __enter__(self) -> TypeChecker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, op: str, key: str, timeout: float, **payload: Any) -> Any:
        """A request about a schema; a process that does not hold it yet gets it first."""
        try:
            return self._process.request(op, timeout, key=key, **payload)
        except ChannelError as error:
            if error.error["kind"] != "schema-missing":
                raise stopped("typescript-checker", error.error["message"]) from None
            if error.error.get("open", 0) >= _MOST_SCHEMAS:
                self.close()
        self._process.request("open", _TIMEOUT, key=key, files=self._schemas[key])
        return self._process.request(op, timeout, key=key, **payload)


def _support(files: Mapping[str, str], dialect: Dialect, relational: bool) -> dict[str, str]:
    """The modules that stand beside a schema: the ambient ``Db``, a query to start with, the probe of its row type."""
    name, module = _DATABASES[dialect]
    exports = " & ".join(f'typeof import("./{path.removesuffix(".ts")}")' for path in sorted(files)) or "{}"
    argument = f"<{exports}>" if relational else ""
    declaration = f"declare global {{\n  type Db = {name}{argument};\n}}\nexport {{}};\n"
    ambient = f'import type {{ {name} }} from "{module}";\n{declaration}'
    return {"workbench-db.d.ts": ambient, QUERY: _EMPTY_QUERY, _PROBE: _ROW}


def _errors(found: list[dict[str, Any]]) -> tuple[CompilerError, ...]:
    return tuple(sorted(CompilerError(**one) for one in found))
