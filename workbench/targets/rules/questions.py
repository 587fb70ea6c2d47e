"""A condition as a TypeScript expression over ``user`` and an object: what a predicate asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.policies.condition import (
    Always,
    Attribute,
    Choice,
    Condition,
    Constant,
    Either,
    Every,
    Match,
    Missing,
    Negated,
    OneOf,
    Operand,
    Ordered,
    Same,
    Scalar,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
)
from workbench.targets.rules.properties import Properties
from workbench.targets.typescript import Expression, Literal, Member, Name, flat

_FLAGS = {
    "authenticated": "isAuthenticated(user)",
    "active": "isActive(user)",
    "staff": "user.isStaff",
    "superuser": "user.isSiteAdmin",
}
_OPERATORS: dict[type, str] = {Every: "&&", Either: "||", Choice: "?"}


@dataclass(frozen=True)
class Subject:
    """The object that a predicate is about: its model's label, and the names of what it holds."""

    model: str
    properties: Properties

    @property
    def variable(self) -> str:
        """The parameter that holds it."""
        return self.properties.variable(self.model)

    def at(self, through: Sequence[str]) -> Expression:
        """The object that a path of foreign keys leads to."""
        node: Expression = Name(self.variable)
        for step in self.properties.steps(self.model, through):
            node = Member(node, step.property)
        return node


def question(condition: Condition, subject: Subject) -> str:
    """The expression, on one line."""
    return _SHAPES[type(condition)](condition, subject)


def literals(values: Sequence[Scalar]) -> str:
    """An array of constants."""
    return f"[{', '.join(flat(Literal(value)) for value in values)}]"


def _part(condition: Condition, subject: Subject, operator: str = "") -> str:
    """A part of a larger expression, in parentheses where it binds weaker or another operator stands in it."""
    text = question(condition, subject)
    inner = _OPERATORS.get(type(condition), "")
    if isinstance(condition, Some) and condition.refuses_visitor:
        inner = "&&"
    return f"({text})" if inner not in ("", operator) else text


def _joined(parts: Sequence[Condition], operator: str, subject: Subject) -> str:
    return f" {operator} ".join(_part(part, subject, operator) for part in parts)


def _negated(condition: Negated, subject: Subject) -> str:
    inner, text = condition.of, question(condition.of, subject)
    if isinstance(inner, Same):
        return f"{_operand(inner.left, subject)} !== {_operand(inner.right, subject)}"
    if isinstance(inner, Missing):
        return f"{_operand(inner.of, subject)} !== null"
    bare = isinstance(inner, (Always, ViewerIs, ViewerIn, ViewerMay, Truth, OneOf))
    return f"!{text}" if bare else f"!({text})"


def _operand(operand: Operand, subject: Subject) -> str:
    if isinstance(operand, ViewerId):
        return "user.id"
    if isinstance(operand, Constant):
        return flat(Literal(operand.value))
    column = subject.properties.column(operand.model, operand.field)
    return flat(Member(subject.at(operand.through), column))


def _viewer_in(condition: ViewerIn, subject: Subject) -> str:
    function = "inEveryGroup" if condition.every else "inSomeGroup"
    return f"{function}(user, {literals(condition.groups)})"


def _some(condition: Some, subject: Subject) -> str:
    """``task.project.members.some((row) => …)``; Django refuses a visitor before it looks at any row."""
    rows = flat(Member(subject.at(condition.through), subject.properties.rows(condition.model, condition.link)))
    tests = " && ".join(_match(match, condition.model, subject) for match in condition.where)
    text = f"{rows}.some((row) => {tests})" if tests else f"{rows}.length > 0"
    return f"signedIn(user) && {text}" if condition.refuses_visitor else text


def _match(match: Match, model: str, subject: Subject) -> str:
    column = flat(Member(Name("row"), subject.properties.column(model, match.field)))
    if match.among is not None:
        return _among(column, match.among, match.nullable)
    if match.equal is None:
        return f"{column} === null"
    return f"{column} === {_operand(match.equal, subject)}"


def _among(value: str, among: Sequence[Scalar], nullable: bool) -> str:
    if not among:
        return "false"
    text = f"{literals(among)}.includes({value})"
    return f"({value} !== null && {text})" if nullable else text


def _one_of(condition: OneOf, subject: Subject) -> str:
    nullable = isinstance(condition.value, Attribute) and condition.value.nullable
    return _among(_operand(condition.value, subject), condition.among, nullable)


_SHAPES: dict[type, Callable[[Any, Subject], str]] = {
    Always: lambda c, s: "true" if c.value else "false",
    ViewerIs: lambda c, s: _FLAGS[c.flag],
    ViewerIn: _viewer_in,
    ViewerMay: lambda c, s: f"isGranted(user, {flat(Literal(c.permission))})",
    Truth: lambda c, s: _operand(c.of, s),
    Missing: lambda c, s: f"{_operand(c.of, s)} === null",
    Same: lambda c, s: f"{_operand(c.left, s)} === {_operand(c.right, s)}",
    Ordered: lambda c, s: f"{_operand(c.left, s)} {c.op} {_operand(c.right, s)}",
    OneOf: _one_of,
    Some: _some,
    Every: lambda c, s: _joined(c.of, "&&", s),
    Either: lambda c, s: _joined(c.of, "||", s),
    Negated: _negated,
    Choice: lambda c, s: f"{_part(c.test, s)} ? {_part(c.then, s)} : {_part(c.otherwise, s)}",
}
