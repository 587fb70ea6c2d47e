"""Querysets as conditions: is there a row, how many, is this one among them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from workbench.policies.condition import (
    VIEWER,
    Above,
    Attribute,
    Condition,
    Counted,
    Exactly,
    Missing,
    Negated,
    Same,
    Some,
    ViewerId,
    ViewerIs,
    walk,
)
from workbench.policies.operands import attribute_of, key_column, operand_of
from workbench.policies.reasoning import every, moved, negated, unrefusing
from workbench.policies.references import Anchor, Column, Rows, Thing, Values, Viewer, ViewerAttribute
from workbench.policies.scope import Scope, unknown


def exists(rows: Rows, node: ast.AST, scope: Scope) -> Condition:
    """There is a row."""
    if rows.itself is not None:
        known = [ViewerIs("known")] if rows.refuses_visitor else []
        about: Condition = moved(every(rows.where), rows.row, rows.itself.root, rows.itself.through)
        return every((*known, *rows.given, about))
    some = some_of(rows, node, scope)
    if not rows.above:
        return every((*rows.given, some))
    refused: list[Condition] = [ViewerIs("known")] if some.refuses_visitor else []
    found: Condition = replace(some, refuses_visitor=False)
    for line in reversed(rows.above):
        start = line.start
        found = Above(start.model, start.through, line.parent, line.climbs, found, line.itself, start.root, line.row)
    return every((*refused, *rows.given, found))


def some_of(rows: Rows, node: ast.AST, scope: Scope) -> Some:
    """The rows, hanging on what they hang on: the object asked about rather than the user."""
    rows = _on_object(rows, scope)
    rows = rows if rows.anchor else _on_viewer(rows, scope)
    anchor = rows.anchor
    if anchor is None:
        raise unknown(node, "looks at rows that hang neither on the object nor on the user")
    hung = (anchor.model, anchor.link, anchor.owner, anchor.through)
    where = every(rows.where)
    refuses = rows.refuses_visitor or any(isinstance(part, Some) and part.refuses_visitor for part in walk(where))
    return Some(*hung, unrefusing(where), refuses and anchor.root != VIEWER, anchor.root, rows.row)


def _on_viewer(rows: Rows, scope: Scope) -> Rows:
    """Rows of a whole model whose condition names the user."""
    for part in rows.where:
        if isinstance(part, Same) and part.right == ViewerId() and _own(part.left, rows):
            assert isinstance(part.left, Attribute)
            anchor = Anchor(part.left.model, part.left.field, scope.models.user, (), VIEWER)
            return replace(rows, anchor=anchor, where=tuple(item for item in rows.where if item != part))
    return rows


def _on_object(rows: Rows, scope: Scope) -> Rows:
    """Rows that hang on the user and name the object asked about hang on that: less has to be known of the user."""
    anchor = rows.anchor
    if anchor is None or anchor.root != VIEWER or anchor.through:
        return rows
    for part in rows.where:
        if not isinstance(part, Same) or not _own(part.left, rows) or not isinstance(part.right, Attribute):
            continue
        link = scope.models.field(anchor.model, part.left.field) if isinstance(part.left, Attribute) else None
        key = scope.models.key(part.right.model)
        if part.right.root or part.right.through or link is None or link.relation is None or key is None:
            continue
        if link.relation.to != part.right.model or key.name != part.right.field:
            continue
        user = scope.models.field(anchor.model, anchor.link)
        if user is None:
            continue
        who = Same(Attribute(anchor.model, (), user.name, "integer", user.null, rows.row), ViewerId())
        where = (who, *(item for item in rows.where if item != part))
        hung = Anchor(anchor.model, link.name, part.right.model, (), "")
        return replace(rows, anchor=hung, where=where, refuses_visitor=True)
    return rows


def _own(operand: object, rows: Rows) -> bool:
    """Whether it is a column of the row itself."""
    return isinstance(operand, Attribute) and operand.root == rows.row and not operand.through


def compared_count(
    rows: Rows, op: Literal["==", "<", "<=", ">", ">="], number: int, node: ast.AST, scope: Scope
) -> Condition:
    """``rows.count() > 2``; against nothing, it asks whether there is a row."""
    if (op, number) in ((">", 0), (">=", 1)):
        return exists(rows, node, scope)
    if (op, number) in (("==", 0), ("<", 1), ("<=", 0)):
        return negated(exists(rows, node, scope))
    if rows.above or rows.given:
        raise unknown(node, "counts rows of several objects")
    return Counted(some_of(rows, node, scope), op, number)


def picked(rows: Rows, test: Condition, node: ast.AST, scope: Scope) -> Condition:
    """The one row holds the test; refused where there is none."""
    some = some_of(rows, node, scope)
    if rows.above or not _one_at_most(some, scope):
        raise unknown(node, "may find several rows")
    found = Exactly(some, test)
    return every((*rows.given, found)) if rows.given else found


def _one_at_most(some: Some, scope: Scope) -> bool:
    """Whether a unique key of the model says that no two rows match."""
    parts = some.where.of if hasattr(some.where, "of") and isinstance(some.where.of, tuple) else (some.where,)
    fixed = {some.link}
    for part in parts:
        left = part.left if isinstance(part, Same) else None
        if isinstance(left, Attribute) and left.root == some.row and not left.through:
            fixed.add(left.field)
    return any(set(key) <= fixed for key in scope.models.unique_keys(some.model))


def among(
    value: Thing | Column | Viewer | ViewerAttribute, rows: Rows | Values, node: ast.AST, scope: Scope
) -> Condition:
    """``value in rows``: an object is equal to another by its key, and null is among none."""
    inner = rows.rows if isinstance(rows, Values) else rows
    column = rows.of if isinstance(rows, Values) else key_column(rows.element, node, scope)
    mine = attribute_of(column, node, scope)
    if mine.nullable:
        raise unknown(node, "may hold null")
    if isinstance(value, Viewer):
        if inner.element.model != scope.models.user and not _refers_to_user(column, scope):
            raise unknown(node, "looks for the user among other things")
        return exists(replace(inner, where=(*inner.where, Same(mine, ViewerId()))), node, scope)
    operand = operand_of(value, node, scope, mine.type)
    same = replace(inner, where=(*inner.where, Same(mine, operand)))
    guards: Sequence[Condition] = ()
    if isinstance(operand, Attribute) and operand.nullable:
        guards = (Negated(Missing(operand)),)
    return every((*guards, exists(same, node, scope)))


def _refers_to_user(column: Column, scope: Scope) -> bool:
    relation = column.field.relation
    return relation is not None and relation.to == scope.models.user
