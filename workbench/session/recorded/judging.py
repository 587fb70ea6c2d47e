"""A recorded statement on its way to a verdict: translated, then decided and run on both sides; stage by stage."""

from __future__ import annotations

import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Statement
from workbench.queries.query import Query
from workbench.queries.recording import Kind, RecordedStatement
from workbench.runtime.node import CodeError, NodeWorker
from workbench.runtime.observation import Compiled
from workbench.runtime.postgres import PostgresServer
from workbench.session.backends import backend_of
from workbench.session.querysets.raw_columns import with_columns
from workbench.session.querysets.varying import Bindings
from workbench.session.querysets.writes import judge_write
from workbench.session.recorded.observing import Judged, Observer, Reading
from workbench.session.recorded.refusals import accepted
from workbench.session.recorded.schema import RecordedSchema
from workbench.session.recorded.sides import Sides
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.queries import QueryRendering, helpers, render_query
from workbench.targets.drizzle.writes import render_write, updating_columns
from workbench.verdict import Undecided

BY_HAND = (Kind.RAW, Kind.CURSOR)
WRITES = (Kind.INSERT, Kind.UPDATE, Kind.DELETE)
NOT_YET = {
    Kind.EXPLAIN: "explain() asks the database for its plan, not for rows",
}


class Judging:
    """The tools for the statements of one schema, held warm from one to the next."""

    def __init__(self, schema: RecordedSchema, server: PostgresServer, worker: NodeWorker) -> None:
        self.worker = worker
        self.dialect: Dialect = "sqlite" if schema.dialect == "sqlite" else "postgres"
        backend = backend_of(self.dialect, lambda: server)
        self.schema, self.refused = accepted(schema, backend)
        self.tables = schema.tables(backend)
        self.catalog = schema.catalog(self.tables)
        self.sides = Sides(backend, self.tables, self.catalog)
        self.spent: defaultdict[str, float] = defaultdict(float)  # milliseconds by stage

    @cached_property
    def files(self) -> dict[str, str]:
        """The schema's modules and the helper module that queries import."""
        return {**typescript_files(self.schema.rendering(self.tables)), **helpers(self.dialect)}

    @cached_property
    def key(self) -> str:
        """The worker's name for them."""
        return self.worker.load(self.files, self.dialect)

    @cached_property
    def observer(self) -> Observer:
        """What runs both sides of a SELECT."""
        reading = Reading(self.dialect, self.schema.recording.use_tz, self.places)
        return Observer(self.sides, self.worker, self.key, self.catalog, reading, self.stage, self.spent)

    @cached_property
    def places(self) -> dict[str, int]:
        """Decimal places by field."""
        return {
            f"{model.label}.{field.name}": field.decimal_places
            for model in self.schema.inspection.models
            for field in model.fields
            if field.decimal_places is not None
        }

    def judge(self, statement: RecordedStatement) -> Judged:
        """The statement's whole way. What cannot be done is a reason of its verdict."""
        try:
            return self._translated(statement)
        except Exception as error:  # a fault in one statement is said there, and the others are judged
            return Judged(_fault(error))

    def _translated(self, statement: RecordedStatement) -> Judged:
        if statement.kind in NOT_YET:
            return Judged(Undecided("none", (NOT_YET[statement.kind],)))
        missing = next((self.refused[model] for model in statement.models if model in self.refused), None)
        if missing is not None:
            return Judged(Undecided("none", (f"{missing.thing}: {missing.fact}",)), (missing,))
        if statement.cut:
            return Judged(Undecided("none", ("it has too many parameters: the recording does not hold them",)))
        query = self._by_hand(statement) if statement.kind in BY_HAND else statement.query
        if not query.runs:
            return Judged(Undecided("none", tuple(note.fact for note in query.diagnostics)), query.diagnostics)
        with self.stage("translate"):
            rendering = self._rendered(statement, query)
        if not rendering.code:
            return Judged(Undecided("none", tuple(note.fact for note in rendering.diagnostics)), rendering.diagnostics)
        try:
            with self.stage("drizzle"):
                compiled = self.worker.compile(self.key, rendering.code)
        except CodeError as error:
            reasons = tuple(f"{note.thing}: {note.fact}" for note in error.diagnostics)
            return Judged(
                Undecided("typescript", reasons), (*rendering.diagnostics, *error.diagnostics), rendering.code
            )
        judge = self._written if statement.kind in WRITES else self.observer.judged
        return judge(query, rendering, compiled)

    def _by_hand(self, statement: RecordedStatement) -> Query:
        """SQL written by hand, with the columns that its text has on the generated rows."""
        filled, query = self.sides.filled, statement.query
        if isinstance(filled, WorkbenchError):
            return replace(query, sql="", diagnostics=filled.diagnostics)
        if statement.raw is None:
            fact, place = "its recording does not say which tables it reads", query.origin or Origin("recording")
            note = Diagnostic("queryset-raw", place, statement.sql, fact, "Record it again.", Fidelity.UNSUPPORTED)
            return replace(query, sql="", diagnostics=(note,))
        return with_columns(filled.scratch, query)

    def _rendered(self, statement: RecordedStatement, query: Query) -> QueryRendering:
        if statement.kind in WRITES:
            return render_write(query, self.catalog, self.schema.names, self.updating)
        return render_query(query, self.catalog, self.schema.names)

    @cached_property
    def updating(self) -> frozenset[tuple[str, str]]:
        """The columns that the schema sets anew at every update."""
        return updating_columns(self.schema.inspection.models)

    def _written(self, query: Query, rendering: QueryRendering, compiled: Compiled) -> Judged:
        """A write: what it changes, by the ladder and by running both on empty and on filled tables."""
        django = Statement(query.sql, query.parameters, "format")
        typed = self.sides.typed(compiled.sql, compiled.parameters, query.parameters)
        drizzle = Statement(compiled.sql, compiled.parameters, self.sides.style)
        filled = self.sides.filled
        scratches: list[Any] = [self.sides.scratch, *([] if isinstance(filled, WorkbenchError) else [filled.scratch])]
        with self.stage("decide and run writes"):
            bound = (Bindings(query.parameters, typed),)
            verdict, ran = judge_write(django, drizzle, bound, self.catalog, self.dialect, scratches)
        return Judged(verdict, rendering.diagnostics, rendering.code, compiled.sql, ran.word)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the time of its block to a stage's."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] += (time.perf_counter() - started) * 1000

    def close(self) -> None:
        """Drops the scratch databases."""
        self.sides.close()


def _fault(error: Exception) -> Undecided:
    """The verdict of a statement at which the workbench itself failed."""
    known = tuple(str(note) for note in error.diagnostics) if isinstance(error, WorkbenchError) else ()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return Undecided("fault", known or (f"a fault of the workbench: {type(error).__name__} at {place}: {error}",))
