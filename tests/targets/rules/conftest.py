"""A copy of ProcessN with the case predicates, read by the real agent; its rules rendered for SQLite."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.catalog.from_inspection import read_catalog
from workbench.catalog.table import Dialect
from workbench.inspection.client import Agent
from workbench.inspection.records import Inspection
from workbench.policies.policy import Policies
from workbench.policies.reading import read_policies
from workbench.project import find_project
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.schema import render_schema
from workbench.targets.rendering import Rendering
from workbench.targets.rules.render import render_rules

HERE = Path(__file__).parent
SAMPLE = HERE.parents[2] / "sample_projects" / "processn"
SETTINGS = """from config.settings import *
import os
INSTALLED_APPS = [*INSTALLED_APPS, "cases"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("CASE_DATABASE", "none")}}
"""


@dataclass(frozen=True)
class Cases:
    """Everything read of the copy."""

    folder: Path
    inspection: Inspection
    policies: Policies
    names: SchemaNames
    ddl: dict[str, Any]

    def files(self, dialect: Dialect) -> dict[str, str]:
        """The schema's modules and the rules' modules."""
        statements = [entry["sql"] for entry in self.ddl["statements"]]
        catalog = read_catalog(self.inspection, [*statements, *self.ddl["deferred"]])
        schema = render_schema(self.inspection, catalog, self.names, dialect)
        artifacts = [*schema.artifacts, *self.rendering(dialect).artifacts]
        return {artifact.path: artifact.text for artifact in artifacts if artifact.language == "typescript"}

    def rendering(self, dialect: Dialect) -> Rendering:
        return render_rules(self.policies, self.inspection, self.names, dialect)


def _read(folder: Path, dialect: Dialect, settings: str | None = None) -> Cases:
    with Agent(find_project(folder, settings=settings), dialect=dialect) as agent:
        inspection, payload, ddl = agent.inspect(), agent.request("guards"), agent.ddl()
    policies = read_policies(inspection, payload)
    return Cases(folder, inspection, policies, SchemaNames.of(inspection.models), ddl)


@pytest.fixture(scope="session")
def sample() -> Cases:
    """ProcessN itself, for PostgreSQL."""
    return _read(SAMPLE, "postgres")


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    folder = tmp_path_factory.mktemp("cases") / "processn"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("*.sqlite3", "__pycache__", "tests.py"))
    (folder / "cases").mkdir()
    shutil.copy(HERE / "cases" / "rules.py", folder / "cases" / "rules.py")
    (folder / "cases" / "__init__.py").touch()
    (folder / "case_settings.py").write_text(SETTINGS)
    return _read(folder, "sqlite", "case_settings")


@pytest.fixture(scope="session")
def django_answers(cases: Cases) -> Iterator[dict[str, Any]]:
    """What django-rules says, and the SQLite file that it looked at."""
    database = cases.folder / "answers.sqlite3"
    command = [sys.executable, str(HERE / "ask_django.py"), str(database)]
    answer = subprocess.run(command, cwd=cases.folder, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    yield {**json.loads(answer.stdout), "database": database}
