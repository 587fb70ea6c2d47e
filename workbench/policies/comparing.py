"""Python's comparisons: ``==``, ``is None``, ``in``, ``<``."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Literal

from workbench.policies.condition import (
    VIEWER,
    Absent,
    Always,
    Asked,
    Attribute,
    Condition,
    Constant,
    Every,
    Missing,
    Moment,
    Negated,
    OneOf,
    Operand,
    Ordered,
    Same,
    ViewerId,
    ViewerIn,
    ViewerIs,
    Wording,
)
from workbench.policies.filtering import fits, in_viewers_groups
from workbench.policies.gathering import among, compared_count, exists, picked
from workbench.policies.moments import shifted
from workbench.policies.operands import attribute_of, comparable, key_column, operand_of
from workbench.policies.reasoning import FALSE, choice, every, negated
from workbench.policies.references import (
    Amount,
    Column,
    Given,
    Picked,
    Reference,
    RequestWord,
    Rows,
    Shifted,
    Thing,
    Values,
    Viewer,
    ViewerAttribute,
    ViewerGroup,
    ViewerGroups,
)
from workbench.policies.scope import Scope, unknown

Order = Literal["<", "<=", ">", ">="]
_ORDER: dict[type[ast.cmpop], Order] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_MIRRORED: dict[str, Literal["==", "<", "<=", ">", ">="]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def compared(node: ast.Compare, scope: Scope) -> Condition:
    """One comparison, or a chain of them, as a condition."""
    sides = [node.left, *node.comparators]
    scope = _with_picks(node, scope)
    references = [scope.resolve(side) for side in sides]
    parts = [
        compare(node, op, left, right, scope)
        for op, left, right in zip(node.ops, references, references[1:], strict=False)
    ]
    return every(parts)


def _with_picks(node: ast.Compare, scope: Scope) -> Scope:
    """The scope in which ``rows.get(…).field`` can be read: the row is picked where it stands."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Call) and _gets(part.value):
            found = scope.resolve(part.value)
            if isinstance(found, Picked):
                scope = scope.with_pick(found.rows)
    return scope


def _gets(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "first", "last")


def compare(node: ast.Compare, op: ast.cmpop, left: Reference, right: Reference, scope: Scope) -> Condition:
    """``left op right``."""
    if isinstance(op, (ast.NotEq, ast.IsNot, ast.NotIn)):
        positive = {ast.NotEq: ast.Eq, ast.IsNot: ast.Is, ast.NotIn: ast.In}[type(op)]()
        return negated(compare(node, positive, left, right, scope))
    found = _of_pick(node, op, left, right, scope)
    if found is not None:
        return found
    if isinstance(op, (ast.Eq, ast.Is)) and right == Given(None):
        return _null(node, left, scope)
    if isinstance(op, ast.Is) and isinstance(right, Given) and isinstance(right.value, bool):
        return _equal(node, left, right, scope)
    if isinstance(op, ast.Eq):
        return _equal(node, left, right, scope)
    if isinstance(op, ast.In):
        return _among(node, left, right, scope)
    if type(op) in _ORDER:
        return _ordered(node, _ORDER[type(op)], left, right, scope)
    raise unknown(node)


def _of_pick(node: ast.Compare, op: ast.cmpop, left: Reference, right: Reference, scope: Scope) -> Condition | None:
    """A comparison with what the one row of a queryset holds."""
    if isinstance(left, Column) and left.root in scope.picks:
        rows = scope.picks[left.root]
        inner = scope.without_pick(left.root)
        return picked(rows, compare(node, op, left, right, inner), node, scope)
    if isinstance(left, Thing) and left.root in scope.picks:
        rows = scope.picks[left.root]
        return picked(rows, compare(node, op, left, right, scope.without_pick(left.root)), node, scope)
    if isinstance(right, (Column, Thing)) and right.root in scope.picks:
        rows = scope.picks[right.root]
        return picked(rows, compare(node, op, left, right, scope.without_pick(right.root)), node, scope)
    return None


def _null(node: ast.Compare, left: Reference, scope: Scope) -> Condition:
    if isinstance(left, Picked) and left.maybe:
        return negated(exists(left.rows, node, scope))
    if isinstance(left, Given):
        return Always(left.value is None)
    if isinstance(left, Viewer):
        return FALSE
    if isinstance(left, ViewerAttribute) and left.name in ("pk", "id"):
        return negated(ViewerIs("authenticated"))
    if isinstance(left, Thing):
        return missing(left, node, scope)
    if not isinstance(left, Column):
        raise unknown(node)
    operand = attribute_of(left, node, scope) if scope.models.kind(left.field) else typeless(left)
    if operand.nullable:
        return Missing(operand)
    return FALSE if not left.through and left.root != VIEWER else Missing(operand)


