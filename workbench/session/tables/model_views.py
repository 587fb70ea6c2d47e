"""Puts each model beside its table: the pieces of the rendering, the statements and the verdict that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic
from workbench.display.sql_lines import sql_lines
from workbench.inspection.records import Inspection, ModelRecord
from workbench.session.querysets.statements import about
from workbench.session.tables.django_tables import DjangoTables
from workbench.session.tables.model import ModelView, ModelViews
from workbench.session.tables.schema import SchemaCheck
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.supplement import after_statements
from workbench.targets.rendering import Rendering


def model_views(
    inspection: Inspection,
    rendering: Rendering,
    names: SchemaNames,
    catalog: Catalog,
    tables: DjangoTables,
    check: SchemaCheck,
) -> ModelViews:
    """Every model of the inspection, proxies too: they show the table of the model they stand for."""
    notes = [*inspection.diagnostics, *tables.diagnostics, *rendering.diagnostics]
    views = {
        model.label: ModelView(
            record=model,
            table=catalog.table(model.table) if model.table in catalog else None,
            drizzle=table_source(rendering, names, model),
            sql=statements_text(about(tables.statements, model.table)),
            drizzle_sql=statements_text(about((*check.migration, *after_statements(rendering)), model.table)),
            verdict=check.verdicts.get(model.table),
            diagnostics=tuple(notes_about(model, notes)),
        )
        for model in inspection.models
    }
    return ModelViews(views, frozenset(app.label for app in inspection.apps if app.own))


def table_source(rendering: Rendering, names: SchemaNames, model: ModelRecord) -> str:
    """The statement that declares the model's table, cut out of its module; "" where it has none."""
    try:
        name, path = names.table(model.table), f"schema/{names.module(model.table)}.ts"
        text = rendering.artifact(path).text
    except KeyError:
        return ""
    found = re.search(
        rf"^export const {re.escape(name)} = .*?^\);$|^export const {re.escape(name)} = .*?;$", text, re.M | re.S
    )
    return found.group() if found else ""


def statements_text(statements: Sequence[str]) -> str:
    """Statements as one reads them: each on lines of its own, ended by a semicolon."""
    return "\n".join(sql_lines(statement.strip().removesuffix(";")) + ";" for statement in statements)


def notes_about(model: ModelRecord, notes: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that name the model, its class, or something in it."""
    prefixes = (model.label, model.class_name)
    return [note for note in notes if _within(note.place.name, prefixes) or _within(note.thing, prefixes)]


def _within(name: str, prefixes: tuple[str, str]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
