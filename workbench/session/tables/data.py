"""The database that both sides read: Django's tables, filled with generated rows that obey every constraint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Generic

from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation import Hints, generate_database
from workbench.session.backends import Backend, D
from workbench.session.tables.django_tables import DjangoTables
from workbench.verdict import TableRows

ROWS_A_TABLE = 40  # enough for ties, empty groups and every choice; few enough to read
VARIETIES = (16, 8, 4)  # values a column chooses from: fewer where some column's type refuses an edge case
# everyday values beside the edge cases, so that a filter such as price > 10 finds rows
EVERYDAY = Hints(anywhere=(15, 100, {"$": "decimal", "v": "19.99"}, {"$": "decimal", "v": "120.00"}, "classic"))
SEEDS = range(20, 22)  # fixed: the same rows in every session and on every machine


class FilledDatabase(Generic[D]):
    """Made at first use, and made again, with the same rows, where its server was lost."""

    def __init__(
        self,
        backend: Backend[D],
        tables: DjangoTables,
        catalog: Catalog,
        hints: Hints = EVERYDAY,
        changes: Sequence[Callable[[Sequence[TableRows]], Sequence[TableRows]]] = (),  # of the rows, one after another
    ) -> None:
        self._backend, self._tables, self._catalog, self._hints, self._changes = (
            backend,
            tables,
            catalog,
            hints,
            changes,
        )
        self._database: D | None = None
        self.empty: dict[str, str] = {}  # tables whose rows were refused by themselves, and how

    def database(self) -> D:
        """The filled database. WorkbenchError where the database accepts rows of no table."""
        if self._database is None or not self._database.alive:
            database = self._backend.create(self._tables.all)
            self._fill(database)
            self._database = database
        return self._database

    def close(self) -> None:
        """Drops it."""
        if self._database is not None:
            self._database.drop()
            self._database = None

    def _fill(self, database: D) -> None:
        for variety, seed in product(VARIETIES, SEEDS):
            rows: Sequence[TableRows]
            rows = generate_database(self._catalog, seed, ROWS_A_TABLE, self._hints, variety=variety)
            for change in self._changes:
                rows = change(rows)
            try:
                self._backend.fill(database, rows)
            except Refused:
                continue
            return
        self._fill_apart(database, rows)

    def _fill_apart(self, database: D, rows: Sequence[TableRows]) -> None:
        """Table by table: one whose rows are refused stays empty, and so do those that need rows of it."""
        for table in rows:
            try:
                self._backend.fill(database, [table])
            except Refused as refusal:
                self.empty[table.table] = str(refusal)
        if len(self.empty) == len(rows):
            fact = next(iter(self.empty.values()), "there are no tables")
            raise WorkbenchError(
                Diagnostic("data-refused", Origin("generated data"), "rows", fact, _ADVICE, Fidelity.ERROR)
            )


_ADVICE = "Queries are still translated and decided; they are not run on generated data."
