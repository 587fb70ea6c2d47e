"""Opening a project: the public ``open``, and the processes that all sessions of this interpreter share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from workbench.catalog.table import Dialect
from workbench.inspection.client import Agent
from workbench.project import find_project
from workbench.runtime.node import NodeWorker
from workbench.runtime.own_database import own_database
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import TypeChecker
from workbench.session.workbench import Workbench

server = cache(PostgresServer)
worker = cache(NodeWorker)
checker = cache(TypeChecker)


def open(
    path: str | os.PathLike[str],
    *,
    python: str | os.PathLike[str] | None = None,
    settings: str | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
    dialect: Dialect = "postgres",
    database_url: str | None = None,
) -> Workbench:
    """Opens a Django project, which runs its code (as ``manage.py check`` does); its database is not even connected to.

    ``python`` and ``settings`` are found where not given; ``env`` adds environment variables for the project alone;
    ``timeout`` is for ``django.setup()``, in seconds; ``dialect``: the database that the project is read for.
    ``database_url``: a database of your own, to compare its tables and the rows of queries; it is only read, in a
    transaction that is rolled back. WorkbenchError says what is missing and what to do.
    """
    own = own_database(database_url, dialect) if database_url is not None else None
    project = find_project(path, python=python, settings=settings, env=env)
    opened = Workbench(
        project, Agent(project, dialect=dialect, setup_timeout=timeout), server, worker, checker, dialect, own
    )
    _ = opened.inspection  # a project that does not load says so here, not at some later display
    return opened
