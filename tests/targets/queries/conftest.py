"""The sample projects, opened once, with a database whose rows meet the constants of all cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import workbench
from workbench.equivalence.generation import Hints, generate_database
from workbench.queries.compiling import compile_queries
from workbench.queries.query import Query
from workbench.runtime.filling import fill
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import Database, PostgresServer
from workbench.runtime.typescript import CompilerError, TypeChecker
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.queries import HELPERS, QueryRendering, render_query

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"
PROJECTS = (ROOT / "sample_projects", Path(__file__).parent / "projects")
ROWS_A_TABLE, SEED = 60, 7


def topics() -> list[tuple[str, str]]:
    """(project, topic) of every file of cases."""
    return sorted((file.parent.name, file.stem) for file in CASES.glob("*/*.txt"))


def cases(project: str, topic: str) -> list[str]:
    """The querysets of a file, one a line."""
    return (CASES / project / f"{topic}.txt").read_text(encoding="utf-8").splitlines()


@dataclass
class Sample:
    """A project with everything its cases need."""

    project: str
    server: PostgresServer
    worker: NodeWorker
    checker: TypeChecker

    @cached_property
    def shop(self) -> workbench.Workbench:
        return workbench.open(next(folder / self.project for folder in PROJECTS if (folder / self.project).is_dir()))

    @cached_property
    def files(self) -> dict[str, str]:
        return {**typescript_files(self.shop.schema), **HELPERS}

    @cached_property
    def key(self) -> str:
        return self.worker.load(self.files)

    @cached_property
    def type_key(self) -> str:
        return self.checker.open(self.files)

    @cached_property
    def compiler_errors(self) -> dict[str, list[CompilerError]]:
        """What the compiler says of each text's module: one program for all of them, a tenth of a program for each."""
        modules = {f"case-{number}.ts": text for number, text in enumerate(self.queries)}
        codes = {path: self.rendering(text).code for path, text in modules.items()}
        found = self.checker.check({**self.files, **codes})
        assert {error.file for error in found} <= set(modules), found
        return {text: [error for error in found if error.file == path] for path, text in modules.items()}

    @cached_property
    def queries(self) -> dict[str, Query]:
        texts = [text for project, topic in topics() if project == self.project for text in cases(project, topic)]
        return dict(zip(texts, compile_queries(self.shop.agent, texts), strict=True))

    @cached_property
    def database(self) -> Database:
        constants = {repr(value): value for query in self.queries.values() for value in query.parameters}
        usable = [value for value in constants.values() if value is not None and not isinstance(value, list)]
        database = self.server.create_database(ddl=self.shop.django_tables.all)
        wide = tuple(value for value in usable if isinstance(value, int) and value > 2**53 - 1)
        hints = Hints({("catalog_book", "copies_sold"): wide}, tuple(value for value in usable if value not in wide))
        fill(database, generate_database(self.shop.catalog, SEED, ROWS_A_TABLE, hints, variety=12))
        return database

    def rendering(self, text: str) -> QueryRendering:
        return render_query(self.queries[text], self.shop.catalog, self.shop.names)


@pytest.fixture(scope="package")
def sample(server: PostgresServer, worker: NodeWorker, checker: TypeChecker) -> Iterator[Callable[[str], Sample]]:
    opened: dict[str, Sample] = {}

    def open_sample(project: str) -> Sample:
        return opened.setdefault(project, Sample(project, server, worker, checker))

    yield open_sample
    for one in opened.values():
        one.shop.close()
