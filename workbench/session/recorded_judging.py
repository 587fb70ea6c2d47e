"""A recorded statement on its way to a verdict: translated, observed, decided, run on both sides; stage by stage."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, WorkbenchError
from workbench.equivalence.decide import decide
from workbench.equivalence.engine import Statement
from workbench.queries.decoding import converters, decoded
from workbench.queries.query import Query
from workbench.queries.recording import Kind, RecordedStatement
from workbench.runtime.node import CodeError, NodeWorker
from workbench.runtime.observation import Compiled
from workbench.runtime.parameters import Parameters
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.session.backends import backend_of
from workbench.session.check import Item
from workbench.session.data import FilledDatabase
from workbench.session.querying import combined
from workbench.session.recorded_schema import RecordedSchema
from workbench.session.running import Run, compare_runs
from workbench.session.schema import typescript_files
from workbench.targets.drizzle.queries import HELPERS, QueryRendering, render_query
from workbench.verdict import Undecided, Verdict

NOT_YET = {
    Kind.INSERT: "writes are not translated yet",
    Kind.UPDATE: "writes are not translated yet",
    Kind.DELETE: "writes are not translated yet",
    Kind.EXPLAIN: "explain() asks the database for its plan, not for rows",
    Kind.RAW: "raw() is SQL written by hand; it is not translated yet",
    Kind.CURSOR: "SQL written by hand for a cursor; it is not translated yet",
}


def _fault(error: Exception) -> Undecided:
    """The verdict of a statement at which the workbench itself failed."""
    known = tuple(str(note) for note in error.diagnostics) if isinstance(error, WorkbenchError) else ()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return Undecided("fault", known or (f"a fault of the workbench: {type(error).__name__} at {place}: {error}",))


class Judging:
    """The tools for the statements of one schema, held warm from one to the next."""

    def __init__(self, schema: RecordedSchema, server: PostgresServer, worker: NodeWorker) -> None:
        self.schema, self.server, self.worker = schema, server, worker
        self.dialect = "sqlite" if schema.dialect == "sqlite" else "postgres"
        self.backend = backend_of(self.dialect, lambda: server)  # type: ignore[arg-type]
        self.tables = schema.tables(self.backend)
        self.catalog = schema.catalog(self.tables)
        self.names = schema.names
        self.data: FilledDatabase[Any] = FilledDatabase(self.backend, self.tables, self.catalog)
        self.spent: Counter[str] = Counter()  # milliseconds by stage

    @cached_property
    def files(self) -> dict[str, str]:
        """The schema's modules and the helper module that queries import."""
        return {**typescript_files(self.schema.rendering(self.tables)), **HELPERS}

    @cached_property
    def key(self) -> str:
        """The worker's name for them."""
        return self.worker.load(self.files)

    @cached_property
    def engine(self) -> PostgresEngine:
        """Runs statements."""
        return PostgresEngine(self.server)

    @cached_property
    def scratch(self) -> Any:
        """Django's tables without rows: counterexamples are inserted and rolled back here."""
        return self.engine.create(self.tables.all)

    @cached_property
    def filled(self) -> Any:
        """Django's tables with generated rows."""
        return self.engine.on(self.data.database())

    @cached_property
    def parameters(self) -> Parameters:
        """Types Drizzle's parameters as the server reads them."""
        return Parameters(self.data.database())

    @cached_property
    def places(self) -> dict[str, int]:
        """Decimal places by field."""
        return {
            f"{model.label}.{field.name}": field.decimal_places
            for model in self.schema.inspection.models
            for field in model.fields
            if field.decimal_places is not None
        }

    def item(self, statement: RecordedStatement) -> Item:
        """The judged statement. What cannot be done is a reason of its verdict."""
        started = time.perf_counter()
        try:
            verdict, notes = self.verdict(statement)
        except Exception as error:  # a fault of ours in one statement is said there, and the others are judged
            verdict, notes = _fault(error), ()
        ms = (time.perf_counter() - started) * 1000
        return Item(statement.id, statement.kind.value, verdict, statement.query.origin, notes, ms)

    def verdict(self, statement: RecordedStatement) -> tuple[Verdict, tuple[Diagnostic, ...]]:
        """The verdict and what is to be said beside it."""
        if statement.kind is not Kind.SELECT:
            return Undecided("none", (NOT_YET[statement.kind],)), ()
        query = statement.query
        with self.stage("translate"):
            rendering = render_query(query, self.catalog, self.names)
        if not rendering.code:
            return Undecided("none", tuple(note.fact for note in rendering.diagnostics)), rendering.diagnostics
        try:
            with self.stage("drizzle"):
                compiled = self.worker.compile(self.key, rendering.code)
        except CodeError as error:
            reasons = tuple(f"{note.thing}: {note.fact}" for note in error.diagnostics)
            return Undecided("typescript", reasons), (*rendering.diagnostics, *error.diagnostics)
        return self.judged(query, rendering, compiled), rendering.diagnostics

    def judged(self, query: Query, rendering: QueryRendering, compiled: Compiled) -> Verdict:
        """The ladder's word, and what both sides' rows say to it."""
        with self.stage("decide"):
            verdict = self.decided(query, compiled)
        run = self.run(query, rendering)
        nearly = tuple(note.fact for note in rendering.diagnostics if note.code == "query-nearly")
        return combined(verdict, run, " LIMIT " in query.sql, nearly)

    def decided(self, query: Query, compiled: Compiled) -> Verdict:
        """The ladder on the two original texts; a text that it cannot read is undecided, not a failure."""
        try:
            return decide(
                query.sql,
                compiled.sql,
                self.catalog,
                scratch=self.scratch,
                left_params=query.parameters,
                right_params=self.parameters.typed(compiled.sql, compiled.parameters),
                left_style="format",
                right_style="dollar",
            )
        except WorkbenchError as error:
            return Undecided("none", tuple(f"{d.place}: {d.thing}: {d.fact}" for d in error.diagnostics))

    def run(self, query: Query, rendering: QueryRendering) -> Run:
        """Both sides on the generated rows; Django's decoded as Django would."""
        with self.stage("run Django's"):
            (result,) = self.filled.trial((), (Statement(query.sql, query.parameters, "format"),))
        with self.stage("run Drizzle's"):
            settings = self.data.database().node_settings()
            observed = self.worker.run(self.key, rendering.code, settings)
        with self.stage("compare"):
            convert = converters(query.outputs, self.dialect, self.schema.recording.use_tz, self.places)
            rows = decoded(result.rows, convert)
            return compare_runs(query.outputs, rows, observed, rendering.paths, result.error)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the time of its block to a stage's."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] += (time.perf_counter() - started) * 1000  # type: ignore[assignment]

    def close(self) -> None:
        """Drops the scratch databases."""
        for name in ("parameters", "filled", "scratch", "engine"):
            if name in self.__dict__:
                getattr(self, name).close()
        self.data.close()
