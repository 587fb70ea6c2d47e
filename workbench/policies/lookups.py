"""The arguments of ``filter()`` and ``exclude()`` as conditions of a row: what SQL says, in Python's terms."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import (
    Absent,
    Attribute,
    Condition,
    Every,
    Missing,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    Some,
    ViewerId,
)
from workbench.policies.gathering import among, exists
from workbench.policies.hops import element_of, hop
from workbench.policies.operands import attribute_of, comparable, key_column, nullable, operand_of
from workbench.policies.reasoning import FALSE, TRUE, either, every, mentions, negated, without
from workbench.policies.references import (
    Anchor,
    Column,
    Given,
    Known,
    Lineage,
    Quoted,
    Reference,
    Rows,
    Thing,
    Values,
    Viewer,
    ViewerGroups,
)
from workbench.policies.scope import Scope, unknown

_ORDERS: dict[str, Literal["<", "<=", ">", ">="]] = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_LOOKUPS = {"exact", "in", "isnull", *_ORDERS}
_Q = Known("django.db.models.query_utils.Q")
_F = Known("django.db.models.expressions.F")
_EXISTS = Known("django.db.models.expressions.Exists")


@dataclass
class _Call:
    """One call of ``filter()``: the rows that it joins (each path to many once, a negated one by itself)."""

    rows: Rows
    scope: Scope
    excluded: bool
    joined: dict[tuple[str, ...], Some] = field(default_factory=dict)

    def label(self, root: str) -> str:
        """The model of a row."""
        if root == self.rows.row:
            return self.rows.anchor.model if self.rows.element.through and self.rows.anchor else self.rows.element.model
        return next(some.model for some in self.joined.values() if some.row == root)

    def refuse_visitor(self) -> None:
        """Django raises where a visitor is a value."""
        self.rows = replace(self.rows, refuses_visitor=True)


def filtered(rows: Rows, node: ast.Call, excluded: bool, scope: Scope) -> Rows:
    """The rows that the call leaves."""
    scope = replace(scope, depth=scope.depth + 1)  # querysets among the arguments are about other rows
    call = _Call(rows, scope, excluded)
    parts = [_expression(part, call, scope, excluded) for part in node.args]
    for word in node.keywords:
        if word.arg is None:
            raise unknown(node)
        hung = None if excluded else _hung(word.arg, word.value, call)
        if hung is None:
            parts.append(_keyword(word.arg, word.value, call, scope, excluded))
        else:
            call.rows = hung
    whole = every(parts)
    where = [negated(whole)] if excluded else _quantified(whole, call)
    return replace(call.rows, where=(*call.rows.where, *where))


def _hung(name: str, value: ast.expr, call: _Call) -> Rows | None:
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


def _expression(node: ast.expr, call: _Call, scope: Scope, inverted: bool) -> Condition:
    """``Q(a=1) & ~Q(b=2)``, ``Exists(rows)``."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        sides = (_expression(node.left, call, scope, inverted), _expression(node.right, call, scope, inverted))
        return every(sides) if isinstance(node.op, ast.BitAnd) else either(sides)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return negated(_expression(node.operand, call, scope, True))
    if isinstance(node, ast.Call):
        function = scope.resolve(node.func)
        if function == _Q:
            return _q(node, call, scope, inverted)
        if function == _EXISTS and len(node.args) == 1:
            inner = scope.resolve(node.args[0])
            if isinstance(inner, Rows):
                return exists(inner, node, scope)
    quoted = scope.resolve(node)
    if isinstance(quoted, Quoted):
        return _expression(quoted.node, call, replace(scope, known=quoted.known, body=quoted.body), inverted)
    raise unknown(node)


def _q(node: ast.Call, call: _Call, scope: Scope, inverted: bool) -> Condition:
    parts = [_expression(part, call, scope, inverted) for part in node.args]
    for word in node.keywords:
        if word.arg is None:
            raise unknown(node)
        parts.append(_keyword(word.arg, word.value, call, scope, inverted))
    return every(parts)


