"""What a condition can answer for one user whatever the objects hold: true, false, refused, or several of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from workbench.policies.cases.answering import allows
from workbench.policies.cases.profiles import Profile, everybody
from workbench.policies.cases.worlds import Thing
from workbench.policies.condition import (
    Always,
    Attribute,
    Condition,
    Either,
    Every,
    Negated,
    Same,
    Some,
    ViewerId,
    ViewerIn,
    ViewerIs,
    walk,
)

Outcomes: TypeAlias = frozenset[bool | None]  # None: refused
_ANY: Outcomes = frozenset((True, False, None))
_REFUSED: Outcomes = frozenset((None,))
_NOTHING = Thing("")


def alike_for_everybody(one: Condition, two: Condition) -> bool:
    """Whether each kind of user is never let in by either, or both say the same once what is known is left out."""
    parts = [part for side in (one, two) for part in walk(side)]
    groups = sorted({name for part in parts if isinstance(part, ViewerIn) for name in part.groups})
    return all(_alike(one, two, who) for who in everybody(groups))


def _alike(one: Condition, two: Condition, who: Profile) -> bool:
    said = outcomes(one, who), outcomes(two, who)
    never = all(True not in found for found in said)
    return never or all(found == {True} for found in said) or reduced(one, who) == reduced(two, who)


def outcomes(condition: Condition, who: Profile) -> Outcomes:
    """All that it may answer, and sometimes more: what depends on an object may be anything."""
    rule = _RULES.get(type(condition))
    return rule(condition, who) if rule else _ANY


def reduced(condition: Condition, who: Profile) -> Condition:
    """The same without the parts of which the answer for that user is known and changes nothing."""
    if isinstance(condition, (Every, Either)):
        nothing = isinstance(condition, Every)
        kept = tuple(reduced(part, who) for part in condition.of if outcomes(part, who) != {nothing})
        return kept[0] if len(kept) == 1 else type(condition)(kept) if kept else Always(nothing)
    return replace(condition, of=reduced(condition.of, who)) if isinstance(condition, Negated) else condition


def _alone(condition: ViewerIs | ViewerIn | Always, who: Profile) -> Outcomes:
    if condition == ViewerIs("known") and not who.present:
        return _REFUSED
    return frozenset((allows(condition, who, _NOTHING),))


def _same(condition: Same, who: Profile) -> Outcomes:
    """A column that holds no null is no visitor's key; one behind references may refuse."""
    left = condition.left
    if condition.right != ViewerId() or who.present or not isinstance(left, Attribute) or left.nullable:
        return _ANY
    return frozenset((False, None)) if left.through else frozenset((False,))


def _some(condition: Some, who: Profile) -> Outcomes:
    """No row passes a test that is never true."""
    if condition.refuses_visitor and not who.present:
        return _REFUSED
    return _ANY if True in outcomes(condition.where, who) else frozenset((False, None))


def _joined(parts: Iterable[Outcomes], end: bool) -> Outcomes:
    """From left to right: the first part that is false (of ``Either``: true) ends it, a refusal too."""
    found: set[bool | None] = set()
    for said in parts:
        found |= said - {end}
        if end not in said:
            return frozenset(found)
    return frozenset(found | {end})


_RULES: dict[type, Callable[[Any, Profile], Outcomes]] = {
    Always: _alone,
    ViewerIs: _alone,
    ViewerIn: _alone,
    Same: _same,
    Some: _some,
    Every: lambda c, who: _joined((outcomes(part, who) for part in c.of), True),
    Either: lambda c, who: _joined((outcomes(part, who) for part in c.of), False),
    Negated: lambda c, who: frozenset(None if one is None else not one for one in outcomes(c.of, who)),
}
