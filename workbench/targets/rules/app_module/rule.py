"""One permission in TypeScript: its rule, its name in a registry, and its filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.diagnostic import Diagnostic
from workbench.policies.policy import Atom, Permission, Predicate
from workbench.targets.rules.predicates import Written
from workbench.targets.typescript import Arrow, Const, Expression, Name, call, method, print_statement


@dataclass(frozen=True)
class Rule:
    """One permission in TypeScript: the registry and the name to ask, what it says, and what is missing."""

    permission: Permission
    registry: str
    context: str  # the type of what has to be known of the object
    name: str
    text: str  # "projectRules.add("project.change", isMember.and(…))"
    filter: str  # name of the function that makes its WHERE, "" where it needs no object
    diagnostics: tuple[Diagnostic, ...] = ()


def binding_of_rule(wanted: str, used: set[str]) -> str:
    """A rule's name within its registry, unique."""
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}{number}", number + 1
    used.add(name)
    return name


def place_of(permission: Permission) -> str:
    """The permission and where it is declared."""
    place = f" ({permission.origin})" if permission.origin else ""
    return f"{permission.name}{place}"


def combined(rule: Predicate, written: Mapping[str, Written]) -> Expression:
    """``isMember.and(memberCanChange).and(isArchived.not())``."""
    if isinstance(rule, Atom):
        return written[rule.key].asked or Name(written[rule.key].name)
    first, *rest = (combined(part, written) for part in rule.of)
    return method(first, rule.op, *rest)


def combined_rows(rule: Predicate, written: Mapping[str, Written]) -> Expression:
    """The same of the predicates' filters."""
    if isinstance(rule, Atom):
        return written[rule.key].filter
    first, *rest = (combined_rows(part, written) for part in rule.of)
    return method(first, rule.op, *rest)


def filter_of(name: str, where: str, rows: Expression) -> str:
    """The function that makes a rule's WHERE."""
    value = Arrow(("viewer: User",), call(where, Name("viewer"), rows))
    return print_statement(Const(name, value, exported=True)) + "\n"
