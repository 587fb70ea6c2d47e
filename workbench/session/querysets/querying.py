"""A Django expression on its way to a verdict: compiled, translated, observed, decided, run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from workbench.catalog.table import Dialect
from workbench.comparison import clause_pairs
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Pairing
from workbench.equivalence.decide import decide
from workbench.equivalence.engine import Statement
from workbench.equivalence.parse import parse_query
from workbench.equivalence.placeholders import Style
from workbench.equivalence.stated import varying
from workbench.queries.compiling import compile_queries, execute_queries
from workbench.queries.plan import PlannedWrite
from workbench.queries.query import Query
from workbench.runtime.node import CodeError
from workbench.runtime.observation import Compiled
from workbench.runtime.snippet import snippet
from workbench.session.backends import Typing, WritableScratch
from workbench.session.own.comparing import OwnQuery
from workbench.session.own.rows import OwnRows
from workbench.session.querysets.explained import view_explained
from workbench.session.querysets.nesting import nested
from workbench.session.querysets.performing import Performing
from workbench.session.querysets.planned import judge_own, view_planned
from workbench.session.querysets.prefetching import prefetched, several
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.raw_columns import with_columns
from workbench.session.querysets.relating import related
from workbench.session.querysets.result_types import type_notes
from workbench.session.querysets.rounding import of_one_library
from workbench.session.querysets.running import Run, compare_runs
from workbench.session.querysets.varying import Bindings, bindings
from workbench.session.querysets.writes import judge_write
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.queries import QueryRendering, helpers, render_query
from workbench.targets.drizzle.queries.rendering import Variant
from workbench.targets.drizzle.writes import render_write, updating_columns
from workbench.values import Wire
from workbench.verdict import Different, Equivalent, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.runtime.node import NodeWorker
    from workbench.runtime.postgres import PostgresServer
    from workbench.runtime.typescript import QueryTypes, TypeChecker
    from workbench.session.workbench import Workbench

PLACE = Origin("queryset")
EQUAL_SO_FAR = "the SQLs differ for that reason; the decoded rows were the same on generated data"


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

    def view(self, text: str) -> QueryView:
        """The whole way of one expression. What cannot be done is a diagnostic of the view."""
        query = self.compiled(text)
        if isinstance(query, PlannedWrite):
            return view_planned(self, text, query)
        if query.explain and query.sql:
            return view_explained(self, text, query)
        if not query.sql:
            return QueryView(text, query if query.empty else None, diagnostics=query.diagnostics)
        rendering = self.rendered(query)
        view = QueryView(
            text,
            query,
            rendering.code,
            rendering.body,
            rendering.paths,
            diagnostics=(*query.diagnostics, *rendering.diagnostics, *several(query)),
            variants=rendering.variants,
            prefetches=tuple(prefetched(self, query)),
        )
        return related(self, nested(self, self.judged(view, query))) if rendering.code else view

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
        return query if query.raw is None else with_columns(self, query)

    def judged(self, view: QueryView, query: Query) -> QueryView:
        """The view with Drizzle's SQL, types, rows and the verdict."""
        try:
            compiled = self.worker.compile(self.key, view.drizzle_code)
        except CodeError as error:
            return replace(view, diagnostics=(*view.diagnostics, *error.diagnostics))
        view = replace(view, drizzle_sql=compiled.sql, drizzle_parameters=compiled.parameters)
        self.shop.data.database()  # made once, before two threads ask for it
        if query.intent.writes:
            return self.written(view, query, compiled)
        with ThreadPoolExecutor(2) as beside:  # the checker and both databases work while the ladder thinks
            types, run = beside.submit(self.types, view), beside.submit(self.run, view, query)
            verdict = self.decided(query, compiled, view.variants)
            clauses = self.clauses(query, compiled)
        found = run.result()
        nearly = tuple(note.fact for note in view.diagnostics if note.code == "query-nearly")
        judged = combined(verdict, found, " LIMIT " in query.sql, nearly)
        seen = replace(view, verdict=judged, rows=found.rows, types=types.result(), clauses=clauses)
        seen = replace(seen, diagnostics=(*seen.diagnostics, *type_notes(seen, found.observed, self.shop.inspection)))
        return self.on_own(seen, judged, query, compiled, nearly)

    def on_own(
        self, view: QueryView, verdict: Verdict, query: Query, compiled: Compiled, nearly: tuple[str, ...]
    ) -> QueryView:
        """The view with what the user's own database says, where one was given."""
        if self.own_rows is None:
            return view
        asked = OwnQuery(query, self.key, view.drizzle_code, compiled, view.paths, nearly)
        judged, notes = self.own_rows.judged(verdict, asked)
        return replace(view, verdict=judged, diagnostics=(*view.diagnostics, *notes))

    @cached_property
    def own_rows(self) -> OwnRows | None:
        """What runs queries on the user's own database."""
        return self.shop.own.rows(self.worker) if self.shop.own is not None else None

    def clauses(self, query: Query, compiled: Compiled) -> tuple[Pairing, ...]:
        """Both SQL texts clause by clause; nothing where one of them cannot be read, as the verdict says."""
        catalog, own = self.shop.catalog, self.typed(compiled, query)
        try:
            django = parse_query(query.sql, catalog, self.dialect, "format", query.parameters, "left")
            drizzle = parse_query(compiled.sql, catalog, self.dialect, self.style, own, "right")
        except WorkbenchError:
            return ()
        return clause_pairs(django, drizzle)

    def written(self, view: QueryView, query: Query, compiled: Compiled) -> QueryView:
        """A write: what it changes, by the ladder and by running both on empty and on filled tables."""
        django = Statement(query.sql, query.parameters, "format")
        drizzle = Statement(compiled.sql, compiled.parameters, self.style)
        scratches = (self.scratch, self.filled)
        with ThreadPoolExecutor(1) as beside:
            types = beside.submit(self.types, view)
            bound = self.bound(query, compiled, view.variants)
            verdict, _ = judge_write(django, drizzle, bound, self.shop.catalog, self.dialect, scratches)
        return replace(view, verdict=verdict, types=types.result())

    @cached_property
    def performing(self) -> Performing:
        """The databases that writes of several statements are tried on."""
        return Performing(self)

    @cached_property
    def filled(self) -> WritableScratch:
        """The generated rows, for writes that are rolled back."""
        return self.shop.backend.engine().on(self.shop.data.database())

    def decided(self, query: Query, compiled: Compiled, variants: Sequence[Variant] = ()) -> Verdict:
        """The ladder on the two original texts; a text that it cannot read is undecided, not a failure.

        What holds for any value of the call site is said of any; else of the value that stands in.
        """
        try:
            for bound in self.bound(query, compiled, variants):
                verdict = self._climbed(query, compiled, bound)
                if isinstance(verdict, Equivalent):
                    break
            return verdict
        except WorkbenchError as error:
            return Undecided("none", tuple(f"{d.place}: {d.thing}: {d.fact}" for d in error.diagnostics))

    def bound(self, query: Query, compiled: Compiled, variants: Sequence[Variant]) -> tuple[Bindings, ...]:
        """What both sides' parameters stand for: first with the call site's values free, then with all as they are."""
        fixed = Bindings(query.parameters, self.typed(compiled, query))
        if not variants:
            return (fixed,)
        compile, typed = partial(self.worker.compile, self.key), partial(self.typed, query=query)
        free = bindings(query, compiled, variants, compile, typed)
        return (free, fixed) if free.free else (fixed,)

    def _climbed(self, query: Query, compiled: Compiled, bound: Bindings) -> Verdict:
        return decide(
            query.sql,
            compiled.sql,
            self.shop.catalog,
            scratch=self.scratch,
            left_params=bound.django,
            right_params=bound.drizzle,
            left_style="format",
            right_style=self.style,
            dialect=self.dialect,
        )

    def typed(self, compiled: Compiled, query: Query | None = None) -> tuple[Wire, ...]:
        """Drizzle's parameters as the database will read them: PostgreSQL's driver sends text."""
        database = self.shop.data.database()
        if self._parameters is None or self._parameters.database is not database:
            self._parameters = self.shop.backend.typing(database)
        return self._parameters.typed(compiled.sql, compiled.parameters, query.parameters if query else ())

    def run(self, view: QueryView, query: Query) -> Run:
        """Both sides on the generated rows."""
        database = self.shop.data.database()
        (result,) = execute_queries(self.shop.agent, [view.text], database.django_settings())
        observed = self.worker.run(self.key, view.drizzle_code, database.node_settings())
        rows = tuple(tuple(row) for row in result["rows"])
        run = compare_runs(query.outputs, rows, observed, view.paths, result["error"])
        return replace(of_one_library(run, query, observed, view.paths, self.filled), observed=observed)

    def types(self, view: QueryView) -> tuple[tuple[str, str], ...]:
        """What the TypeScript compiler infers of a row."""
        found: QueryTypes = self.checker.query(self.type_key, view.drizzle_code)
        return found.columns

    def judge(self, view: QueryView, typescript: str) -> QueryView:
        """A person's own TypeScript against a queryset: its type errors, else its SQL and the verdict."""
        if view.query is None:
            raise WorkbenchError(
                _error("no-queryset", view.text, "this queryset did not compile; there is nothing to compare with")
            )
        module = snippet(typescript, self.worker.vocabulary(self.key))
        own = replace(
            view,
            drizzle_code=module.code,
            drizzle_body=typescript.strip(),
            variants=(),
            diagnostics=view.query.diagnostics,
        )
        errors = self.checker.query(self.type_key, module.code).errors
        if errors:
            notes = tuple(_type_error(error, module.place) for error in errors)
            return replace(
                own,
                drizzle_sql="",
                drizzle_parameters=(),
                types=(),
                rows=(),
                clauses=(),
                verdict=None,
                diagnostics=notes,
            )
        if isinstance(view.query, PlannedWrite):
            return judge_own(self, own, view.query)
        return self.judged(own, view.query)

    def close(self) -> None:
        """Gives the scratch database back."""
        for name in ("scratch", "filled", "performing"):
            if name in self.__dict__:
                self.__dict__[name].close()
        if self._parameters is not None:
            self._parameters.close()


