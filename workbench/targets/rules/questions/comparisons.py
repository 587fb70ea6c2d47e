"""Questions about single values: comparisons, texts, groups."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.policies.condition import (
    Absent,
    Attribute,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    Scalar,
    Truth,
    ViewerId,
    ViewerIn,
    Wording,
    kind_of,
)
from workbench.targets.rules.questions.subject import Subject, literals, operand
from workbench.targets.typescript import Literal, Member, flat

_COMPARED = {"decimal": "decimals", "instant": "instants"}  # how values of a kind are compared, where not by <
_WORDING = {"starts": "startsWith", "ends": "endsWith", "contains": "includes"}


def compared_by(condition: Same) -> str | None:
    """What compares values of that kind, where ``===`` does not."""
    return _COMPARED.get(kind_of(condition.left))


def same(condition: Same, subject: Subject) -> str:
    """``===``, or what compares values of that kind."""
    left, right = operand(condition.left, subject), operand(condition.right, subject)
    compared = compared_by(condition)
    return f"sameValue({compared}, {left}, {right})" if compared else f"{left} === {right}"


def ordered(condition: Ordered, subject: Subject) -> str:
    """``<`` and the like; where a side is null, it refuses."""
    left, right = (_present(side, subject) for side in (condition.left, condition.right))
    compared = _COMPARED.get(kind_of(condition.left))
    return f"{compared}({left}, {right}) {condition.op} 0" if compared else f"{left} {condition.op} {right}"


def _present(side: Operand, subject: Subject) -> str:
    """The side; where it is null, ``there(…)`` refuses."""
    text = operand(side, subject)
    return f"there({text})" if isinstance(side, Attribute) and side.nullable else text


def wording(condition: Wording, subject: Subject) -> str:
    """How a text starts, ends, or what it contains."""
    return f"{_present(condition.value, subject)}.{_WORDING[condition.op]}({flat(Literal(condition.text))})"


def truth(condition: Truth, subject: Subject) -> str:
    """A boolean field that is true."""
    return operand(condition.of, subject) + (" === true" if condition.of.nullable else "")


def viewer_in(condition: ViewerIn, subject: Subject) -> str:
    """Whether the user is in some, or every one, of these groups."""
    function = "inEveryGroup" if condition.every else "inSomeGroup"
    return f"{function}({subject.user}, {literals(condition.groups)})"


def of_viewers_groups(condition: OfViewersGroups, subject: Subject) -> str:
    """Whether a text names one of the user's groups."""
    return f"inSomeGroup({subject.user}, [{operand(condition.name, subject)}])"


def absent(condition: Absent, subject: Subject) -> str:
    """That nothing stands at the end of a path."""
    *before, last = condition.through
    holder = subject.at(before, condition.root)
    label = subject.properties.end(subject.label(condition.root), before)
    (step,) = subject.properties.steps(label, (last,))
    return f"{flat(Member(holder, step.property))} === null"


def one_of(condition: OneOf, subject: Subject) -> str:
    """Whether a value is among these constants."""
    of = condition.value
    nullable = isinstance(of, ViewerId) or (isinstance(of, Attribute) and of.nullable)
    return _among(operand(of, subject), condition.among, nullable)


def _among(text: str, among: Sequence[Scalar], nullable: bool) -> str:
    if not among:
        return "false"
    found = f"{literals(among)}.includes({text})"
    return f"({text} !== null && {found})" if nullable else found
