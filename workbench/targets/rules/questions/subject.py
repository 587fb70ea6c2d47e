"""The object that a predicate is about, and the values that it holds, as TypeScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.policies.condition import VIEWER, Attribute, Constant, Moment, Operand, Scalar, ViewerId
from workbench.targets.rules.properties import Properties
from workbench.targets.typescript import Expression, Literal, Member, Name, call, flat


@dataclass(frozen=True)
class Subject:
    """The object that a predicate is about: its model's label, the names of what it holds, and the rows in sight."""

    model: str
    properties: Properties
    rows: Mapping[str, str] = field(default_factory=dict)  # root -> label
    user: str = "user"  # the parameter that holds who asks

    @property
    def variable(self) -> str:
        """The parameter that holds it."""
        return self.properties.variable(self.model)

    def inside(self, row: str, model: str) -> Subject:
        """The subject within a test of rows."""
        return replace(self, rows={**self.rows, row: model})

    def label(self, root: str) -> str:
        """The model that a root is a row of."""
        if root == VIEWER:
            return self.properties.models.user
        return self.rows[root] if root else self.model

    def at(self, through: Sequence[str], root: str = "") -> Expression:
        """The object that a path leads to; where nothing may stand on the way, ``there(…)`` refuses."""
        node: Expression = Name(root or self.variable) if root != VIEWER else call("own", Name(self.user))
        for step in self.properties.steps(self.label(root), through):
            node = Member(node, step.property)
            node = call("there", node) if step.nullable else node
        return node


def literals(values: Sequence[Scalar]) -> str:
    """An array of constants."""
    return f"[{', '.join(flat(Literal(value)) for value in values)}]"


def operand(side: Operand, subject: Subject) -> str:
    """One side of a comparison."""
    if isinstance(side, ViewerId):
        return f"{subject.user}.id"
    if isinstance(side, Constant):
        return flat(Literal(side.value))
    if isinstance(side, Moment):
        return flat(moment(side))
    return flat(value(side, subject))


def moment(operand: Moment) -> Expression:
    """``now(-3600000000)``, ``today("Europe/Stockholm", 1)``."""
    if operand.type == "instant":
        return call("now", Literal(operand.offset))
    return call("today", Literal(operand.zone), Literal(operand.offset))


def value(attribute: Attribute, subject: Subject) -> Expression:
    """The property that holds a field."""
    column = subject.properties.column(attribute.model, attribute.field)
    return Member(subject.at(attribute.through, attribute.root), column)
