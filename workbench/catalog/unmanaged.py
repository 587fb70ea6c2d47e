"""Tables of unmanaged models: somebody else's DDL makes them, so this is what their models say of them.

Columns, types, NOT NULL and the primary key are the model's claims; no other constraint is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from workbench.catalog.from_inspection import owners
from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import FieldRecord, Inspection, ModelRecord


def unmanaged_models(inspection: Inspection) -> Iterator[ModelRecord]:
    """The models whose table nobody else's model owns."""
    return (model for model in owners(inspection.models).values() if not model.managed and _columns(model))


def unmanaged_statements(inspection: Inspection) -> tuple[str, ...]:
    """A CREATE TABLE for each, to run after Django's own statements."""
    return tuple(_create(model) for model in unmanaged_models(inspection))


def unmanaged_diagnostics(inspection: Inspection) -> tuple[Diagnostic, ...]:
    """What is assumed of each."""
    fact = (
        "unmanaged: Django does not make this table; it is taken as the model describes it, without other constraints"
    )
    return tuple(
        Diagnostic(
            "catalog-unmanaged", model.origin or Origin(model.label), model.label, fact, "", Fidelity.APPROXIMATE
        )
        for model in unmanaged_models(inspection)
    )


def _columns(model: ModelRecord) -> list[FieldRecord]:
    return [field for field in model.fields if field.column is not None and field.db_type is not None]


def _create(model: ModelRecord) -> str:
    keys = dict.fromkeys(str(field.column) for field in _columns(model) if field.name in model.primary_key)
    claims: dict[str, list[FieldRecord]] = {}
    for field in _columns(model):
        claims.setdefault(str(field.column), []).append(field)
    lines = [_column(column, fields) for column, fields in claims.items()]
    if keys:
        lines.append(f"PRIMARY KEY ({', '.join(map(_name, keys))})")
    return f"CREATE TABLE {_name(model.table)} ({', '.join(lines)})"


def _column(column: str, fields: list[FieldRecord]) -> str:
    """A column as the first of its fields has it (Django checks only installed models for two); NULL where any has."""
    nullable = any(field.null for field in fields)
    return f"{_name(column)} {fields[0].db_type}{'' if nullable else ' NOT NULL'}"


def _name(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql("postgres")