def _keyword(name: str, value: ast.expr, call: _Call, scope: Scope, inverted: bool) -> Condition:
    """``members__user=user``."""
    *steps, lookup = name.split("__")
    if lookup not in _LOOKUPS or not steps:
        steps, lookup = [*steps, lookup], "exact"
    reference = _of_row(value, call, scope) or scope.resolve(value)
    place, some, guards = _walked(steps, value, call, inverted)
    if some is not None and (lookup == "isnull" or reference == Given(None)):
        if reference != Given(False):
            raise unknown(value, "asks for objects without such rows")
        return replace(some, where=TRUE)
    if isinstance(place, Thing) and place.key is None and not place.through and lookup == "exact":
        place = key_column(place, value, scope)
    condition = every((*guards, _looked_up(place, lookup, reference, value, call)))
    return replace(some, where=condition) if some is not None and inverted else condition


def _of_row(value: ast.expr, call: _Call, scope: Scope) -> Reference | None:
    """``F("field")`` of the row itself."""
    if not isinstance(value, ast.Call) or len(value.args) != 1 or not isinstance(value.args[0], ast.Constant):
        return None
    if scope.resolve(value.func) != _F:
        return None
    found: Reference = call.rows.element
    for step in str(value.args[0].value).split("__"):
        if not isinstance(found, Thing) or found.maybe:
            raise unknown(value, "leads through what may be null")
        found = scope.attribute(found, step, value)
    if (isinstance(found, Thing) and not found.maybe) or (isinstance(found, Column) and not found.field.null):
        return found
    raise unknown(value, "compares with a column that may be null, as SQL does")


def _walked(
    steps: Sequence[str], node: ast.expr, call: _Call, inverted: bool
) -> tuple[Thing | Column, Some | None, list[Condition]]:
    """The end of a path, the rows that it leads through, and that something stands on the way: SQL joins."""
    place: Thing | Column = call.rows.element
    some: Some | None = None
    guards: list[Condition] = []
    for number, step in enumerate(steps):
        if not isinstance(place, Thing):
            raise unknown(node, f"is compared with {'__'.join(steps)}, which has no translation")
        guards += _standing(place, node, call.scope) if number else []
        many = _many(place, step, call.scope)
        if many is None:
            found = call.scope.attribute(place, step, node)
            if not isinstance(found, (Thing, Column)):
                raise unknown(node, f"is compared with {'__'.join(steps)}, which has no translation")
            place = _shortened(place, found, call.scope)
        elif some is None:
            place, some = _joined(place, many, tuple(steps[: number + 1]), node, call, inverted)
        else:
            raise unknown(node, "is compared through two relations to many")
    return place, some, guards


def _standing(place: Thing, node: ast.expr, scope: Scope) -> list[Condition]:
    if place.maybe and place.key is not None:
        return [negated(Missing(attribute_of(key_column(place, node, scope), node, scope)))]
    if place.through and place.key is None:  # a one-to-one field backwards
        return [negated(Absent(place.model, place.through, place.root))]
    return []


def _shortened(place: Thing, found: Thing | Column, scope: Scope) -> Thing | Column:
    """``user__id`` is the foreign key's own column."""
    relation = place.key.relation if place.key else None
    if not isinstance(found, Column) or relation is None or not found.field.primary_key:
        return found
    return place if (relation.to_field or found.field.name) == found.field.name else found


def _many(place: Thing, step: str, scope: Scope) -> FieldRecord | str | None:
    """The relation to many that a step follows: by field name, or by a reverse relation's query name."""
    found = scope.models.field(place.model, step)
    if found is not None:
        return found if found.relation and found.relation.kind == "m2m" else None
    return scope.models.by_query_name(place.model, step)


def _joined(
    place: Thing, many: FieldRecord | str, path: tuple[str, ...], node: ast.expr, call: _Call, inverted: bool
) -> tuple[Thing, Some]:
    label, link, target = hop(place.model, many, node, call.scope)
    known = call.joined.get(path)
    if known is None or inverted:
        row = f"{call.rows.row}{'ABCDEFGH'[len(call.joined)]}"
        known = Some(label, link.name, place.model, place.through, TRUE, False, place.root, row)
        if not inverted:
            call.joined[path] = known
    return element_of(label, known.row, target), known


