"""The notebooks of the repository: nbval passes whatever was saved without outputs, so that is tested here."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from workbench.notebook.regenerate import KEPT_METADATA, WIDGET_VIEW, cleaned

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
SHOWING_MAGIC = re.compile(r"^%%?(queryset|drizzle|rule|models?|permissions|check|explore|wb_open)\b")
CHANGING = {
    "a path of a machine": r"(?<![\w.])/(home|root|tmp|Users|usr|opt|var|work)/",
    "a time": r"\b\d{2}:\d{2}:\d{2}\b(?!\.\d{6})|\b\d+(\.\d+)? ?(ms|seconds)\b",
    "a port": r"(localhost|127\.0\.0\.1):\d+",
    "an address in memory": r"\b0x[0-9a-f]{6,}",
    "a version": r"\b(Django|Python|PostgreSQL|drizzle-orm) \d+\.\d+",
    "a stack trace": r"Traceback \(most recent call last\)",
    "a line of an installed package": r"\bdjango/[\w/]+\.py:\d+",
}


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def shows(source: str) -> bool:
    """Whether a cell ends in something that is displayed: a magic of ours, an expression, a print."""
    if SHOWING_MAGIC.match(source):
        return True
    statements = ast.parse("\n".join(line for line in source.split("\n") if not line.startswith("%"))).body
    if any(isinstance(node, ast.Name) and node.id == "print" for node in ast.walk(ast.Module(statements, []))):
        return True
    last = statements[-1] if statements else None
    return isinstance(last, ast.Expr) and not ast.unparse(last).endswith(".close()")


def texts(cell: Any) -> list[str]:
    outputs = [output.get("data", {"text/plain": output.get("text", "")}) for output in cell.outputs]
    return [str(text) for data in outputs for text in data.values()]


def test_the_notebooks_are_there() -> None:
    assert [path.name for path in NOTEBOOKS] == [
        "00_tour.ipynb",
        "01_models.ipynb",
        "02_querysets.ipynb",
        "03_permissions.ipynb",
        "04_equivalence.ipynb",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_that_shows_something_has_its_output_stored(path: Path) -> None:
    missing = [cell.source for cell in code_cells(path) if shows(cell.source) and not cell.outputs]
    assert missing == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("what", CHANGING)
def test_no_output_holds_what_changes(path: Path, what: str) -> None:
    found = [hit[0] for cell in code_cells(path) for text in texts(cell) for hit in re.finditer(CHANGING[what], text)]
    assert found == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_as_the_command_writes_them(path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    assert cleaned(nbformat.from_dict(stored)) == stored
    assert stored.metadata == KEPT_METADATA


def test_cleaning_leaves_only_what_is_the_same_everywhere() -> None:
    notebook = nbformat.v4.new_notebook(
        metadata={"widgets": {}, "language_info": {"name": "python", "version": "3.11.7"}}
    )
    cell = nbformat.v4.new_code_cell("x", metadata={"execution": {"started": "now"}, "tags": ["kept"]})
    data = {"text/plain": "Explorer", WIDGET_VIEW: {"model_id": "random"}}
    cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
    notebook.cells = [cell]
    clean = cleaned(notebook)
    assert clean.metadata == KEPT_METADATA
    assert clean.cells[0].metadata == {"tags": ["kept"]}
    assert clean.cells[0].outputs[0].data == {"text/plain": "Explorer"}
