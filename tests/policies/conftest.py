import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.inspection.client import Agent
from workbench.inspection.records import Inspection
from workbench.policies.policy import Policies
from workbench.policies.reading import read_policies
from workbench.project import find_project

ROOT = Path(__file__).parents[2]
AGENT = ROOT / "workbench" / "inspection" / "agent"


def _read(project: Path, settings: str) -> dict[str, Any]:
    """The agent's ``guards`` payload of a project, read in an interpreter of its own."""
    command = [sys.executable, str(Path(__file__).with_name("run_guards.py")), str(AGENT), str(project), settings]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=project)
    assert answer.returncode == 0, answer.stderr
    payload: dict[str, Any] = json.loads(answer.stdout)
    return payload


@pytest.fixture(scope="session")
def processn() -> dict[str, Any]:
    return _read(ROOT / "sample_projects" / "processn", "config.settings")


@pytest.fixture(scope="session")
def inspection() -> Inspection:
    """Of processn."""
    with Agent(find_project(ROOT / "sample_projects" / "processn"), dialect="sqlite") as agent:
        return agent.inspect()


@pytest.fixture(scope="session")
def policies(inspection: Inspection, processn: dict[str, Any]) -> Policies:
    """Of processn."""
    return read_policies(inspection, processn)


@pytest.fixture(scope="session")
def read_guards() -> Callable[[Path, str], dict[str, Any]]:
    return _read
