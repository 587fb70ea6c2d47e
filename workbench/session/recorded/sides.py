"""The databases that a recorded statement needs in its dialect: Django's tables, empty and filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Refused, Statement
from workbench.equivalence.generation import generate_database
from workbench.equivalence.placeholders import Style
from workbench.session.backends import Backend, WritableScratch
from workbench.session.tables.data import SEEDS, FilledDatabase
from workbench.session.tables.django_tables import DjangoTables
from workbench.values import Wire
from workbench.verdict import ResultRows

Typed = Callable[[str, Sequence[Wire]], tuple[Wire, ...]]


@dataclass(frozen=True)
class Rows:
    """A filled database: Django's statements run on it here, Drizzle's in Node."""

    scratch: WritableScratch
    node_settings: dict[str, str]
    drop: Callable[[], None]
    empty: Mapping[str, str] = field(default_factory=dict)  # tables without rows, and why

    def django(self, sql: str, parameters: Sequence[Wire]) -> ResultRows:
        """What Django's text answers, in a transaction that is rolled back."""
        (result,) = self.scratch.trial((), (Statement(sql, tuple(parameters), "format"),))
        return result

    def close(self) -> None:
        """Drops it."""
        self.scratch.close()
        self.drop()


class Sides:
    """Made at first use. ``style`` is that of Drizzle's placeholders."""

    def __init__(self, backend: Backend[Any], tables: DjangoTables, catalog: Catalog) -> None:
        self.dialect: Dialect = backend.dialect
        self.style: Style = backend.style
        self._backend, self._tables, self._catalog = backend, tables, catalog
        self._engine = backend.engine()
        self._made: dict[str, Any] = {}

    @property
    def scratch(self) -> WritableScratch:
        """Django's tables without rows: counterexamples are inserted and rolled back here."""
        return self._once("scratch", lambda: self._engine.create(self._tables.all))  # type: ignore[no-any-return]

    @property
    def filled(self) -> Rows | WorkbenchError:
        """Forty rows a table, or why there are none."""
        return self._once("filled", self._fill)  # type: ignore[no-any-return]

    @property
    def sparse(self) -> Rows:
        """At most one row a table: what fails on many rows ("more than one row returned") may answer here."""
        return self._once("sparse", self._fill_sparsely)  # type: ignore[no-any-return]

    def typed(self, sql: str, values: Sequence[Wire], django: Sequence[Wire] = ()) -> tuple[Wire, ...]:
        """Drizzle's parameters as the database will read them: PostgreSQL's driver sends text."""
        filled = self.filled
        if isinstance(filled, WorkbenchError):
            return tuple(values)
        typed = self._once("typed", lambda: self._backend.typing(self._database.database()))
        return typed.typed(sql, values, django)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Drops what was made."""
        for made in reversed(self._made.values()):
            if not isinstance(made, WorkbenchError):
                made.close()
        self._made = {}
        self._engine.close()

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def _fill(self) -> Rows | WorkbenchError:
        self._database: FilledDatabase[Any] = FilledDatabase(self._backend, self._tables, self._catalog)
        try:
            database = self._database.database()
        except WorkbenchError as error:
            return error
        return Rows(self._engine.on(database), database.node_settings(), self._database.close, self._database.empty)

    def _fill_sparsely(self) -> Rows:
        database = self._backend.create(self._tables.all)
        for seed in SEEDS:
            try:
                self._backend.fill(database, generate_database(self._catalog, seed, 1))
                break
            except Refused:
                continue  # without any row it is still a database
        return Rows(self._engine.on(database), database.node_settings(), database.drop)
