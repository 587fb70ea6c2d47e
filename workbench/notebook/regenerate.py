"""``python -m workbench.notebook.regenerate notebooks/``: runs notebooks without a browser and stores their outputs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

TIMEOUT = 600  # seconds a cell may take; the first one may install the Node packages
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KEPT_METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}


def main(arguments: Sequence[str]) -> int:
    """Regenerates the named notebooks, and all notebooks of the named folders; 2 if there are none."""
    paths = [path for argument in arguments for path in notebooks(Path(argument))]
    for path in paths:
        sys.stderr.write(f"{path}\n")
        regenerate(path)
    return 0 if paths else 2


def notebooks(path: Path) -> list[Path]:
    """The notebook itself, or those of a folder by name."""
    return sorted(path.glob("*.ipynb")) if path.is_dir() else [path]


def regenerate(path: Path) -> None:
    """Runs the notebook in its own folder and writes it back with what is the same on every machine."""
    notebook = nbformat.read(path, as_version=4)
    context = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=TIMEOUT, resources=context, store_widget_state=False).execute()
    nbformat.write(cleaned(notebook), path)


def cleaned(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without times, versions, random ids and widget views, which are blank once the kernel is gone."""
    notebook.metadata = nbformat.from_dict(KEPT_METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.tags} if "tags" in cell.metadata else {})
        for output in cell.get("outputs", []):
            _without_views(output)
    return notebook


def _without_views(output: Any) -> None:
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
        output.metadata = nbformat.from_dict({})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
