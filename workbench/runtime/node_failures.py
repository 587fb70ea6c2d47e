"""What an error object of the Node worker stands for."""

from __future__ import annotations

from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError

_NOT_READ = "not-read"  # on a user's own database, which is only read
_RELOAD = {"schema-missing", "worker-full"}
_SHUT_DOWN = {"57P01", "57P02", "57P03"}
_NO_CONNECTION = ("connect ", "Connection terminated", "read ECONNRESET")  # node-postgres' and Node's words


class CodeError(WorkbenchError):
    """TypeScript that cannot be evaluated; ``line`` and ``column`` count from 1, None where Node named no place."""

    def __init__(self, diagnostic: Diagnostic, line: int | None, column: int | None) -> None:
        super().__init__(diagnostic)
        self.line, self.column = line, column


class DatabaseRefusal(Exception):
    """PostgreSQL or SQLite refused the statement: SQLSTATE (or code) and message."""


class Reload(Exception):
    """The worker needs its schema (again)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.full = kind == "worker-full"


def failure(error: dict[str, Any]) -> Exception:
    """The exception to raise."""
    if error["kind"] in _RELOAD:
        return Reload(error["kind"])
    if _lost(error):
        advice = "Run it again: the next use of the scratch server starts a fresh one."
        fact = f"the database ended while this ran ({error['message']})"
        return WorkbenchError(Diagnostic("postgres-lost", Origin("PostgreSQL"), "query", fact, advice, Fidelity.ERROR))
    if error["kind"] == _NOT_READ:
        return DatabaseRefusal(error["message"])
    if _from_database(error):
        return DatabaseRefusal(f"{error['code']} {error['message']}")
    place = Origin(error.get("file") or "code", error.get("file"), error.get("line"))
    diagnostic = Diagnostic("typescript-code", place, error["kind"], error["message"], "", Fidelity.ERROR)
    return CodeError(diagnostic, error.get("line"), error.get("column"))


def _from_database(error: dict[str, Any]) -> bool:
    """Whether node-postgres ("error" is its class's name) or node:sqlite reports what the database said."""
    return error["kind"] == "error" or error.get("code") == "ERR_SQLITE_ERROR"


def _lost(error: dict[str, Any]) -> bool:
    """Whether the database went away: it said so, or its socket did."""
    return error.get("code") in _SHUT_DOWN or error["message"].startswith(_NO_CONNECTION)
