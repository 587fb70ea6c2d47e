"""A user's own database (``database_url``) beside a session: its tables against the models', its rows on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.catalog.from_inspection import owners
from workbench.catalog.pg_catalog import read_database
from workbench.catalog.sqlite_catalog import read_sqlite_of_anyone
from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic, Fidelity, WorkbenchError
from workbench.runtime.own_reading import OwnDatabase
from workbench.runtime.own_url import PLACE
from workbench.session.own.rows import OwnRows
from workbench.session.own.tables import OwnTables, drifted, own_tables
from workbench.session.querysets.running import decimal_places

if TYPE_CHECKING:
    from workbench.runtime.node import NodeWorker
    from workbench.session.workbench import Workbench

NONE_GIVEN = WorkbenchError(
    Diagnostic(
        "database-url",
        PLACE,
        "database",
        "this project was opened without a database of yours",
        "Open it with database_url=… (--database-url): it is only read, in a transaction that is rolled back.",
        Fidelity.ERROR,
    )
)


class OwnSide:
    """What is known of the database; read when it is first asked for."""

    def __init__(self, shop: Workbench, database: OwnDatabase) -> None:
        self._shop, self.database = shop, database

    @cached_property
    def tables(self) -> OwnTables:
        """A verdict a table."""
        catalog, unread = self._read
        return own_tables(self._models(), catalog, dict(owners(self._shop.inspection.models)), unread)

    def rows(self, worker: NodeWorker) -> OwnRows:
        """What runs queries on it."""
        inspection = self._shop.inspection
        places = decimal_places(inspection)
        return OwnRows(self.database, worker, self.catalog, self.drifted, inspection.use_tz, places)

    def catalog(self) -> Catalog:
        """The database's own tables."""
        return self._read[0]

    def drifted(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the named tables that are not as the models say."""
        return drifted(self.tables, names)

    @cached_property
    def _read(self) -> tuple[Catalog, dict[str, str]]:
        return read_own(self.database)

    def _models(self) -> Catalog:
        """The models' tables as a database of this dialect prints them: made empty, read and dropped."""
        backend = self._shop.backend
        scratch = backend.create(self._shop.django_tables.all)
        try:
            return backend.read(scratch)
        finally:
            scratch.drop()


def read_own(database: OwnDatabase) -> tuple[Catalog, dict[str, str]]:
    """The database's own tables; beside them each that cannot be read, and why."""
    with database.fetching() as fetch:
        return (read_database(fetch), {}) if database.dialect == "postgres" else read_sqlite_of_anyone(fetch)
