"""Each case: Django models, the schema they become, compiled strictly, migrated, and compared with Django's tables."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.targets.schema.conftest import CASES, project_of
from workbench.catalog.from_inspection import read_catalog
from workbench.catalog.parity import compare
from workbench.catalog.table import Catalog
from workbench.inspection.client import Agent
from workbench.inspection.records import Inspection
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import Database, PostgresServer
from workbench.runtime.typescript import TypeChecker
from workbench.session.backends import read_postgres
from workbench.session.tables.django_tables import DjangoTables, django_tables
from workbench.session.tables.schema import typescript_files
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.push import FROM_DJANGO, explain_push
from workbench.targets.drizzle.schema import render_schema
from workbench.targets.drizzle.supplement import after_statements, before_statements
from workbench.targets.rendering import Rendering

NAMES = sorted(folder.name for folder in CASES.iterdir())


@dataclass(frozen=True)
class Case:
    name: str
    inspection: Inspection
    tables: DjangoTables
    catalog: Catalog
    rendering: Rendering


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {}


@pytest.fixture(params=NAMES)
def case(
    request: pytest.FixtureRequest,
    cases: dict[str, Case],
    server: PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Case:
    name = str(request.param)
    if name not in cases:
        cases[name] = _load(name, tmp_path_factory.mktemp(name) / "project", server)
    return cases[name]


def _load(name: str, folder: Path, server: PostgresServer) -> Case:
    with Agent(project_of(name, folder)) as agent:
        inspection = agent.inspect()
        tables = django_tables(agent.ddl(), inspection, server)
    catalog = read_catalog(inspection, tables.statements)
    rendering = render_schema(inspection, catalog, SchemaNames.of(inspection.models), "postgres", tables.before)
    return Case(name, inspection, tables, catalog, rendering)


def _texts(case: Case) -> Mapping[str, str]:
    """Everything about the case's own app, and what was said about it."""
    files = {artifact.path: artifact.text for artifact in case.rendering.artifacts}
    files.pop("schema/contenttypes.ts")
    said = "".join(f"{line}\n" for line in map(str, case.rendering.diagnostics))
    return {**files, **({"diagnostics.txt": said} if said else {})}


def test_the_text_is_as_expected(case: Case, request: pytest.FixtureRequest) -> None:
    expected = CASES / case.name / "expected"
    texts = _texts(case)
    if request.config.getoption("--update-expected", default=False):  # known when this folder is what runs
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in texts.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text)
    stored = {str(p.relative_to(expected)): p.read_text() for p in expected.rglob("*") if p.is_file()}
    assert texts == stored


def test_it_compiles_strictly(case: Case, checker: TypeChecker) -> None:
    assert checker.check(typescript_files(case.rendering)) == ()


def test_both_databases_are_equal(case: Case, server: PostgresServer, worker: NodeWorker) -> None:
    django, drizzle = (read_postgres(database) for database in _databases(case, server, worker))
    differences = compare(django, drizzle)
    assert {name: found for name, found in differences.items() if found} == {}
    assert {table.name for table in case.catalog.tables} == set(differences)


def _databases(case: Case, server: PostgresServer, worker: NodeWorker) -> tuple[Database, Database]:
    """Django's own, and the one that drizzle-kit and our supplement make."""
    migration = worker.migrate(worker.load(typescript_files(case.rendering)))
    statements = (*before_statements(case.rendering), *migration, *after_statements(case.rendering))
    return server.create_database(ddl=case.tables.all), server.create_database(ddl=statements)


def test_drizzle_kit_finds_in_djangos_database_only_what_it_finds_in_its_own(
    case: Case, server: PostgresServer, worker: NodeWorker, request: pytest.FixtureRequest
) -> None:
    if case.name == "composite_keys":
        pytest.skip("drizzle-kit 0.31.11 sends the query that names a composite key without its parameters")
    key = worker.load(typescript_files(case.rendering))
    django, drizzle = (worker.push_diff(key, db.node_settings()) for db in _databases(case, server, worker))
    explained = explain_push(django, drizzle)
    assert [item for item in explained if item.reason == FROM_DJANGO] == []


def test_every_line_of_a_column_leads_to_its_field(case: Case) -> None:
    shop = case.rendering.artifact("schema/shop.ts")
    lines = shop.text.split("\n")
    assert {origin.file for origin in shop.origins.values()} <= {"shop/models.py", None}
    assert shop.origins
    assert all(lines[number - 1].strip() for number in shop.origins)
