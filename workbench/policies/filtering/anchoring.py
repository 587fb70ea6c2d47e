"""What the rows of a whole model hang on: the object that a foreign key of theirs is compared with."""

from __future__ import annotations

import ast
from dataclasses import replace

from workbench.policies.condition import Missing
from workbench.policies.filtering.joins import FilterCall
from workbench.policies.operands import attribute_of, key_column
from workbench.policies.reasoning import negated
from workbench.policies.references import Anchor, Column, Lineage, Reference, Rows, Thing
from workbench.policies.scope import Scope, unknown


def anchored(name: str, value: ast.expr, call: FilterCall) -> Rows | None:
    """Rows of a whole model hang on the object that a foreign key of theirs is compared with."""
    rows, scope = call.rows, call.scope
    name, _, lookup = name.partition("__")
    link = scope.models.field(rows.element.model, name)
    if rows.anchor or rows.itself or rows.element.through or link is None:
        return None
    if link.primary_key and lookup in ("", "exact"):
        return _itself(rows, scope.resolve(value))
    if link.relation is None or link.relation.kind not in ("fk", "o2o"):
        return None
    reference = scope.resolve(value)
    if isinstance(reference, Lineage) and lookup == "in" and reference.start.model == link.relation.to:
        anchor = Anchor(rows.element.model, link.name, reference.start.model, (), reference.row)
        return replace(rows, anchor=anchor, above=(reference,))
    if isinstance(reference, Column) and lookup in ("", "exact") and name == link.attname:
        reference = _pointed(reference, scope)
    if isinstance(reference, Column) and lookup in ("", "exact", "id", "pk") and reference.field.primary_key:
        reference = Thing(reference.model, reference.through, reference.root)
    if not isinstance(reference, Thing) or reference.model != link.relation.to:
        return None
    if lookup not in ("", "exact", "id", "pk"):
        return None
    anchor = Anchor(rows.element.model, link.name, reference.model, reference.through, reference.root)
    if not reference.maybe:
        return replace(rows, anchor=anchor)
    if link.null:
        raise unknown(value, "may be None: then rows without one are meant")
    key = attribute_of(key_column(reference, value, scope), value, scope)
    return replace(rows, anchor=anchor, given=(*rows.given, negated(Missing(key))))


def _itself(rows: Rows, value: Reference) -> Rows | None:
    """``Model.objects.filter(pk=thing.pk)``: the object itself."""
    if isinstance(value, Column) and value.field.primary_key:
        value = Thing(value.model, value.through, value.root)
    if not isinstance(value, Thing) or value.model != rows.element.model or value.maybe:
        return None
    return replace(rows, itself=value)


def _pointed(column: Column, scope: Scope) -> Reference:
    """What a foreign key's column points at."""
    relation = column.field.relation
    if relation is None:
        return column
    through = (*column.through, column.field.name)
    return Thing(relation.to, through, column.root, column.field.null, column.field, column.model)
