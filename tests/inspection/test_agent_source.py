"""The agent runs where nothing of ours is installed: it must parse on Python 3.8 and import Django at most."""

import ast
import sys
from pathlib import Path

import pytest

import workbench.inspection.agent

FILES = sorted(Path(workbench.inspection.agent.__file__).parent.glob("*.py"))
OPTIONAL = {"guardian", "rest_framework", "rules"}  # imported only where the project has them
ALLOWED = {*sys.stdlib_module_names, "django", "workbench_agent", *OPTIONAL}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_parses_on_python_3_8(file):
    ast.parse(file.read_text(), feature_version=(3, 8))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_imports_the_standard_library_and_django(file):
    nodes = list(ast.walk(ast.parse(file.read_text())))
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    assert {name.partition(".")[0] for name in named} <= ALLOWED
