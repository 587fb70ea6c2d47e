"""Relations to many: the rows that hang on an object."""

from __future__ import annotations

import ast

from workbench.inspection.records import FieldRecord
from workbench.policies.references import Anchor, Rows, Thing
from workbench.policies.scope import Scope, unknown


def all_rows(label: str, scope: Scope) -> Rows:
    """All rows of a model."""
    row = scope.row()
    return Rows(Thing(label, (), row), row, None)


def related(base: Thing, field: FieldRecord | str, node: ast.AST, scope: Scope) -> Rows:
    """The rows behind a reverse accessor, or those of a many-to-many relation."""
    label, link, target = hop(base.model, field, node, scope)
    row = scope.row()
    element = element_of(label, row, target)
    if not scope.models.plain_rows(element.model):
        raise unknown(node, "goes through a manager of the project, which may hide rows")
    return Rows(element, row, Anchor(label, link.name, base.model, base.through, base.root))


def element_of(label: str, row: str, target: FieldRecord | None) -> Thing:
    """What a row stands for: itself, or what it refers to in a many-to-many relation."""
    if target is None or target.relation is None:
        return Thing(label, (), row)
    return Thing(target.relation.to, (target.name,), row, False, target, label)


def hop(
    label: str, field: FieldRecord | str, node: ast.AST, scope: Scope
) -> tuple[str, FieldRecord, FieldRecord | None]:
    """The model whose rows refer to ``label`` here, its link, and the link onwards for many-to-many relations."""
    models = scope.models
    if not isinstance(field, str):
        return _ends(field, node, scope)
    found = models.referring(label, field)
    if found is not None:
        return found[0], found[1], None
    many = models.referring(label, field, "m2m")
    if many is None:
        raise unknown(node, f"is no field of {label}")
    through, source, target = _ends(many[1], node, scope)
    return through, target, source


def _ends(field: FieldRecord, node: ast.AST, scope: Scope) -> tuple[str, FieldRecord, FieldRecord]:
    """The through model of a many-to-many field, its key to the model that has the field, and the other."""
    relation, models = field.relation, scope.models
    assert relation is not None
    if not relation.through or not relation.through_source or not models.has(relation.through):
        raise unknown(node, "is a relation without a translation")
    source = models.field(relation.through, relation.through_source)
    target = models.field(relation.through, relation.through_target or "")
    if source is None or target is None or source.null or target.null:
        raise unknown(node, "is a relation without a translation")
    return relation.through, source, target
