"""Each folder of ``projects`` is a project; ``expected.txt`` beside it is what opening it says, word for word.

``options.toml`` holds arguments of ``find_project`` and ``setup_timeout``. Regenerate with WORKBENCH_REWRITE=1.
"""

import os
import sys
import tomllib
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.inspection.client import Agent
from workbench.project import find_project

PROJECTS = sorted(path for path in (Path(__file__).parent / "projects").iterdir() if path.is_dir())
DJANGO42 = os.environ.get("WORKBENCH_DJANGO42")


def opened(folder: Path, python: str) -> str:
    """What a user reads after opening the project."""
    file = folder / "options.toml"
    options = tomllib.loads(file.read_text()) if file.is_file() else {}
    timeout = options.pop("setup_timeout", 60)
    try:
        project = find_project(folder, python=python, **options)
        with Agent(project, setup_timeout=timeout) as agent:
            inspection = agent.inspect()
            said = [*inspection.diagnostics, *agent.urls()]
    except WorkbenchError as error:
        return f"{error}\n"
    models = ", ".join(model.label for model in inspection.models)
    return "\n".join([f"settings {project.settings}", f"models {models}", *map(str, said)]) + "\n"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture(autouse=True)
def _real_variable(monkeypatch):
    monkeypatch.setenv("WORKBENCH_TEST_REAL", "real")
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_opening_says_what_is_expected_and_writes_nothing(folder):
    before = files(folder)
    text = opened(folder, sys.executable)
    assert files(folder) - {"expected.txt"} == before - {"expected.txt"}
    if os.environ.get("WORKBENCH_REWRITE"):
        (folder / "expected.txt").write_text(text)
    assert text == (folder / "expected.txt").read_text()


@pytest.mark.skipif(DJANGO42 is None, reason="WORKBENCH_DJANGO42 names no interpreter with Django 4.2")
@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_opening_says_the_same_under_django_4_2(folder):
    assert opened(folder, DJANGO42) == (folder / "expected.txt").read_text()
