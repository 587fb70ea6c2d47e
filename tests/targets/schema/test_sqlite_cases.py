"""The cases that SQLite can hold: the schema in its dialect, compiled, migrated, and compared with Django's tables."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.targets.schema.conftest import CASES, project_of
from workbench.catalog.from_inspection import read_catalog
from workbench.catalog.parity import compare
from workbench.catalog.sqlite_catalog import read_sqlite
from workbench.catalog.table import Catalog
from workbench.inspection.client import Agent
from workbench.runtime.node import NodeWorker
from workbench.runtime.typescript import TypeChecker
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.schema import render_schema
from workbench.targets.drizzle.supplement import after_statements
from workbench.targets.rendering import Rendering

NAMES = ("composite_keys", "defaults", "fields", "inheritance", "names", "relations")


@dataclass(frozen=True)
class Case:
    name: str
    statements: tuple[str, ...]
    rendering: Rendering


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    name = str(request.param)
    with Agent(project_of(name, tmp_path_factory.mktemp(name) / "project"), dialect="sqlite") as agent:
        inspection, ddl = agent.inspect(), agent.ddl()
    statements = (*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"])
    catalog = read_catalog(inspection, statements)
    return Case(name, statements, render_schema(inspection, catalog, SchemaNames.of(inspection.models), "sqlite"))


def test_the_text_is_as_expected(case: Case, request: pytest.FixtureRequest) -> None:
    expected = CASES / case.name / "expected_sqlite"
    texts = {item.path: item.text for item in case.rendering.artifacts if "contenttypes" not in item.path}
    if request.config.getoption("--update-expected", default=False):  # known when this folder is what runs
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in texts.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text)
    stored = {str(p.relative_to(expected)): p.read_text() for p in expected.rglob("*") if p.is_file()}
    assert texts == stored


def test_it_compiles_strictly(case: Case, checker: TypeChecker) -> None:
    assert checker.check(typescript_files(case.rendering), "sqlite") == ()


def test_both_databases_are_equal(case: Case, worker: NodeWorker) -> None:
    migration = worker.migrate(worker.load(typescript_files(case.rendering), "sqlite"))
    differences = compare(_read(case.statements), _read((*migration, *after_statements(case.rendering))))
    assert {name: found for name, found in differences.items() if found} == {}
    assert differences


def test_without_our_supplement_the_deferred_keys_would_differ(case: Case, worker: NodeWorker) -> None:
    migration = worker.migrate(worker.load(typescript_files(case.rendering), "sqlite"))
    differences = compare(_read(case.statements), _read(migration))
    differing = {name for name, found in differences.items() if found}
    assert differing == {table.name for table in _read(case.statements).tables if table.foreign_keys}


def _read(statements: Sequence[str]) -> Catalog:
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements:
            connection.execute(statement)
        return read_sqlite(lambda sql: connection.execute(sql).fetchall())
    finally:
        connection.close()
