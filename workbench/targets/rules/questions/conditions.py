"""Any condition as a question: a shape for each kind, and what combines them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from workbench.policies.condition import (
    Above,
    Absent,
    Always,
    Asked,
    Choice,
    Condition,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Negated,
    OfViewersGroups,
    OneOf,
    Ordered,
    Same,
    Skip,
    Some,
    Truth,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
)
from workbench.targets.rules.questions.comparisons import (
    absent,
    compared_by,
    of_viewers_groups,
    one_of,
    ordered,
    same,
    truth,
    viewer_in,
    wording,
)
from workbench.targets.rules.questions.rows import above, counted, exactly, some
from workbench.targets.rules.questions.subject import Subject, literals, operand
from workbench.targets.typescript import Literal, flat

_FLAGS = {
    "authenticated": "isAuthenticated({})",
    "active": "isActive({})",
    "staff": "{}.isStaff",
    "superuser": "{}.isSiteAdmin",
    "known": "signedIn({})",
}
_OPERATORS: dict[type, str] = {Every: "&&", Either: "||", Choice: "?"}


def question(condition: Condition, subject: Subject) -> str:
    """The expression, on one line."""
    return _SHAPES[type(condition)](condition, subject)


def _part(condition: Condition, subject: Subject, operator: str = "") -> str:
    """A part of a larger expression, in parentheses where it binds weaker or another operator stands in it."""
    text = question(condition, subject)
    inner = _OPERATORS.get(type(condition), "")
    if _refuses(condition):
        inner = "&&"
    return f"({text})" if inner not in ("", operator) else text


def _refuses(condition: Condition) -> bool:
    return isinstance(condition, Some) and condition.refuses_visitor


def _joined(parts: Sequence[Condition], operator: str, subject: Subject) -> str:
    return f" {operator} ".join(_part(part, subject, operator) for part in parts)


def _negated(condition: Negated, subject: Subject) -> str:
    inner, text = condition.of, question(condition.of, subject)
    if isinstance(inner, Same) and not compared_by(inner):
        return f"{operand(inner.left, subject)} !== {operand(inner.right, subject)}"
    if isinstance(inner, Missing):
        return f"{operand(inner.of, subject)} !== null"
    if isinstance(inner, Absent):
        return text.replace(" === null", " !== null")
    bare = isinstance(inner, (Always, ViewerIs, ViewerIn, ViewerMay, OneOf, Wording, Asked))
    bare = bare or (isinstance(inner, Truth) and not inner.of.nullable)
    bare = bare or (isinstance(inner, (Some, Above)) and text.endswith(")") and not _refuses(inner))
    return f"!{text}" if bare else f"!({text})"


_SHAPES: dict[type, Callable[[Any, Subject], str]] = {
    Always: lambda c, s: "true" if c.value else "false",
    Skip: lambda c, s: "null",
    ViewerIs: lambda c, s: _FLAGS[c.flag].format(s.user),
    ViewerIn: viewer_in,
    ViewerMay: lambda c, s: f"isGranted({s.user}, {flat(Literal(c.permission))})",
    Asked: lambda c, s: f"{literals(c.among)}.includes({c.what})",
    Truth: truth,
    Missing: lambda c, s: f"{operand(c.of, s)} === null",
    Absent: absent,
    Same: same,
    Ordered: ordered,
    OneOf: one_of,
    Wording: wording,
    OfViewersGroups: of_viewers_groups,
    Some: partial(some, ask=question),
    Counted: partial(counted, ask=question),
    Exactly: partial(exactly, ask=question),
    Above: partial(above, ask=question),
    Every: lambda c, s: _joined(c.of, "&&", s),
    Either: lambda c, s: _joined(c.of, "||", s),
    Negated: _negated,
    Choice: lambda c, s: f"{_part(c.test, s)} ? {_part(c.then, s)} : {_part(c.otherwise, s)}",
}
SHAPES = frozenset(_SHAPES)
