"""The Drizzle schema of a project, checked for real: migrated by drizzle-kit, and compared with Django's database."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbench.catalog import parity
from workbench.catalog.table import Catalog
from workbench.runtime.node import NodeWorker
from workbench.session.backends import Backend, ScratchDatabase
from workbench.session.tables.django_tables import DjangoTables
from workbench.targets.drizzle.push import PushStatement, explain_push
from workbench.targets.drizzle.supplement import after_statements
from workbench.targets.rendering import Rendering
from workbench.verdict import Verdict


@dataclass(frozen=True)
class SchemaCheck:
    """Two real databases compared: Django's own, and the one drizzle-kit and our supplement make."""

    django: Catalog
    drizzle: Catalog
    migration: tuple[str, ...]
    verdicts: Mapping[str, Verdict]


class SchemaChecks:
    """The checks of one rendering; both databases are made once, and made again where their server was lost."""

    def __init__(self, rendering: Rendering, tables: DjangoTables, backend: Backend[Any], worker: NodeWorker) -> None:
        self.rendering, self._tables, self._backend, self._worker = rendering, tables, backend, worker
        self._pair: tuple[ScratchDatabase, ScratchDatabase] | None = None

    @cached_property
    def key(self) -> str:
        """The worker's name for these modules; CodeError where they do not load."""
        return self._worker.load(typescript_files(self.rendering), self._backend.dialect)

    @cached_property
    def migration(self) -> tuple[str, ...]:
        """drizzle-kit's own migration."""
        return self._worker.migrate(self.key)

    @cached_property
    def parity(self) -> SchemaCheck:
        """A verdict a table, from what the databases themselves say of it."""
        django, drizzle = map(self._backend.read, self._databases())
        known = {table.name: table for table in (*drizzle.tables, *django.tables)}
        differences = parity.compare(django, drizzle)
        verdicts = {name: parity.verdict(known[name], found) for name, found in differences.items()}
        return SchemaCheck(django, drizzle, self.migration, verdicts)

    @cached_property
    def push(self) -> tuple[PushStatement, ...]:
        """What drizzle-kit would still run if it were pointed at Django's database, each with the reason."""
        left, right = (self._worker.push_diff(self.key, base.node_settings()) for base in self._databases())
        return explain_push(left, right)

    def close(self) -> None:
        """Drops both databases."""
        for database in self._pair or ():
            database.drop()
        self._pair = None

    def _databases(self) -> tuple[ScratchDatabase, ScratchDatabase]:
        if self._pair is None or not all(database.alive for database in self._pair):
            with ThreadPoolExecutor(1) as beside:  # Django's database is made while drizzle-kit works
                django = beside.submit(self._backend.create, self._tables.all)
                ours = (*self._tables.scratch_before, *self.migration, *after_statements(self.rendering))
                self._pair = django.result(), self._backend.create(ours)
        return self._pair


def typescript_files(rendering: Rendering) -> dict[str, str]:
    """The modules of a rendering, by path."""
    return {artifact.path: artifact.text for artifact in rendering.artifacts if artifact.language == "typescript"}
