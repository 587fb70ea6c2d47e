"""``workbench lab``: JupyterLab on the tour, or on a fresh notebook for a project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import nbformat
import platformdirs
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from workbench.project import find_project

PACKAGE = Path(__file__).parent.parent
DATABASE_URL = "WORKBENCH_DATABASE_URL"  # the variable that hands it to the kernels
QUIET = ("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",)
CONFIGURATION = Path(__file__).parent / "jupyter"  # without JupyterLab's question whether to fetch its news


def start(project: str | None, *, options: Mapping[str, str | None], browser: bool = True) -> int:
    """Runs JupyterLab until it ends; its exit code. Nothing is written into the project's folder."""
    notebook = tour() if project is None else notebook_for(Path(project), options)
    root = ["--allow-root"] if os.geteuid() == 0 else []  # containers; the user's choice was made before us
    # not "jupyter lab": that runs the first jupyter-lab on PATH, with the packages of another environment
    command = [sys.executable, "-m", "jupyterlab", *_at(notebook), *QUIET, *root]
    return subprocess.call(command if browser else [*command, "--no-browser"], env=_configured())


def _at(notebook: Path) -> list[str]:
    """Options under which the address that the server prints is the notebook's: without a browser one copies that."""
    return [f"--ServerApp.root_dir={notebook.parent}", f"--LabApp.default_url=/lab/tree/{quote(notebook.name)}"]


def _configured() -> dict[str, str]:
    """Our environment with our configuration of JupyterLab behind the user's own."""
    paths = [os.environ.get("JUPYTER_CONFIG_PATH"), str(CONFIGURATION)]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def tour() -> Path:
    """The tour notebook: of the clone this package lies in, else a copy of the installed one in the user's folder."""
    for root in (PACKAGE.parent, _installed_tour()):
        if (root / "notebooks" / "00_tour.ipynb").is_file() and (root / "sample_projects").is_dir():
            return root / "notebooks" / "00_tour.ipynb"
    raise FileNotFoundError("this installation holds no tour notebook")


def _installed_tour() -> Path:
    packed, target = PACKAGE / "tour", user_folder() / "tour"
    if packed.is_dir() and not target.is_dir():
        shutil.copytree(packed, target)
    return target


def user_folder() -> Path:
    """Where notebooks that we write live: the user's data folder."""
    return Path(platformdirs.user_data_dir("django-drizzle-workbench", appauthor=False))


def notebook_for(path: Path, options: Mapping[str, str | None]) -> Path:
    """A notebook that opens the project; one that is already there is kept, with the user's work in it."""
    project = find_project(path, python=options.get("python"), settings=options.get("settings"))
    name = re.sub(r"[^\w.-]+", "_", project.root.name) or "project"
    kind = "_with_database" if DATABASE_URL in os.environ else ""
    target = user_folder() / "notebooks" / f"{name}{kind}.ipynb"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(nbformat.writes(project_notebook(path.resolve(), options)), encoding="utf-8")
    return target


def project_notebook(path: Path, options: Mapping[str, str | None]) -> nbformat.NotebookNode:
    """The first cells that one would type for this project."""
    given = {name: value for name, value in options.items() if name in ("python", "settings", "dialect") and value}
    own = [f'database_url=os.environ["{DATABASE_URL}"]'] if DATABASE_URL in os.environ else []
    arguments = ", ".join([repr(str(path)), *(f"{name}={value!r}" for name, value in given.items()), *own])
    imports = "import os\n\nimport workbench as wb" if own else "import workbench as wb"
    cells = [
        new_markdown_cell(f"# {path.name}\n\nOpening a project runs its code; its database is never written to."),
        new_code_cell(f"{imports}\n%load_ext workbench\nproject = wb.open({arguments})\nproject"),
        new_code_cell("project.models"),
        new_code_cell("project.permissions"),
        new_code_cell("project.explore()"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})
