"""What a project's files say about how it is started. They are read, never run."""

from __future__ import annotations

import ast
import configparser
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from workbench import environments

_SKIPPED = {"node_modules", "site-packages", "__pycache__", "migrations", "build", "dist"}
_DEEPEST_MANAGE = 2  # folders below the opened one: src/, backend/app/
_DEEPEST_SETTINGS = 4


@dataclass(frozen=True)
class Started:
    """What manage.py, or wsgi.py and asgi.py, set before Django starts: settings module, variables, import paths."""

    settings: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


def manage_files(root: Path) -> list[Path]:
    """The manage.py files nearest to the root; several are as many projects."""
    found = [path for path in _python_files(root, _DEEPEST_MANAGE) if path.name == "manage.py"]
    nearest = min((len(path.parts) for path in found), default=0)
    return [path for path in found if len(path.parts) == nearest]


def started_by(file: Path | None) -> Started:
    """Constants that a start file puts into ``os.environ`` and ``sys.path``."""
    tree = _tree(file) if file else None
    if tree is None or file is None:
        return Started()
    variables: dict[str, list[str]] = {}
    for name, value in _environment_writes(tree):
        variables.setdefault(name, []).append(value)
    settings = tuple(dict.fromkeys(variables.pop("DJANGO_SETTINGS_MODULE", [])))
    places = tuple(text for text in _path_constants(tree) if (file.parent / text).is_dir())
    return Started(settings, {name: values[0] for name, values in variables.items()}, places)


def source_paths(root: Path, folder: Path, started: Started) -> tuple[Path, ...]:
    """sys.path entries: the folder of manage.py, what manage.py adds, the root, and ``src`` beside either."""
    added = [(folder / text).resolve() for text in started.paths]
    layout = [place / "src" for place in (folder, root) if (place / "src").is_dir()]
    return tuple(dict.fromkeys([folder, *added, *layout, root]))


def settings_modules(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Dotted names of the modules that assign INSTALLED_APPS, or import all of one that does, shortest first."""
    texts = {file: _text(file) for file in _python_files(paths[-1], _DEEPEST_SETTINGS) if _is_settings_name(file)}
    full = {file for file, text in texts.items() if re.search(r"^INSTALLED_APPS\s*(:[^=]+)?=", text, re.M)}
    layered = {file for file, text in texts.items() if re.search(r"^from \.\w* import \*", text, re.M)}
    leaves = {file for file in layered if any(other.parent == file.parent for other in full)}
    names = [dotted for file in (leaves or full) if (dotted := _dotted(file, paths))]
    return tuple(sorted(names, key=lambda name: (name.count("."), name)))


def configured_settings(root: Path, paths: tuple[Path, ...]) -> tuple[str, ...]:
    """What pytest's configuration, wsgi.py or asgi.py names, the first source that names any."""
    for named in (_pytest_settings(root), _server_settings(paths)):
        if named:
            return named
    return ()


def interpreter(root: Path, folder: Path) -> Path:
    """The first known environment of the project that has Django, else ours if it has, else the first at all."""
    candidates = list(dict.fromkeys(environments.candidates(root, folder)))
    with_django = [python for python in candidates if environments.has_django(python)]
    if with_django or (candidates and find_spec("django") is None):
        return (with_django or candidates)[0]
    return Path(sys.executable)


def python_of(environment: Path) -> Path | None:
    """The interpreter of a virtual environment's folder."""
    return environments.python_of(environment)


def _is_settings_name(file: Path) -> bool:
    return "settings" in file.stem or file.parent.name in ("settings", "config", "conf")


def _python_files(root: Path, depth: int) -> Iterator[Path]:
    for name, folders, files in os.walk(root):
        here = Path(name)
        folders[:] = sorted(f for f in folders if len(here.relative_to(root).parts) < depth and not _foreign(here / f))
        yield from (here / file for file in sorted(files) if file.endswith(".py"))


def _foreign(folder: Path) -> bool:
    return folder.name in _SKIPPED or folder.name.startswith(".") or (folder / "pyvenv.cfg").is_file()


def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace")


def _tree(file: Path) -> ast.Module | None:
    """None where the file does not parse: loading the project says so with the line."""
    try:
        return ast.parse(_text(file))
    except SyntaxError:
        return None


def _environment_writes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(name, value) of ``os.environ.setdefault("A", "b")`` and ``os.environ["A"] = "b"``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="environ"), attr="setdefault"),
                args=[ast.Constant(value=str(name)), ast.Constant(value=str(value))],
            ):
                yield name, value
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name)))],
                value=ast.Constant(value=str(value)),
            ):
                yield name, value


def _path_constants(tree: ast.Module) -> Iterator[str]:
    """Texts inside ``sys.path.append(…)`` and ``sys.path.insert(…)``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="path"), attr="append" | "insert"), args=args):
                constants = (part for argument in args for part in ast.walk(argument) if isinstance(part, ast.Constant))
                yield from (text for part in constants if isinstance(text := part.value, str) and _is_relative(text))


def _is_relative(text: str) -> bool:
    return text not in ("", ".") and not text.startswith("/")


def _dotted(file: Path, paths: tuple[Path, ...]) -> str | None:
    """The module's name from the longest path that holds it."""
    holders = [path for path in paths if file.is_relative_to(path)]
    if not holders:
        return None
    parts = file.relative_to(max(holders, key=lambda path: len(path.parts))).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def _pytest_settings(root: Path) -> tuple[str, ...]:
    toml = root / "pyproject.toml"
    if toml.is_file():
        tools = tomllib.loads(_text(toml)).get("tool", {})
        options = tools.get("pytest", {}).get("ini_options", {})
        if found := _from_options(options):
            return found
    for name, section in (("pytest.ini", "pytest"), ("setup.cfg", "tool:pytest"), ("tox.ini", "pytest")):
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read(root / name, encoding="utf-8")
        if parser.has_section(section) and (found := _from_options(dict(parser[section]))):
            return found
    return ()


def _from_options(options: dict[str, object]) -> tuple[str, ...]:
    named = options.get("DJANGO_SETTINGS_MODULE")
    added = re.search(r"--ds[= ](\S+)", str(options.get("addopts", "")))
    found = str(named) if named else added[1] if added else None
    return (found,) if found else ()


def _server_settings(paths: tuple[Path, ...]) -> tuple[str, ...]:
    files = [file for file in _python_files(paths[-1], _DEEPEST_SETTINGS) if file.name in ("wsgi.py", "asgi.py")]
    return tuple(dict.fromkeys(name for file in files for name in started_by(file).settings))
