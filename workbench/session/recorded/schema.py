"""The schemas of a recording: its tables, put together so that every statement has those it ran on.

Tests may define a model twice under one name; then one table has several forms, and one schema cannot hold them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workbench.catalog.from_inspection import read_catalog
from workbench.catalog.table import Catalog
from workbench.inspection.records import AppRecord, Inspection, Seconds
from workbench.queries.recording import RecordedModel, RecordedStatement, Recording
from workbench.session.backends import Backend
from workbench.session.tables.django_tables import DjangoTables, collations_in
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.schema import render_schema
from workbench.targets.rendering import Rendering


@dataclass
class RecordedSchema:
    """One form of each table, and the statements that ran on these."""

    recording: Recording
    dialect: str
    models: dict[str, RecordedModel] = field(default_factory=dict)  # by table
    statements: list[RecordedStatement] = field(default_factory=list)
    collations: set[str] = field(default_factory=set)  # that statements name
    extensions: set[str] = field(default_factory=set)  # that operators and functions of statements come from

    def takes(self, models: Iterable[RecordedModel]) -> bool:
        """Whether no table of theirs is here in another form."""
        return all(self.models.get(model.table, model).id == model.id for model in models)

    @property
    def identity(self) -> tuple[str, ...]:
        """Differs where the tables do."""
        return self.dialect, *sorted(model.id for model in self.models.values())

    @cached_property
    def inspection(self) -> Inspection:
        """What a project with these models would report."""
        models = [self.models[table].model for table in sorted(self.models)]
        apps = [AppRecord(app, app, app, "", True) for app in sorted({model.app for model in models})]
        return Inspection(
            django=self.recording.django,
            python=self.recording.python,
            settings=self.recording.settings,
            dialect=self.dialect,
            time_zone=self.recording.time_zone,
            use_tz=self.recording.use_tz,
            auth_user_model="",
            apps=apps,
            databases=[],
            models=models,
            permissions=[],
            call_sites=[],
            diagnostics=[],
            seconds=Seconds(0, 0),
        )

    @property
    def ddl(self) -> dict[str, Any]:
        """Django's statements, as the agent's ``ddl`` operation gives them."""
        models = [self.models[table] for table in sorted(self.models)]
        return {
            "statements": [
                {"table": model.table, "model": model.model.label, "sql": sql}
                for model in models
                for sql in model.statements
            ],
            "deferred": [sql for model in models for sql in model.deferred],
            "extensions": sorted(self.extensions | {name for model in models for name in model.extensions}),
            "collations": [],
            "named": sorted(self.collations),
            "diagnostics": [],
        }

    def tables(self, backend: Backend[Any]) -> DjangoTables:
        """The statements that build a scratch database."""
        return backend.fit(self.ddl, self.inspection)

    def catalog(self, tables: DjangoTables) -> Catalog:
        """The tables that these statements make."""
        return read_catalog(self.inspection, tables.statements)

    @cached_property
    def names(self) -> SchemaNames:
        """TypeScript's names of tables and columns."""
        return SchemaNames.of(self.inspection.models)

    def rendering(self, tables: DjangoTables) -> Rendering:
        """The Drizzle schema."""
        dialect = "sqlite" if self.dialect == "sqlite" else "postgres"
        return render_schema(self.inspection, self.catalog(tables), self.names, dialect, tables.before)  # type: ignore[arg-type]


# what a query may use of an extension without any column of it; one too many does no harm
_SIGNS = (
    ("pg_trgm", re.compile(r"%%>|<%%|<->| %% |\bSIMILARITY\(", re.IGNORECASE)),
    ("unaccent", re.compile(r"\bUNACCENT\(", re.IGNORECASE)),
)


def schemas_of(recording: Recording) -> tuple[RecordedSchema, ...]:
    """As few schemas as the forms of the tables allow, each statement in the first that has its tables."""
    schemas: list[RecordedSchema] = []
    for statement in recording.statements:
        models = tuple(_closure(recording, statement.models))
        schema = next((s for s in schemas if s.dialect == statement.dialect and s.takes(models)), None)
        if schema is None:
            schema = RecordedSchema(recording, statement.dialect)
            schemas.append(schema)
        schema.models.update({model.table: model for model in models})
        schema.statements.append(statement)
        schema.collations.update(collations_in(statement.sql))
        schema.extensions.update(name for name, sign in _SIGNS if sign.search(statement.sql))
    return tuple(schemas)


def _closure(recording: Recording, wanted: Iterable[str]) -> Iterator[RecordedModel]:
    """The models, and those that their keys lead to."""
    waiting, done = list(wanted), set[str]()
    while waiting:
        identity = waiting.pop()
        if identity not in done and identity in recording.models:
            done.add(identity)
            yield recording.models[identity]
            waiting += recording.models[identity].needs
