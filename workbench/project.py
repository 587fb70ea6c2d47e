"""Project: a Django project on disk, its interpreter, its settings module and its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench import discovery
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError


@dataclass(frozen=True)
class Project:
    """Where a project lies and how it is started; finding it runs none of its code.

    ``root`` is the folder that was opened (file names are shown relative to it), ``folder`` the one that holds
    manage.py: its code runs there. ``env`` is what its processes get beside our own environment.
    """

    root: Path
    folder: Path
    python: Path
    settings: str
    env: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()  # sys.path entries, the project's folder first
    settings_choices: tuple[str, ...] = ()  # settings modules found beside the chosen one

    @property
    def name(self) -> str:
        """The folder's name, for displays."""
        return self.root.name


def find_project(
    path: str | os.PathLike[str],
    *,
    python: str | os.PathLike[str] | None = None,
    settings: str | None = None,
    env: Mapping[str, str] | None = None,
) -> Project:
    """The project in a folder (or of a manage.py); WorkbenchError where there is none or the choice is the user's."""
    root = _root(Path(path))
    manage = _manage(root)
    folder = manage.parent if manage else root
    started = discovery.started_by(manage)
    variables = {**started.variables, **_dotenv(folder, root), **(env or {})}
    paths = discovery.source_paths(root, folder, started)
    choices = discovery.settings_modules(paths)
    return Project(
        root=root,
        folder=folder,
        python=_interpreter(root, folder, python),
        settings=settings or _settings(root, paths, started, variables, choices),
        env={name: value for name, value in variables.items() if name in (env or {}) or name not in os.environ},
        paths=paths,
        settings_choices=choices,
    )


def _root(path: Path) -> Path:
    root = path.expanduser().resolve()
    if root.is_file() and root.name == "manage.py":
        return root.parent
    if not root.is_dir():
        raise _error("project-not-found", path.name, "no such folder", "give the folder that holds manage.py")
    return root


def _manage(root: Path) -> Path | None:
    found = discovery.manage_files(root)
    if len(found) > 1:
        folders = ", ".join(str(file.parent.relative_to(root)) for file in found)
        raise _error("project-several", root.name, f"several projects: {folders}", "open the folder of one of them")
    return found[0] if found else None


def _dotenv(folder: Path, root: Path) -> dict[str, str]:
    """Variables of the .env files beside the project's root and its manage.py; the nearer one wins."""
    files = [place / ".env" for place in dict.fromkeys((root, folder)) if (place / ".env").is_file()]
    if not files:
        return {}
    from dotenv import dotenv_values

    merged = {name: value for file in files for name, value in dotenv_values(file).items()}
    return {name: value for name, value in merged.items() if value is not None}


def _interpreter(root: Path, folder: Path, chosen: str | os.PathLike[str] | None) -> Path:
    if chosen is not None:
        python = Path(chosen).expanduser().absolute()  # not resolved: a virtual environment's is a symbolic link
        python = discovery.python_of(python) or python
        if not python.is_file():
            help = "give the path of a python executable, or of a virtual environment's folder"
            raise _error("python-not-found", str(chosen), "no such interpreter", help)
        return python
    return discovery.interpreter(root, folder)


def _settings(
    root: Path,
    paths: tuple[Path, ...],
    started: discovery.Started,
    variables: Mapping[str, str],
    choices: tuple[str, ...],
) -> str:
    """The one settings module that the first source to name any names."""
    exists = [name for name in (os.environ.get(_VARIABLE), variables.get(_VARIABLE)) if name and _found(name, paths)]
    sources = (exists[:1], started.settings, discovery.configured_settings(root, paths), choices)
    for named in sources:
        usual = [name for name in named if "test" not in name.rpartition(".")[2]] or list(named)
        if len(usual) == 1:
            return usual[0]
        if usual:
            listed = ", ".join(usual)
            help = f'choose one: settings="{usual[0]}" (--settings {usual[0]})'
            raise _error("load-several-settings", root.name, f"several settings modules: {listed}", help)
    raise _error(
        "load-no-settings",
        root.name,
        "no Django project found: no manage.py, and no module that sets INSTALLED_APPS",
        'open the folder that holds manage.py, or name the settings module: settings="…" (--settings …)',
    )


_VARIABLE = "DJANGO_SETTINGS_MODULE"


def _found(module: str, paths: tuple[Path, ...]) -> bool:
    parts = module.split(".")
    places = [path.joinpath(*parts) for path in paths]
    return any(place.with_name(place.name + ".py").is_file() or (place / "__init__.py").is_file() for place in places)


def _error(code: str, thing: str, fact: str, help: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic(code, Origin(thing), thing, fact, help, Fidelity.ERROR))
