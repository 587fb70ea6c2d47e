"""django-rules: its own predicates, what it passes to others, and how it combines their answers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.policies.condition import Always, Condition, ViewerIn, ViewerIs
from workbench.policies.policy import Atom, Body, Predicate
from workbench.policies.reasoning import FALSE, TRUE, choice, either, every, negated, skips, then
from workbench.policies.references import PREDICATE, Reference, Thing, Viewer
from workbench.policies.scope import unknown
from workbench.policies.translating.translated import Translated

_BUILT_IN: dict[str, Condition] = {
    "is_authenticated": ViewerIs("authenticated"),
    "is_superuser": ViewerIs("superuser"),
    "is_staff": ViewerIs("staff"),
    "is_active": ViewerIs("active"),
    "always_true": Always(True),
    "always_allow": Always(True),
    "always_false": Always(False),
    "always_deny": Always(False),
}


def built_in(body: Body) -> Translated:
    """One of django-rules' own predicates."""
    if body.groups:
        return Translated(body, ViewerIn(body.groups, every=True))
    condition = _BUILT_IN.get(body.label)
    return Translated(body, condition, "" if condition else "it is none of django-rules' own predicates")


def asked_about(body: Body, thing: Thing | None) -> dict[str, Reference]:
    """What the parameters of a predicate stand for; django-rules passes a bound one itself first."""
    references: tuple[Reference, ...] = (Viewer(), thing) if thing else (Viewer(),)
    passed = (PREDICATE, *references) if body.bind else references
    return dict(zip(body.parameters, passed, strict=False))


def combined(op: str, parts: list[Condition], node: ast.AST) -> Condition:
    """django-rules' combination: a part without an answer is left out."""
    if op == "not":
        return then(parts[0], FALSE, TRUE)
    first, second = parts
    if not skips(first) and not skips(second):
        if op == "xor":
            return choice(first, negated(second), second)
        return every((first, second)) if op == "and" else either((first, second))
    if op == "xor":
        raise unknown(node, "combines answers of which one may be missing")
    after = then(second, TRUE, FALSE, TRUE if op == "and" else FALSE)
    return then(first, after, FALSE, second) if op == "and" else then(first, TRUE, after, second)


def atoms(predicate: Predicate) -> Iterator[str]:
    """The keys of a rule's atoms, from left to right."""
    if isinstance(predicate, Atom):
        yield predicate.key
    else:
        for part in predicate.of:
            yield from atoms(part)
