"""A condition as a TypeScript expression over ``user`` and an object: what a predicate asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Always,
    Asked,
    Attribute,
    Choice,
    Condition,
    Constant,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Moment,
    Negated,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    Scalar,
    Skip,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
    kind_of,
)
from workbench.targets.rules.properties import Properties
from workbench.targets.typescript import Expression, Literal, Member, Name, call, flat

_FLAGS = {
    "authenticated": "isAuthenticated({})",
    "active": "isActive({})",
    "staff": "{}.isStaff",
    "superuser": "{}.isSiteAdmin",
    "known": "signedIn({})",
}
_OPERATORS: dict[type, str] = {Every: "&&", Either: "||", Choice: "?"}
_COMPARED = {"decimal": "decimals", "instant": "instants"}  # how values of a kind are compared, where not by <
_WORDING = {"starts": "startsWith", "ends": "endsWith", "contains": "includes"}


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
    if _refuses(condition):
        inner = "&&"
    return f"({text})" if inner not in ("", operator) else text


def _refuses(condition: Condition) -> bool:
    return isinstance(condition, Some) and condition.refuses_visitor


def _joined(parts: Sequence[Condition], operator: str, subject: Subject) -> str:
    return f" {operator} ".join(_part(part, subject, operator) for part in parts)


def _negated(condition: Negated, subject: Subject) -> str:
    inner, text = condition.of, question(condition.of, subject)
    if isinstance(inner, Same) and not _special(inner):
        return f"{_operand(inner.left, subject)} !== {_operand(inner.right, subject)}"
    if isinstance(inner, Missing):
        return f"{_operand(inner.of, subject)} !== null"
    if isinstance(inner, Absent):
        return text.replace(" === null", " !== null")
    bare = isinstance(inner, (Always, ViewerIs, ViewerIn, ViewerMay, OneOf, Wording, Asked))
    bare = bare or (isinstance(inner, Truth) and not inner.of.nullable)
    bare = bare or (isinstance(inner, (Some, Above)) and text.endswith(")") and not _refuses(inner))
    return f"!{text}" if bare else f"!({text})"


def _operand(operand: Operand, subject: Subject) -> str:
    if isinstance(operand, ViewerId):
        return f"{subject.user}.id"
    if isinstance(operand, Constant):
        return flat(Literal(operand.value))
    if isinstance(operand, Moment):
        return flat(moment(operand))
    return flat(value(operand, subject))


def moment(operand: Moment) -> Expression:
    """``now(-3600000000)``, ``today("Europe/Stockholm", 1)``."""
    if operand.type == "instant":
        return call("now", Literal(operand.offset))
    return call("today", Literal(operand.zone), Literal(operand.offset))


def value(attribute: Attribute, subject: Subject) -> Expression:
    """The property that holds a field."""
    column = subject.properties.column(attribute.model, attribute.field)
    return Member(subject.at(attribute.through, attribute.root), column)


def _special(condition: Same) -> str | None:
    return _COMPARED.get(kind_of(condition.left))


def _same(condition: Same, subject: Subject) -> str:
    left, right = _operand(condition.left, subject), _operand(condition.right, subject)
    compared = _special(condition)
    return f"sameValue({compared}, {left}, {right})" if compared else f"{left} === {right}"


def _ordered(condition: Ordered, subject: Subject) -> str:
    left, right = (_present(side, subject) for side in (condition.left, condition.right))
    compared = _COMPARED.get(kind_of(condition.left))
    return f"{compared}({left}, {right}) {condition.op} 0" if compared else f"{left} {condition.op} {right}"


def _present(operand: Operand, subject: Subject) -> str:
    """The operand; where it is null, ``there(…)`` refuses."""
    text = _operand(operand, subject)
    return f"there({text})" if isinstance(operand, Attribute) and operand.nullable else text


def _wording(condition: Wording, subject: Subject) -> str:
    return f"{_present(condition.value, subject)}.{_WORDING[condition.op]}({flat(Literal(condition.text))})"


def _truth(condition: Truth, subject: Subject) -> str:
    return _operand(condition.of, subject) + (" === true" if condition.of.nullable else "")


def _viewer_in(condition: ViewerIn, subject: Subject) -> str:
    function = "inEveryGroup" if condition.every else "inSomeGroup"
    return f"{function}({subject.user}, {literals(condition.groups)})"


def _of_viewers_groups(condition: OfViewersGroups, subject: Subject) -> str:
    return f"inSomeGroup({subject.user}, [{_operand(condition.name, subject)}])"


def _absent(condition: Absent, subject: Subject) -> str:
    *before, last = condition.through
    holder = subject.at(before, condition.root)
    label = subject.properties.end(subject.label(condition.root), before)
    (step,) = subject.properties.steps(label, (last,))
    return f"{flat(Member(holder, step.property))} === null"


def _some(condition: Some, subject: Subject) -> str:
    """``task.project.members.some((row) => …)``; Django refuses a visitor before it looks at any row."""
    rows = _rows(condition, subject)
    text = f"{rows}.length > 0" if condition.where == Always(True) else f"{rows}.some({_test(condition, subject)})"
    return f"signedIn({subject.user}) && {text}" if condition.refuses_visitor else text


def _counted(condition: Counted, subject: Subject) -> str:
    some = condition.rows
    rows = _rows(some, subject)
    found = rows if some.where == Always(True) else f"{rows}.filter({_test(some, subject)})"
    text = f"{found}.length {'===' if condition.op == '==' else condition.op} {condition.than}"
    return f"(signedIn({subject.user}) && {text})" if some.refuses_visitor else text


def _exactly(condition: Exactly, subject: Subject) -> str:
    """``picked(project.members.find((row) => …), (row) => …)``."""
    some = condition.rows
    found = f"{_rows(some, subject)}.find({_test(some, subject)})"
    test = f"({some.row}) => {question(condition.test, subject.inside(some.row, some.model))}"
    return f"picked({'signedIn(' + subject.user + ') && ' if some.refuses_visitor else ''}{found}, {test})"


def _rows(condition: Some, subject: Subject) -> str:
    holder = subject.at(condition.through, condition.root)
    return flat(Member(holder, subject.properties.rows(condition.model, condition.link)))


def _test(condition: Some | Above, subject: Subject) -> str:
    return f"({condition.row}) => {question(condition.where, subject.inside(condition.row, condition.model))}"


def _above(condition: Above, subject: Subject) -> str:
    """``climbed(node.parentChain, (row) => row.inherits).some((row) => …)``."""
    holder = subject.at(condition.through, condition.root)
    chain = flat(Member(holder, subject.properties.chain(condition.model, condition.parent)))
    inner = subject.inside(condition.row, condition.model)
    if condition.climbs != Always(True):
        chain = f"climbed({chain}, ({condition.row}) => {question(condition.climbs, inner)})"
    return f"{chain}{'' if condition.itself else '.slice(1)'}.some({_test(condition, subject)})"


def _among(text: str, among: Sequence[Scalar], nullable: bool) -> str:
    if not among:
        return "false"
    found = f"{literals(among)}.includes({text})"
    return f"({text} !== null && {found})" if nullable else found


def _one_of(condition: OneOf, subject: Subject) -> str:
    of = condition.value
    nullable = isinstance(of, ViewerId) or (isinstance(of, Attribute) and of.nullable)
    return _among(_operand(of, subject), condition.among, nullable)


_SHAPES: dict[type, Callable[[Any, Subject], str]] = {
    Always: lambda c, s: "true" if c.value else "false",
    Skip: lambda c, s: "null",
    ViewerIs: lambda c, s: _FLAGS[c.flag].format(s.user),
    ViewerIn: _viewer_in,
    ViewerMay: lambda c, s: f"isGranted({s.user}, {flat(Literal(c.permission))})",
    Asked: lambda c, s: f"{literals(c.among)}.includes({c.what})",
    Truth: _truth,
    Missing: lambda c, s: f"{_operand(c.of, s)} === null",
    Absent: _absent,
    Same: _same,
    Ordered: _ordered,
    OneOf: _one_of,
    Wording: _wording,
    OfViewersGroups: _of_viewers_groups,
    Some: _some,
    Counted: _counted,
    Exactly: _exactly,
    Above: _above,
    Every: lambda c, s: _joined(c.of, "&&", s),
    Either: lambda c, s: _joined(c.of, "||", s),
    Negated: _negated,
    Choice: lambda c, s: f"{_part(c.test, s)} ? {_part(c.then, s)} : {_part(c.otherwise, s)}",
}
SHAPES = frozenset(_SHAPES)
