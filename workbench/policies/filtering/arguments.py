"""The arguments of ``filter()`` and ``exclude()`` as conditions of a row: what SQL says, in Python's terms."""

from __future__ import annotations

import ast
from dataclasses import replace

from workbench.policies.condition import Condition
from workbench.policies.filtering.anchoring import anchored
from workbench.policies.filtering.joins import FilterCall, quantified, walked
from workbench.policies.filtering.lookups import LOOKUPS, looked_up
from workbench.policies.gathering import exists
from workbench.policies.operands import key_column
from workbench.policies.reasoning import TRUE, either, every, negated
from workbench.policies.references import Column, Given, Known, Quoted, Reference, Rows, Thing
from workbench.policies.scope import Scope, unknown

_Q = Known("django.db.models.query_utils.Q")
_F = Known("django.db.models.expressions.F")
_EXISTS = Known("django.db.models.expressions.Exists")


def filtered(rows: Rows, node: ast.Call, excluded: bool, scope: Scope) -> Rows:
    """The rows that the call leaves."""
    scope = replace(scope, depth=scope.depth + 1)  # querysets among the arguments are about other rows
    call = FilterCall(rows, scope)
    parts = [_expression(part, call, scope, excluded) for part in node.args]
    for word in node.keywords:
        if word.arg is None:
            raise unknown(node)
        hung = None if excluded else anchored(word.arg, word.value, call)
        if hung is None:
            parts.append(_keyword(word.arg, word.value, call, scope, excluded))
        else:
            call.rows = hung
    whole = every(parts)
    where = [negated(whole)] if excluded else quantified(whole, call)
    return replace(call.rows, where=(*call.rows.where, *where))


def _expression(node: ast.expr, call: FilterCall, scope: Scope, inverted: bool) -> Condition:
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


def _q(node: ast.Call, call: FilterCall, scope: Scope, inverted: bool) -> Condition:
    parts = [_expression(part, call, scope, inverted) for part in node.args]
    for word in node.keywords:
        if word.arg is None:
            raise unknown(node)
        parts.append(_keyword(word.arg, word.value, call, scope, inverted))
    return every(parts)


def _keyword(name: str, value: ast.expr, call: FilterCall, scope: Scope, inverted: bool) -> Condition:
    """``members__user=user``."""
    *steps, lookup = name.split("__")
    if lookup not in LOOKUPS or not steps:
        steps, lookup = [*steps, lookup], "exact"
    reference = _of_row(value, call, scope) or scope.resolve(value)
    place, some, guards = walked(steps, value, call, inverted)
    if some is not None and (lookup == "isnull" or reference == Given(None)):
        if reference != Given(False):
            raise unknown(value, "asks for objects without such rows")
        return replace(some, where=TRUE)
    if isinstance(place, Thing) and place.key is None and not place.through and lookup == "exact":
        place = key_column(place, value, scope)
    condition = every((*guards, looked_up(place, lookup, reference, value, call)))
    return replace(some, where=condition) if some is not None and inverted else condition


def _of_row(value: ast.expr, call: FilterCall, scope: Scope) -> Reference | None:
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