def combined(verdict: Verdict, run: Run, cut: bool, nearly: tuple[str, ...] = ()) -> Verdict:
    """The ladder's verdict and what the run showed: equal SQL whose decoded rows differ is no equal translation.

    ``cut``: a LIMIT may take other rows at each run, so that differing rows alone prove nothing. ``nearly``: where
    Drizzle's SQL does what Django does in Python after its own; the ladder sees the SQL alone.
    """
    if run.errors:
        return Undecided("run", run.errors, verdict.assumptions, verdict.tried)
    if isinstance(verdict, Different) and nearly and not run.difference:
        return Undecided("decoded rows", (*nearly, EQUAL_SO_FAR), verdict.assumptions, verdict.tried)
    found = run.difference
    if found and isinstance(verdict, Equivalent) and not cut and not varying(verdict):
        return Different("decoded rows", (found,), verdict.assumptions, verdict.tried)
    if found and not isinstance(verdict, Different):
        fact = f"on generated data: {found.subject}, {found.attribute}: {found.left} / {found.right}"
        known = verdict.reasons if isinstance(verdict, Undecided) else ()
        return Undecided(verdict.method, (*known, fact), verdict.assumptions, verdict.tried)
    return verdict


def _type_error(error: Any, place: Callable[[int, int], tuple[int, int]]) -> Diagnostic:
    line, column = place(error.line, error.column)
    origin = Origin("your TypeScript", "your TypeScript", line)
    return Diagnostic(f"TS{error.code}", origin, f"line {line}, column {column}", error.message, "", Fidelity.ERROR)


def _error(code: str, thing: str, fact: str) -> Diagnostic:
    return Diagnostic(code, PLACE, thing, fact, "", Fidelity.ERROR)
