"""Builds a real project in a folder of its own: source at a fixed commit, and a virtual environment for it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RECIPES = Path(__file__).with_name("projects.toml")


@dataclass(frozen=True)
class Recipe:
    """How a project is obtained and installed; see projects.toml."""

    name: str
    repository: str
    commit: str
    folder: str
    settings: str
    install: list[str] = field(default_factory=list)
    requirements: str = ""
    dependency_group: str = ""
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Built:
    """A project that can be opened."""

    recipe: Recipe
    path: Path
    python: Path


def recipes() -> list[Recipe]:
    """All projects of projects.toml."""
    return [Recipe(name, **entry) for name, entry in tomllib.loads(RECIPES.read_text()).items()]


def build(recipe: Recipe, root: Path, mirror: Path | None) -> Built:
    """The project below ``root``; what is already there is used. ``mirror`` holds snapshots as bare repositories."""
    source = root / "src" / recipe.repository.partition("/")[2]
    fallback = root / "src" / recipe.name
    source = fallback if fallback.is_dir() else source
    python = root / "venvs" / recipe.name / "bin" / "python"
    if not source.is_dir():
        _check_out(recipe, source, mirror)
    if not python.is_file():
        _install(recipe, source, python)
    return Built(recipe, source / recipe.folder, python)


def _check_out(recipe: Recipe, source: Path, mirror: Path | None) -> None:
    snapshot = mirror / recipe.repository.replace("/", "+") / "repo" if mirror else None
    if snapshot and snapshot.is_dir():
        _extract(snapshot, recipe.commit, source)
    else:
        _run("git", "clone", "-q", f"https://github.com/{recipe.repository}", str(source))
        _run("git", "-C", str(source), "checkout", "-q", recipe.commit)


def _extract(snapshot: Path, commit: str, source: Path) -> None:
    """Writes a commit's files; a snapshot may lack its largest ones, which no model needs."""
    listed = _output("git", f"--git-dir={snapshot}", "ls-tree", "-r", "-z", commit)
    for entry in filter(None, listed.split(b"\0")):
        meta, path = entry.split(b"\t", 1)
        mode, kind, blob = meta.decode().split()
        if kind == "blob":
            _write(source / path.decode(), mode, blob, snapshot)


def _write(target: Path, mode: str, blob: str, snapshot: Path) -> None:
    found = subprocess.run(["git", f"--git-dir={snapshot}", "cat-file", "blob", blob], capture_output=True)
    if found.returncode:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if mode == "120000":
        target.symlink_to(found.stdout.decode())
    else:
        target.write_bytes(found.stdout)


def _install(recipe: Recipe, source: Path, python: Path) -> None:
    _run(sys.executable, "-m", "venv", str(python.parent.parent))
    pip = [str(python), "-m", "pip", "install", "-q", "--prefer-binary"]
    _run(*pip, "-U", "pip", "wheel", "setuptools<81")
    _run(*pip, *_requirements(recipe, source))


def _requirements(recipe: Recipe, source: Path) -> list[str]:
    if recipe.requirements:
        lines = (source / recipe.requirements).read_text().splitlines()
        found = [line.split(";")[0].split(" --hash")[0].strip() for line in lines]
        return [line for line in found if line and not line.startswith(("-", "#"))]
    if recipe.dependency_group:
        groups: dict[str, Any] = tomllib.loads((source / "pyproject.toml").read_text())["dependency-groups"]
        return list(groups[recipe.dependency_group])
    return [entry.replace("{source}", str(source)) for entry in recipe.install]


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def _output(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout
