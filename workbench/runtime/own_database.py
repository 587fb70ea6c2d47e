"""A database of the user's by its URL, whichever kind it is."""

from __future__ import annotations

from workbench.catalog.table import Dialect
from workbench.runtime.own_reading import OwnDatabase
from workbench.runtime.own_url import own_url


def own_database(text: str, dialect: Dialect) -> OwnDatabase:
    """The database, which was reached once. WorkbenchError says what is wrong with the URL or the way to it."""
    url = own_url(text, dialect)
    database: OwnDatabase
    if url.dialect == "sqlite":
        from workbench.runtime.read_only_sqlite import ReadOnlySqlite  # late: it loads a part of Django

        database = ReadOnlySqlite(url)
    else:
        from workbench.runtime.read_only import ReadOnlyDatabase

        database = ReadOnlyDatabase(url)
    with database.reading():
        return database
