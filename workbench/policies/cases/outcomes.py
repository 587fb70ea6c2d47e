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
    Missing,
    Negated,
    OfViewersGroups,
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
    if never or all(found == {True} for found in said):
        return True
    left, right = (without_implied(reduced(side, who), who) for side in (one, two))
    return left == right


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


def without_implied(condition: Condition, who: Profile) -> Condition:
    """The same without the parts of an AND that another of its parts implies; none under NOT, where a refusal tells."""
    if not isinstance(condition, (Every, Either)):
        return condition
    parts = tuple(without_implied(part, who) for part in condition.of)
    if isinstance(condition, Every):
        parts = tuple(part for part in parts if not any(_implies(other, part, who) for other in parts))
    return parts[0] if len(parts) == 1 else type(condition)(parts)


def _implies(one: Condition, two: Condition, who: Profile) -> bool:
    """A column that is somebody's key is not null; a row that passes more tests passes fewer."""
    if isinstance(two, Negated) and isinstance(two.of, Missing):
        return who.present and one == Same(two.of.of, ViewerId())
    if not isinstance(one, Some) or not isinstance(two, Some) or replace(one, where=two.where) != two:
        return False
    return _tests(two) < _tests(one)


def _tests(rows: Some) -> frozenset[Condition]:
    parts = rows.where.of if isinstance(rows.where, Every) else (rows.where,)
    return frozenset(part for part in parts if part != Always(True))


def _alone(condition: ViewerIs | ViewerIn | Always, who: Profile) -> Outcomes:
    if condition == ViewerIs("known") and not who.present:
        return _REFUSED
    return frozenset((allows(condition, who, _NOTHING),))


def _same(condition: Same, who: Profile, filled: bool = False) -> Outcomes:
    """A column that holds no null (or is ``filled``) is no visitor's key; one behind references may refuse."""
    left = condition.left
    if condition.right != ViewerId() or who.present or not isinstance(left, Attribute):
        return _ANY
    if left.nullable and not filled:
        return _ANY
    return frozenset((False, None)) if left.through else frozenset((False,))


def _every(condition: Every, who: Profile) -> Outcomes:
    """Its parts from left to right; that a column is not null counts for its other tests."""
    filled = {part.of.of for part in condition.of if isinstance(part, Negated) and isinstance(part.of, Missing)}
    return _joined(
        (
            _same(part, who, filled=True) if isinstance(part, Same) and part.left in filled else outcomes(part, who)
            for part in condition.of
        ),
        True,
    )


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
    OfViewersGroups: lambda c, who: _ANY if who.present else frozenset((False,)),
    Some: _some,
    Every: _every,
    Either: lambda c, who: _joined((outcomes(part, who) for part in c.of), False),
    Negated: lambda c, who: frozenset(None if one is None else not one for one in outcomes(c.of, who)),
}
