"""A PostgreSQL driver for interpreters that have none: without one Django cannot even compile a query."""

import ctypes.util
import importlib
import sys
from importlib.util import find_spec

from .failing import AgentError


def lend(folder, libpq, needed):
    """Appends our pure-Python psycopg (never before the project's own packages) and says where its libpq lies.

    Also for SQLite, where ``django.contrib.postgres`` may be imported; only PostgreSQL cannot do without (``needed``).
    """
    _offer_libpq(libpq)
    if find_spec("psycopg2") is not None and find_spec("psycopg") is None:
        return
    if find_spec("psycopg") is None and folder and _django() >= (4, 2):
        sys.path.append(folder)
        importlib.invalidate_caches()
    if needed and (_django() < (4, 2) or find_spec("psycopg") is None):
        _missing()


def _missing():
    raise AgentError(
        "load-no-driver",
        "Django %d.%d needs psycopg2 to compile PostgreSQL queries, and the interpreter has none" % _django(),
        help="install psycopg2-binary into the project's interpreter, or open the project with dialect sqlite",
        thing="psycopg2",
    )


def _django():
    from django import VERSION

    return VERSION[:2]


def _offer_libpq(libpq):
    """psycopg looks for its library by ``find_library("pq")``: ours answers only where the system has none."""
    original = ctypes.util.find_library

    def find_library(name):
        return original(name) or (libpq if name in ("pq", "libpq") else None)

    ctypes.util.find_library = find_library
