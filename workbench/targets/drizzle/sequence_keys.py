"""Which columns hold values of a sequence: automatic keys, and the foreign keys that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.inspection.records import FieldRecord, ModelRecord

_AUTOMATIC = {"AutoField", "BigAutoField", "SmallAutoField"}


def sequence_keys(models: Sequence[ModelRecord]) -> frozenset[tuple[str, str]]:
    """(table, column) of every such column."""
    by_label = {model.label: model for model in models}
    return frozenset(
        (model.table, field.column)
        for model in models
        for field in model.fields
        if field.column is not None and _is_sequence_key(field, by_label, frozenset())
    )


def _is_sequence_key(field: FieldRecord, by_label: dict[str, ModelRecord], seen: frozenset[tuple[str, str]]) -> bool:
    if field.kind in _AUTOMATIC:
        return True
    relation = field.relation
    if relation is None or relation.kind not in ("fk", "o2o") or relation.to not in by_label:
        return False
    target = _target(by_label[relation.to], relation.to_field)
    step = (relation.to, target.name) if target else ("", "")
    return target is not None and step not in seen and _is_sequence_key(target, by_label, seen | {step})


def _target(model: ModelRecord, to_field: str | None) -> FieldRecord | None:
    wanted = to_field or (model.primary_key[0] if model.primary_key else None)
    return next((field for field in model.fields if field.name == wanted), None)