def _quantified(whole: Condition, call: _Call) -> list[Condition]:
    """What one call says of rows that it joins: one row each for which all of it holds together."""
    parts = list(whole.of) if isinstance(whole, Every) else [whole]
    for some in reversed(list(call.joined.values())):
        about = [part for part in parts if mentions(part, some.row)]
        if about:
            together = every(about)
            found = either((without(together, some.row), replace(some, where=together)))
            parts = [*(part for part in parts if part not in about), found]
    return [part for part in parts if part != TRUE]


def _looked_up(place: Thing | Column, lookup: str, value: Reference, node: ast.expr, call: _Call) -> Condition:
    """One comparison, with SQL's meaning: null compares with nothing."""
    scope = call.scope
    if isinstance(value, ViewerGroups) and value.names is None and lookup == "in" and isinstance(place, Thing):
        return in_viewers_groups(place, node, scope)
    column = place if isinstance(place, Column) else key_column(place, node, scope)
    attribute = attribute_of(column, node, scope)
    present = [negated(Missing(attribute))] if attribute.nullable else []
    if lookup == "isnull":
        return _isnull(attribute, value, node)
    if lookup == "in":
        return every((*present, _in(attribute, place, value, node, call)))
    if value == Given(None) and lookup == "exact":
        return Missing(attribute) if attribute.nullable else FALSE
    operand = _compared_with(attribute, place, value, node, call)
    if lookup == "exact":
        return Same(attribute, operand)
    if nullable(operand):
        raise unknown(node, "may be None: Django raises there")
    return every((*present, Ordered(_ORDERS[lookup], attribute, operand)))


def _isnull(attribute: Attribute, value: Reference, node: ast.expr) -> Condition:
    if not isinstance(value, Given) or not isinstance(value.value, bool):
        raise unknown(node)
    missing: Condition = Missing(attribute) if attribute.nullable else FALSE
    return missing if value.value else negated(missing)


def _in(attribute: Attribute, place: Thing | Column, value: Reference, node: ast.expr, call: _Call) -> Condition:
    if isinstance(value, Given) and isinstance(value.value, tuple):
        if not all(fits(item, attribute.type) for item in value.value):
            raise unknown(node, "compares values of two types")
        return OneOf(attribute, value.value)
    if isinstance(value, (Rows, Values)):
        if isinstance(value, Rows) and isinstance(place, Thing) and place.model != value.element.model:
            raise unknown(node)
        column = Column(attribute.model, attribute.through, _field(attribute, call), attribute.root)
        return among(column, value, node, call.scope)
    raise unknown(node)


def _field(attribute: Attribute, call: _Call) -> FieldRecord:
    found = call.scope.models.field(attribute.model, attribute.field)
    assert found is not None
    return found


def _compared_with(
    attribute: Attribute, place: Thing | Column, value: Reference, node: ast.expr, call: _Call
) -> Operand:
    if isinstance(value, Viewer):
        user = isinstance(place, Thing) and place.model == call.scope.models.user
        if not user or not call.scope.models.numbers_users():
            raise unknown(node, "is compared with something other than users")
        call.refuse_visitor()
        return ViewerId()
    if isinstance(value, Thing) and isinstance(place, Thing) and value.model != place.model:
        raise unknown(node, f"is compared with a {place.model}")
    operand = operand_of(value, node, call.scope, attribute.type)
    if not comparable(attribute, operand):
        raise unknown(node, "compares values of two types")
    return operand


def in_viewers_groups(place: Thing, node: ast.AST, scope: Scope) -> Condition:
    """A group is one of the user's: groups have unique names."""
    name = scope.models.field(place.model, "name")
    if place.model != "auth.Group" or name is None:
        raise unknown(node, "looks among groups for something else")
    found = OfViewersGroups(Attribute(place.model, place.through, "name", "text", False, place.root))
    if place.maybe and place.key is not None:
        return every((negated(Missing(attribute_of(key_column(place, node, scope), node, scope))), found))
    return found


def fits(value: object, kind: str) -> bool:
    """Whether a constant is of the column's own type: Django converts others, TypeScript does not."""
    return {"text": str, "integer": int, "boolean": bool}.get(kind) is type(value)
