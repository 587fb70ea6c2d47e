"""Where tools keep a project's virtual environment: beside it, named by a variable, or in a cache of their own."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

_NAMES = (".venv", "venv", "env")


def candidates(root: Path, folder: Path) -> Iterator[Path]:
    """Interpreters that belong to the project, most specific first."""
    for find in (_beside, _uv, _pdm, _poetry, _pipenv, _activated):
        yield from (python for place in find(root, folder) if (python := python_of(place)))


def python_of(environment: Path) -> Path | None:
    """The interpreter of a virtual environment's folder, or the interpreter itself."""
    if environment.is_file():
        return environment
    python = environment / "bin" / "python"
    return python if python.exists() else None


def has_django(python: Path) -> bool:
    """Whether Django lies in the environment's site-packages, or is linked there for development."""
    sites = list(python.parent.parent.glob("lib/python3*/site-packages"))
    linked = ("django/__init__.py", "__editable__*django-[0-9]*", "Django.egg-link", "*django*.pth")
    return any(next(site.glob(pattern), None) for site in sites for pattern in linked)


def _beside(root: Path, folder: Path) -> Iterator[Path]:
    for place in dict.fromkeys((folder, root, folder.parent, root.parent)):
        yield from (place / name for name in _NAMES if (place / name / "pyvenv.cfg").is_file())


def _uv(root: Path, folder: Path) -> Iterator[Path]:
    if named := os.environ.get("UV_PROJECT_ENVIRONMENT"):
        yield root / named


def _pdm(root: Path, folder: Path) -> Iterator[Path]:
    for place in (folder, root):
        if (place / ".pdm-python").is_file():
            yield Path((place / ".pdm-python").read_text().strip())


def _poetry(root: Path, folder: Path) -> Iterator[Path]:
    """Poetry names an environment by the project's name and a hash of its folder."""
    home = os.environ.get("POETRY_CACHE_DIR")
    caches = [home] if home else ["~/.cache/pypoetry", "~/Library/Caches/pypoetry"]
    places = [os.environ.get("POETRY_VIRTUALENVS_PATH"), *(f"{cache}/virtualenvs" for cache in caches)]
    for base in (folder, root, root.parent):
        if (base / "pyproject.toml").is_file() and (name := _poetry_name(base)):
            for place in filter(None, places):
                yield from sorted(Path(place).expanduser().glob(f"{name}-py3*"), reverse=True)


def _poetry_name(base: Path) -> str | None:
    document = tomllib.loads((base / "pyproject.toml").read_text("utf-8"))
    name = document.get("tool", {}).get("poetry", {}).get("name") or document.get("project", {}).get("name")
    digest = hashlib.sha256(os.path.normcase(os.path.realpath(base)).encode()).digest()
    key = base64.urlsafe_b64encode(digest).decode()[:8]
    return re.sub(r'[ $`!*@"\\\r\n\t]', "_", name.lower())[:42] + f"-{key}" if name else None


def _pipenv(root: Path, folder: Path) -> Iterator[Path]:
    """Pipenv writes the project's folder into its environment's ``.project``."""
    home = Path(os.environ.get("WORKON_HOME", "~/.local/share/virtualenvs")).expanduser()
    for marker in sorted(home.glob("*/.project")):
        if Path(marker.read_text().strip()) in (root, folder):
            yield marker.parent


def _activated(root: Path, folder: Path) -> Iterator[Path]:
    if named := os.environ.get("VIRTUAL_ENV"):
        yield Path(named)