def typeless(column: Column) -> Attribute:
    """A column that is only asked whether it is null."""
    return Attribute(column.model, column.through, column.field.name, "text", column.field.null, column.root)


def missing(thing: Thing, node: ast.AST, scope: Scope) -> Condition:
    """Whether there is no such object; the one asked about always is."""
    if not thing.through:
        return FALSE
    if thing.maybe and thing.key is None:
        return Absent(thing.model, thing.through, thing.root)
    if thing.key is None:
        raise unknown(node, "raises where nothing stands there")
    found = Missing(attribute_of(key_column(thing, node, scope), node, scope))
    plain = not thing.through[:-1] and thing.root != VIEWER
    return FALSE if not thing.maybe and plain else found


def _equal(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    if isinstance(left, Given) and isinstance(right, Given):
        return Always(type(left.value) is type(right.value) and left.value == right.value)
    for kinds, rule in _EQUALS:
        if isinstance(left, kinds[0]) and isinstance(right, kinds[1]):
            return rule(node, left, right, scope)
        if isinstance(right, kinds[0]) and isinstance(left, kinds[1]):
            return rule(node, right, left, scope)
    return _same(node, left, right, scope)


def _same(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    beside = scope.models.kind(left.field) if isinstance(left, Column) else None
    first = operand_of(left, node, scope, scope.models.kind(right.field) if isinstance(right, Column) else None)
    second = operand_of(right, node, scope, beside)
    if not comparable(first, second):
        raise unknown(node, "compares values of two types")
    found = Same(first, second)
    return _for_visitor(left, right, found, scope)


def _for_visitor(left: Reference, right: Reference, found: Condition, scope: Scope) -> Condition:
    """A visitor's ``username`` is the empty text; of the user's other fields a visitor has none."""
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Column) and side.root == VIEWER and side.field.name == "username" and not side.through:
            if not isinstance(other, Given):
                raise unknown(ast.Name("username"), "of a visitor is an empty text")
            return choice(ViewerIs("authenticated"), found, Always(other.value == ""))
    return found


def _same_user(node: ast.Compare, thing: Thing, _: Viewer, scope: Scope) -> Condition:
    """Model instances are equal by their keys; no user at all equals nobody, not even a visitor."""
    models = scope.models
    if thing.model != models.user or not models.numbers_users():
        raise unknown(node, f"compares a user with a {thing.model}")
    column = attribute_of(key_column(thing, node, scope), node, scope)
    if thing.key is None or not column.nullable:
        return Same(column, ViewerId())
    return Every((Negated(Missing(column)), Same(column, ViewerId())))


def _same_thing(node: ast.Compare, left: Thing, right: Thing, scope: Scope) -> Condition:
    """Objects of one model with the same key; None equals None."""
    if left.model != right.model:
        raise unknown(node, f"compares a {left.model} with a {right.model}")
    first = attribute_of(key_column(left, node, scope), node, scope)
    return Same(first, attribute_of(key_column(right, node, scope), node, scope))


def _same_row(node: ast.Compare, left: Picked, right: Reference, scope: Scope) -> Condition:
    raise unknown(node, "compares what the database finds")


def _word(node: ast.Compare, left: RequestWord, right: Given, scope: Scope) -> Condition:
    if isinstance(right.value, str):
        return Asked(left.what, (right.value,))
    raise unknown(node)


def _group_name(node: ast.Compare, left: ViewerGroup, right: Given, scope: Scope) -> Condition:
    if left.name and isinstance(right.value, str):
        return ViewerIn((right.value,))
    raise unknown(node)


def _how_many(node: ast.Compare, left: Amount, right: Given, scope: Scope) -> Condition:
    if type(right.value) is int:
        return compared_count(left.rows, "==", right.value, node, scope)
    raise unknown(node)


_EQUALS: tuple[tuple[tuple[Any, Any], Callable[[ast.Compare, Any, Any, Scope], Condition]], ...] = (
    ((Thing, Viewer), _same_user),
    ((Thing, Thing), _same_thing),
    ((Picked, object), _same_row),
    ((RequestWord, Given), _word),
    ((ViewerGroup, Given), _group_name),
    ((Amount, Given), _how_many),
)


def _among(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    if isinstance(right, (Rows, Values)) and isinstance(left, (Thing, Column, Viewer, ViewerAttribute)):
        return _in_rows(node, left, right, scope)
    if isinstance(right, ViewerGroups):
        return _in_groups(node, left, right, scope)
    if isinstance(right, Column) and isinstance(left, Given) and isinstance(left.value, str) and left.value:
        return Wording("contains", _text(right, node, scope), left.value)
    if not isinstance(right, Given) or not isinstance(right.value, tuple):
        raise unknown(node)
    words = tuple(item for item in right.value if isinstance(item, str))
    if isinstance(left, RequestWord) and len(words) == len(right.value):
        return Asked(left.what, words)
    if isinstance(left, ViewerGroup) and left.name and len(words) == len(right.value):
        return ViewerIn(words)
    return _one_of(node, left, right.value, scope)


def _one_of(node: ast.Compare, left: Reference, given: tuple[Any, ...], scope: Scope) -> Condition:
    if isinstance(left, Given):
        return Always(any(type(item) is type(left.value) and item == left.value for item in given))
    value = operand_of(left, node, scope)
    kind = value.type if isinstance(value, Attribute) else "integer" if isinstance(value, ViewerId) else ""
    if not all(fits(item, kind) for item in given):
        raise unknown(node, "compares values of two types")
    found = OneOf(value, given)
    if isinstance(left, Column) and left.root == VIEWER and left.field.name == "username" and not left.through:
        return choice(ViewerIs("authenticated"), found, Always("" in given))
    return found


def _in_rows(node: ast.Compare, left: Any, right: Rows | Values, scope: Scope) -> Condition:
    element = right.element.model if isinstance(right, Rows) else ""
    if isinstance(right, Rows) and not isinstance(left, (Thing, Viewer)):
        raise unknown(node, "looks for a value among objects")
    model = scope.models.user if isinstance(left, Viewer) else getattr(left, "model", "")
    if element and model != element:
        raise unknown(node, f"looks for a {model} among {element}")
    if isinstance(right, Values) and isinstance(left, (Thing, Viewer)):
        raise unknown(node, "looks for an object among values")
    return among(left, right, node, scope)


def _in_groups(node: ast.Compare, left: Reference, right: ViewerGroups, scope: Scope) -> Condition:
    if right.listed and isinstance(left, Given) and isinstance(left.value, str):
        return ViewerIn((left.value,))
    if right.names is None and isinstance(left, Thing):
        return in_viewers_groups(left, node, scope)
    raise unknown(node)


def _text(column: Column, node: ast.AST, scope: Scope) -> Attribute:
    found = attribute_of(column, node, scope)
    if found.type != "text" or (column.root == VIEWER and column.field.name == "username"):
        raise unknown(node, "looks into something other than a text")
    return found


def _ordered(node: ast.Compare, op: Order, left: Reference, right: Reference, scope: Scope) -> Condition:
    if isinstance(left, Given) and isinstance(right, Amount):
        left, right, op = right, left, _MIRRORED[op]  # type: ignore[assignment]
    if isinstance(left, Amount) and isinstance(right, Given) and type(right.value) is int:
        return compared_count(left.rows, op, right.value, node, scope)
    if isinstance(left, Moment) and isinstance(right, Shifted):
        left, right, op = right, left, _MIRRORED[op]  # type: ignore[assignment]
    if isinstance(left, Shifted) and isinstance(right, Moment):
        right = shifted(right, -left.microseconds, node)
        left = left.column
    kinds = [scope.models.kind(side.field) if isinstance(side, Column) else None for side in (left, right)]
    sides = operand_of(left, node, scope, kinds[1]), operand_of(right, node, scope, kinds[0])
    if not comparable(*sides) or not all(_orderable(side) for side in sides):
        raise unknown(node, "orders values that have no order common to both languages")
    return Ordered(op, *sides)


def _orderable(side: Operand) -> bool:
    """Whether values of its kind are ordered alike everywhere: texts are not, nor are keys that a visitor lacks."""
    if isinstance(side, Constant):
        return side.type == "decimal" or type(side.value) is int
    if isinstance(side, Moment):
        return True
    return isinstance(side, Attribute) and side.type in ("integer", "decimal", "date", "instant")
