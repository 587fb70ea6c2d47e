"""The database that both sides read: Django's tables, filled with generated rows that obey every constraint."""

from __future__ import annotations

from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation import generate_database
from workbench.runtime.filling import fill
from workbench.runtime.postgres import Database, PostgresServer
from workbench.session.django_tables import DjangoTables

ROWS_A_TABLE = 40  # enough for ties, empty groups and every choice; few enough to read
SEEDS = range(20, 30)  # fixed: the same rows in every session and on every machine


class FilledDatabase:
    """Made at first use, and made again, with the same rows, where its server was lost."""

    def __init__(self, server: PostgresServer, tables: DjangoTables, catalog: Catalog) -> None:
        self._server, self._tables, self._catalog = server, tables, catalog
        self._database: Database | None = None

    def database(self) -> Database:
        """The filled database. WorkbenchError where no seed gives rows that the database accepts."""
        if self._database is None or not self._database.alive:
            database = self._server.create_database(ddl=self._tables.all)
            _fill(database, self._catalog)
            self._database = database
        return self._database

    def close(self) -> None:
        """Drops it."""
        if self._database is not None:
            self._database.drop()
            self._database = None


def _fill(database: Database, catalog: Catalog) -> None:
    refused = ""
    for seed in SEEDS:
        try:
            return fill(database, generate_database(catalog, seed, ROWS_A_TABLE))
        except Refused as refusal:
            refused = str(refusal)
    advice = "Queries are still translated and decided; they are not run on generated data."
    raise WorkbenchError(Diagnostic("data-refused", Origin("generated data"), "rows", refused, advice, Fidelity.ERROR))
