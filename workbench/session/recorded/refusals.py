"""Recorded tables that the scratch server cannot build (an extension it lacks, a type): they go, the others stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.diagnostic import Diagnostic, WorkbenchError
from workbench.session.backends import Backend
from workbench.session.querysets.statements import table_of
from workbench.session.recorded.schema import RecordedSchema

_CODE = "ddl-refused"


def accepted(schema: RecordedSchema, backend: Backend[Any]) -> tuple[RecordedSchema, dict[str, Diagnostic]]:
    """The schema without what is refused, and why by the identity of each model left out.

    A table that needs one of these goes with it. WorkbenchError where the refused statement names no table.
    """
    refused: dict[str, Diagnostic] = {}
    while True:
        try:
            backend.create(schema.tables(backend).all).drop()
        except WorkbenchError as error:
            lost = _lost(schema, error)
            refused.update(dict.fromkeys(lost, error.diagnostics[0]))
            kept = {table: model for table, model in schema.models.items() if model.id not in lost}
            schema = replace(schema, models=kept)
        else:
            return schema, refused


def _lost(schema: RecordedSchema, error: WorkbenchError) -> set[str]:
    """The model of the refused statement, and those whose keys lead to it."""
    found = error.diagnostics[0]
    table = table_of(found.thing) if found.code == _CODE else None
    if table is None or table not in schema.models:
        raise error
    lost = {schema.models[table].id}
    while more := {model.id for model in schema.models.values() if lost & set(model.needs)} - lost:
        lost |= more
    return lost
