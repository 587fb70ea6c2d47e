"""The clock: ``timezone.now()``, ``date.today()``, ``timedelta`` and what is made of them."""

from __future__ import annotations

import ast

from workbench.policies.condition import Moment
from workbench.policies.references import Column, Given, Reference, Shifted, Span
from workbench.policies.scope import Scope, unknown

_DAY = 86_400_000_000  # microseconds
_UNITS = {
    "weeks": 7 * _DAY,
    "days": _DAY,
    "hours": 3_600_000_000,
    "minutes": 60_000_000,
    "seconds": 1_000_000,
    "milliseconds": 1_000,
    "microseconds": 1,
}
_PLACES = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")


def moment_of(name: str, node: ast.Call, scope: Scope) -> Reference:
    """The value of a call to the clock."""
    if node.args or node.keywords or name not in _CLOCK:
        raise unknown(node)
    kind, zoned = _CLOCK[name]
    return Moment("instant") if kind == "instant" else Moment("date", 0, scope.project.zone if zoned else "UTC")


_CLOCK = {
    "django.utils.timezone.now": ("instant", False),
    "django.utils.timezone.localdate": ("date", True),
    "datetime.date.today": ("date", True),  # Django sets the process's zone to the settings'
}


def span_of(node: ast.Call, scope: Scope) -> Reference:
    """``timedelta(days=7)`` of whole numbers."""
    given = [*zip(_PLACES, node.args, strict=False), *((word.arg, word.value) for word in node.keywords)]
    total = 0
    for unit, part in given:
        value = scope.resolve(part)
        if unit not in _UNITS or not isinstance(value, Given) or type(value.value) is not int:
            raise unknown(node)
        total += _UNITS[unit] * value.value
    return Span(total)


def added(node: ast.BinOp, left: Reference, right: Reference) -> Reference:
    """A moment moved by a span."""
    if isinstance(left, Span) and isinstance(node.op, ast.Add):
        left, right = right, left
    sign = {ast.Add: 1, ast.Sub: -1}.get(type(node.op))
    if sign is not None and isinstance(left, Column) and isinstance(right, Span):
        return Shifted(left, sign * right.microseconds)
    if sign is None or not isinstance(left, Moment) or not isinstance(right, Span):
        raise unknown(node)
    return shifted(left, sign * right.microseconds, node)


def shifted(left: Moment, moved: int, node: ast.AST) -> Moment:
    """A moment moved by microseconds; a day by whole days."""
    if left.type == "instant":
        return Moment("instant", left.offset + moved)
    if moved % _DAY:
        raise unknown(node, "moves a day by less than a day")
    return Moment("date", left.offset + moved // _DAY, left.zone)
