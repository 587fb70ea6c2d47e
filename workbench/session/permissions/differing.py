"""Rules that differ from each other in effect: layers that ask for other permissions, and decide otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from workbench.policies.policy import Permission, Policies, View
from workbench.session.permissions.matrix import Matrix
from workbench.session.permissions.questions import Asked
from workbench.session.permissions.witness import facts_of_thing, facts_of_user

ACTIONS = ("view", "add", "change", "delete")
_WORDS = {"1": "yes", "0": "no", "x": "raises"}
_DONE_BY = {
    "list": "view", "retrieve": "view", "rows": "view", "get": "view", "create": "add", "post": "add",
    "update": "change", "partial_update": "change", "put": "change", "patch": "change", "destroy": "delete",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Two rules about one action on one model. ``who``: a user, and an object, whom Django answers otherwise."""

    model: str
    action: str
    one: str
    other: str
    how: str
    who: str = ""  # "" where nothing was tried
    count: int = 0  # answers that differ


def asked_otherwise(policies: Policies, apps: Collection[str]) -> tuple[Difference, ...]:
    """Layers that name other permissions for the same action: a view beside the admin, an API beside a page."""
    layers: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for view in policies.views:
        if view.model and view.model.partition(".")[0] in apps:
            for method, action in view.actions.items():
                names = _named(view, method)
                if names:
                    layers.setdefault((view.model, action), {}).setdefault(_said(view, names), names)
    return tuple(
        Difference(model, action, one, other, "they ask for other permissions")
        for (model, action), found in layers.items()
        for (one, names), (other, others) in combinations(found.items(), 2)
        if not names & others
    )


def _named(view: View, method: str) -> frozenset[str]:
    """All permissions that stand before one method."""
    guards = (guard for guard in view.guards if not guard.methods or method in guard.methods)
    return frozenset(name for guard in guards for name in guard.permissions)


def _said(view: View, names: frozenset[str]) -> str:
    return f"{view.view} asks {', '.join(sorted(names))}"


def decided_otherwise(matrix: Matrix) -> tuple[Difference, ...]:
    """Rules about the same action on the same model to which Django gives other answers, with who shows it best."""
    return tuple(found for key, about in _by_action(matrix).items() for found in _pairs(key[1], about, matrix))


@dataclass(frozen=True)
class _Rule:
    """One rule of the matrix: its subject there, and its place among that subject's rules."""

    subject: int
    number: int
    permission: Permission
    asked: Asked


def _by_action(matrix: Matrix) -> dict[tuple[str, str], list[_Rule]]:
    found: dict[tuple[str, str], list[_Rule]] = {}
    for subject, asked in enumerate(matrix.asked):
        for number, permission in enumerate(asked.permissions):
            for action in actions_of(permission) if permission.rule is not None else ():
                rule = _Rule(subject, number, permission, asked)
                found.setdefault((asked.subject.model, action), []).append(rule)
    return found


def actions_of(permission: Permission) -> tuple[str, ...]:
    """Which of Django's four actions a rule is about; () for another."""
    asked, codename = permission.asked, permission.name.partition(".")[2]
    if asked is None or asked.kind == "rule":
        name = asked.name.rpartition(".")[2] if asked else codename
        words = [name.partition("_")[0]]
    else:
        words = codename.partition(".")[2].partition(" ")[0].split("/")
    found = (word if word in ACTIONS else _DONE_BY.get(word, "") for word in words)
    return tuple(dict.fromkeys(action for action in found if action))


def _pairs(action: str, rules: Sequence[_Rule], matrix: Matrix) -> Iterator[Difference]:
    """Each rule against the first of its action, the permission's own where there is one."""
    ordered = sorted(rules, key=lambda rule: rule.permission.asked is not None)
    seen: set[tuple[bool, ...]] = set()
    for rule in ordered:
        answers = _answers(rule, matrix)
        difference = _difference(action, ordered[0], rule, matrix) if answers not in seen else None
        if difference is not None:
            yield difference
        seen.add(answers)


def _answers(rule: _Rule, matrix: Matrix) -> tuple[bool, ...]:
    """Whom it lets in, user by user and object by object."""
    asked = (matrix.django.subjects[at][rule.subject] for at in range(matrix.askers))
    return tuple(letters[rule.number] == "1" for things in asked for letters in things)


def _difference(action: str, one: _Rule, other: _Rule, matrix: Matrix) -> Difference | None:
    """The witness is no superuser where anybody else shows it."""
    differing = list(_differing(one, other, matrix))
    if not differing:
        return None
    profiles = {profile.name: profile for profile in matrix.plan.askers}
    at, thing = min(differing, key=lambda found: profiles[matrix.users[found[0]]].superuser)
    answers = [_WORDS[matrix.django.subjects[at][rule.subject][thing][rule.number]] for rule in (one, other)]
    who = facts_of_user(profiles[matrix.users[at]], matrix.data)
    what = facts_of_thing(one.asked.subject, one.asked.keys[thing], matrix.data.rows)
    names = (one.permission.name, other.permission.name)
    told = f"{who}; {what}: {names[0]} {answers[0]}, {names[1]} {answers[1]}"
    return Difference(one.asked.subject.model, action, *names, "they decide otherwise", told, len(differing))


def _differing(one: _Rule, other: _Rule, matrix: Matrix) -> Iterator[tuple[int, int]]:
    """The places of users and objects; both rules were asked about the same objects."""
    for at in range(matrix.askers):
        sides = (matrix.django.subjects[at][one.subject], matrix.django.subjects[at][other.subject])
        for thing, (left, right) in enumerate(zip(*sides, strict=True)):
            if (left[one.number] == "1") != (right[other.number] == "1"):
                yield at, thing


def rows_of(differences: Sequence[Difference]) -> tuple[tuple[str, ...], ...]:
    """For a display: the action, both rules, how they differ, and who shows it."""
    return tuple((f"{one.action} {one.model}", one.one, one.other, _how(one), one.who) for one in differences)


def _how(difference: Difference) -> str:
    return f"{difference.how} {difference.count} times" if difference.count else difference.how


HEADINGS = ("action", "one rule", "another", "how", "shown by")
