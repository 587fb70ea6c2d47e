"""SQLite databases in files of their own, for Django and Node to open; and the connections that all of ours are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.backends.sqlite3._functions import register as register_django_functions

from workbench.runtime.ddl import refused_ddl
from workbench.runtime.sqlite_rows import insert_all
from workbench.verdict import TableRows


def connect(path: str | Path, *, django: bool = True) -> sqlite3.Connection:
    """An autocommit connection as Django's: foreign keys checked, ``django_date_trunc``, ``REGEXP`` … registered.

    Without ``django`` it has SQLite's own functions only, as Node's has.
    """
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    if django:
        register_django_functions(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@dataclass(frozen=True)
class SqliteFile:
    """A scratch database in a temporary folder of its own, which goes with :meth:`drop` or this interpreter's end."""

    folder: TemporaryDirectory[str]

    @classmethod
    def create(cls, ddl: Sequence[str] = ()) -> SqliteFile:
        """A database that holds the statements' tables; WorkbenchError for a statement that SQLite refuses."""
        made = cls(TemporaryDirectory(prefix="workbench-sqlite-"))
        try:
            with made.connect() as connection:
                apply(connection, ddl)
        except BaseException:
            made.drop()
            raise
        return made

    @property
    def path(self) -> Path:
        """The database's file."""
        return Path(self.folder.name) / "scratch.sqlite3"

    @property
    def alive(self) -> bool:
        """Whether the file is still there."""
        return self.path.exists()

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """One transaction on a connection as :func:`connect` makes it, committed where the block raises nothing."""
        connection = connect(self.path)
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.close()

    def fill(self, tables: Sequence[TableRows]) -> None:
        """Inserts all rows in one transaction. ``Refused`` if they break a constraint; then none of them stays."""
        with self.connect() as connection:
            insert_all(connection, tables)

    def django_settings(self) -> dict[str, Any]:
        """The ``DATABASES`` entry that makes Django use it."""
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(self.path)}

    def node_settings(self) -> dict[str, str]:
        """What the Node worker opens."""
        return {"path": str(self.path)}

    def drop(self) -> None:
        """Removes the file and its folder."""
        self.folder.cleanup()


def apply(connection: sqlite3.Connection, ddl: Sequence[str]) -> None:
    """Runs schema statements; WorkbenchError with the statement and SQLite's message for one that fails."""
    for statement in ddl:
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            raise refused_ddl(statement, str(error)) from None
