"""Opening a project: the public ``open``, and the processes that all sessions of this interpreter share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.client import Agent
from workbench.project import find_project
from workbench.runtime.node import NodeWorker
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
    ``database_url``: a database of your own to run queries on. WorkbenchError says what is missing and what to do.
    """
    if database_url is not None:
        raise _not_yet("--database-url", "this version runs queries on generated data in a database of its own only")
    project = find_project(path, python=python, settings=settings, env=env)
    opened = Workbench(
        project, Agent(project, dialect=dialect, setup_timeout=timeout), server, worker, checker, dialect
    )
    _ = opened.inspection  # a project that does not load says so here, not at some later display
    return opened


def _not_yet(option: str, fact: str) -> WorkbenchError:
    """An option that names something this version cannot do; it is never left unheeded."""
    return WorkbenchError(Diagnostic("not-supported", Origin(option), option, fact, "Leave it out.", Fidelity.ERROR))
