"""The suite that a generated project owns, run beside the modules as that project would run it.

It is written for vitest (3.2.7 runs it as it is); here Node's own test runner stands in for it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from workbench.runtime.packages import node_program
from workbench.targets.rules.render import FOLDER, SUITE

VITEST = Path(__file__).parent / "vitest"


def run(folder: Path) -> dict[str, bool]:
    """Whether each test of the suite passed, by its title."""
    shutil.copytree(VITEST, folder / "node_modules" / "vitest")
    command = [str(node_program()), "--test", "--test-reporter=junit", f"{FOLDER}/{SUITE}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
    cases = ElementTree.fromstring(done.stdout).iter("testcase")
    return {str(case.get("name")): case.find("failure") is None for case in cases}


@pytest.fixture
def project(sample: Any, tmp_path: Path) -> Path:
    """The permissions of ProcessN as files."""
    for artifact in sample.rendering("postgres").artifacts:
        if artifact.path.startswith(f"{FOLDER}/"):
            path = tmp_path / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(artifact.text)
    return tmp_path


def test_what_no_rule_decides_is_denied_and_told(project: Path) -> None:
    written = re.findall(r"^test\(\"", (project / FOLDER / SUITE).read_text(), re.MULTILINE)
    found = run(project)
    assert len(found) == len(written)
    assert [title for title, passed in found.items() if not passed] == []
    assert len(written) > 8


# what a careless hand may change -> the test that says so
CARELESS = {
    ("rules.ts", "return false;\n    }\n  }\n}", "return true;\n    }\n  }\n}"): "a name that nobody added",
    ("rules.ts", "denials.tell(name, error);", ""): "a predicate that throws is denied, and told",
    ("rules.ts", "registry.has(name) && ", ""): "a name that nobody added",
    ("guards.ts", "let allowed = false;", "let allowed = true;"): "a guard whose test throws",
    ("guards.ts", "  admit(user, false);\n", ""): "a guard without a translation",
    ("guards.ts", "test(present(user))", "test(user)"): "a locked account",
}


@pytest.mark.parametrize("change", CARELESS, ids=lambda change: f"{change[0]}: {change[1].split(chr(10))[0]}")
def test_the_suite_fails_where_something_is_let_in(project: Path, change: tuple[str, str, str]) -> None:
    module, before, after = change
    path = project / FOLDER / module
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    failed = [title for title, passed in run(project).items() if not passed]
    assert any(title.startswith(CARELESS[change]) for title in failed), failed
