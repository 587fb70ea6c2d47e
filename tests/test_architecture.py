"""The rooms import only from rooms below their own; the agent imports the standard library and Django alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
AGENT = ROOT / "workbench" / "inspection" / "agent"


def test_rooms_import_only_downwards() -> None:
    """The contracts of pyproject.toml hold (import-linter)."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def imported_packages(source: str) -> set[str]:
    """The top-level packages that a module imports anywhere, relative imports left out."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_agent_needs_only_the_standard_library_and_django() -> None:
    """The agent runs in interpreters that have nothing of ours."""
    allowed = sys.stdlib_module_names | {"django", "workbench_agent"}  # its own name inside the zip
    sources = sorted(AGENT.rglob("*.py"))
    assert len(sources) > 3
    foreign = {path.name: imported_packages(path.read_text()) - allowed for path in sources}
    assert {name: packages for name, packages in foreign.items() if packages} == {}


def test_agent_is_written_in_python_3_8() -> None:
    """Every agent module parses with Python 3.8's grammar."""
    for path in AGENT.rglob("*.py"):
        ast.parse(path.read_text(), feature_version=(3, 8))


def test_top_level_holds_what_the_design_names() -> None:
    """Nothing else lies beside the house's own folders."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    top = {name.split("/")[0] for name in listed if name and not name.startswith(".")}
    assert top <= {
        "pyproject.toml", "notebooks", "workbench", "sample_projects", "tests", "README.md", "LICENSE", "CHANGELOG.md",
    }  # fmt: skip
