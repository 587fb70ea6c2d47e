"""A sample project on SQLite: what its cases become, and their rows on both sides."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import workbench
from tests.targets.queries.conftest import PROJECTS, ROWS_A_TABLE, SEED, cases, topics
from workbench.diagnostic import Diagnostic
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation import Hints, generate_database
from workbench.queries.compiling import compile_queries
from workbench.queries.query import Query
from workbench.runtime.node import NodeWorker
from workbench.runtime.sqlite_file import SqliteFile
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.queries import QueryRendering, helpers, render_query


@dataclass
class SqliteSample:
    """One project, opened with ``dialect="sqlite"``."""

    project: str
    worker: NodeWorker

    @cached_property
    def shop(self) -> workbench.Workbench:
        folder = next(folder / self.project for folder in PROJECTS if (folder / self.project).is_dir())
        return workbench.open(folder, dialect="sqlite")

    @cached_property
    def files(self) -> dict[str, str]:
        return {**typescript_files(self.shop.schema), **helpers("sqlite")}

    @cached_property
    def key(self) -> str:
        return self.worker.load(self.files, "sqlite")

    @cached_property
    def texts(self) -> list[str]:
        return [text for project, topic in topics() if project == self.project for text in cases(project, topic)]

    @cached_property
    def queries(self) -> dict[str, Query]:
        return dict(zip(self.texts, compile_queries(self.shop.agent, self.texts), strict=True))

    @cached_property
    def renderings(self) -> dict[str, QueryRendering]:
        catalog, names = self.shop.catalog, self.shop.names
        return {text: render_query(query, catalog, names) for text, query in self.queries.items() if query.sql}

    @cached_property
    def database(self) -> SqliteFile:
        known = {repr(value): value for query in self.queries.values() for value in query.parameters}
        hints = Hints({}, tuple(value for value in known.values() if isinstance(value, (str, int))))
        database = SqliteFile.create(self.shop.django_tables.all)
        for seed in range(SEED, SEED + 20):  # random rows may break a CHECK
            with suppress(Refused):
                database.fill(generate_database(self.shop.catalog, seed, ROWS_A_TABLE, hints, variety=12))
                return database
        raise AssertionError("no seed gives rows that the database takes")

    def reasons(self, text: str) -> tuple[Diagnostic, ...]:
        """Why a case has no translation: Django's refusal, or ours."""
        query = self.queries[text]
        return self.renderings[text].diagnostics if query.sql else query.diagnostics

    def written(self, text: str) -> str:
        """The expected text of a case."""
        rendering = self.renderings.get(text)
        if rendering is not None and rendering.code:
            return f"// {text}\n{rendering.body}\n"
        if self.queries[text].empty:
            return f"// {text}\n// Django asks the database nothing\n"
        return f"// {text}\n" + "".join(f"// {d.code}: {d.thing}: {d.fact}\n" for d in self.reasons(text))

    def close(self) -> None:
        if "database" in self.__dict__:
            self.database.drop()
        self.shop.close()


def rows_of(sample: SqliteSample, text: str) -> Any:
    """Drizzle's rows in the order of Django's outputs, or its error."""
    query, rendering = sample.queries[text], sample.renderings[text]
    observed = sample.worker.run(sample.key, rendering.code, sample.database.node_settings())
    if observed.error:
        return observed.error
    places = [observed.columns.index(path) for path in rendering.paths[: len(query.outputs)]]
    return [tuple(row[place] for place in places) for row in observed.rows]
