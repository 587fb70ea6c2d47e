"""The tools that a queryset needs, held warm between querysets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from workbench.catalog.table import Dialect
from workbench.equivalence.placeholders import Style
from workbench.queries.compiling import compile_queries
from workbench.queries.query import Query
from workbench.runtime.observation import Compiled
from workbench.session.backends import Typing, WritableScratch
from workbench.session.own.rows import OwnRows
from workbench.session.querysets.performing import Performing
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.raw_columns import with_columns
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.queries import QueryRendering, helpers, render_query
from workbench.targets.drizzle.writes import render_write, updating_columns
from workbench.values import Wire

if TYPE_CHECKING:
    from workbench.runtime.node import NodeWorker
    from workbench.runtime.postgres import PostgresServer
    from workbench.runtime.typescript import QueryTypes, TypeChecker
    from workbench.session.workbench import Workbench


class Querying:
    """The tools that a queryset needs, held warm between querysets."""

    def __init__(self, shop: Workbench, server: PostgresServer, worker: NodeWorker, checker: TypeChecker) -> None:
        self.shop, self.server, self.worker, self.checker = shop, server, worker, checker
        self._parameters: Typing | None = None

    @cached_property
    def files(self) -> dict[str, str]:
        """The schema's modules and the helper module that queries import."""
        return {**typescript_files(self.shop.schema), **helpers(self.dialect)}

    @property
    def dialect(self) -> Dialect:
        """The database that the project is read for."""
        return self.shop.backend.dialect

    @property
    def style(self) -> Style:
        """How Drizzle prints placeholders for it."""
        return self.shop.backend.style

    @cached_property
    def key(self) -> str:
        """The worker's name for them."""
        return self.worker.load(self.files, self.dialect)

    @cached_property
    def type_key(self) -> str:
        """The checker's name for them."""
        return self.checker.open(self.files, self.dialect)

    @cached_property
    def scratch(self) -> WritableScratch:
        """Django's tables without rows: counterexamples are inserted and rolled back here."""
        return self.shop.backend.engine().create(self.shop.django_tables.all)

    def rendered(self, query: Query) -> QueryRendering:
        """The Drizzle form of a query or of a write."""
        if query.intent.writes:
            return render_write(query, self.shop.catalog, self.shop.names, self.updating)
        return render_query(query, self.shop.catalog, self.shop.names)

    @cached_property
    def updating(self) -> frozenset[tuple[str, str]]:
        """The columns that the schema sets anew at every update."""
        return updating_columns(self.shop.inspection.models)

    def compiled(self, text: str) -> Query:
        """What Django makes of the expression."""
        (query,) = compile_queries(self.shop.agent, [text])
        return query if query.raw is None else with_columns(self.filled, query)

    @cached_property
    def own_rows(self) -> OwnRows | None:
        """What runs queries on the user's own database."""
        return self.shop.own.rows(self.worker) if self.shop.own is not None else None

    @cached_property
    def performing(self) -> Performing:
        """The databases that writes of several statements are tried on."""
        return Performing(self)

    @cached_property
    def filled(self) -> WritableScratch:
        """The generated rows, for writes that are rolled back."""
        return self.shop.backend.engine().on(self.shop.data.database())

    def typed(self, compiled: Compiled, query: Query | None = None) -> tuple[Wire, ...]:
        """Drizzle's parameters as the database will read them: PostgreSQL's driver sends text."""
        database = self.shop.data.database()
        if self._parameters is None or self._parameters.database is not database:
            self._parameters = self.shop.backend.typing(database)
        return self._parameters.typed(compiled.sql, compiled.parameters, query.parameters if query else ())

    def types(self, view: QueryView) -> QueryTypes:
        """What the TypeScript compiler says of the view's module, and infers of a row."""
        return self.checker.query(self.type_key, view.drizzle_code)

    def close(self) -> None:
        """Gives the scratch database back."""
        for name in ("scratch", "filled", "performing"):
            if name in self.__dict__:
                self.__dict__[name].close()
        if self._parameters is not None:
            self._parameters.close()
