"""Questions about rows that refer to an object, or stand above it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from workbench.policies.condition import Above, Always, Condition, Counted, Exactly, Some
from workbench.targets.rules.questions.subject import Subject
from workbench.targets.typescript import Member, flat

Ask: TypeAlias = Callable[[Condition, Subject], str]  # the question that a test of one row is


def some(condition: Some, subject: Subject, ask: Ask) -> str:
    """``task.project.members.some((row) => …)``; Django refuses a visitor before it looks at any row."""
    rows = _rows(condition, subject)
    text = f"{rows}.length > 0" if condition.where == Always(True) else f"{rows}.some({_test(condition, subject, ask)})"
    return f"signedIn({subject.user}) && {text}" if condition.refuses_visitor else text


def counted(condition: Counted, subject: Subject, ask: Ask) -> str:
    """How many of the rows there are, compared."""
    some = condition.rows
    rows = _rows(some, subject)
    found = rows if some.where == Always(True) else f"{rows}.filter({_test(some, subject, ask)})"
    text = f"{found}.length {'===' if condition.op == '==' else condition.op} {condition.than}"
    return f"(signedIn({subject.user}) && {text})" if some.refuses_visitor else text


def exactly(condition: Exactly, subject: Subject, ask: Ask) -> str:
    """``picked(project.members.find((row) => …), (row) => …)``."""
    some = condition.rows
    found = f"{_rows(some, subject)}.find({_test(some, subject, ask)})"
    test = f"({some.row}) => {ask(condition.test, subject.inside(some.row, some.model))}"
    return f"picked({'signedIn(' + subject.user + ') && ' if some.refuses_visitor else ''}{found}, {test})"


def _rows(condition: Some, subject: Subject) -> str:
    holder = subject.at(condition.through, condition.root)
    return flat(Member(holder, subject.properties.rows(condition.model, condition.link)))


def _test(condition: Some | Above, subject: Subject, ask: Ask) -> str:
    return f"({condition.row}) => {ask(condition.where, subject.inside(condition.row, condition.model))}"


def above(condition: Above, subject: Subject, ask: Ask) -> str:
    """``climbed(node.parentChain, (row) => row.inherits).some((row) => …)``."""
    holder = subject.at(condition.through, condition.root)
    chain = flat(Member(holder, subject.properties.chain(condition.model, condition.parent)))
    inner = subject.inside(condition.row, condition.model)
    if condition.climbs != Always(True):
        chain = f"climbed({chain}, ({condition.row}) => {ask(condition.climbs, inner)})"
    return f"{chain}{'' if condition.itself else '.slice(1)'}.some({_test(condition, subject, ask)})"
