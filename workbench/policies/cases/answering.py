"""What a condition answers about one case, by the meaning of its parts: Python's order, Python's refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from workbench.policies.cases.comparisons import (
    ORDER,
    absent,
    column_of,
    flag,
    of_groups,
    one_of,
    ordered,
    same,
    value_of,
    wording,
)
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.sight import Refuses, Sight, Unknown
from workbench.policies.cases.worlds import Thing
from workbench.policies.condition import (
    Above,
    Absent,
    Always,
    Choice,
    Condition,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Negated,
    OfViewersGroups,
    OneOf,
    Ordered,
    Same,
    Some,
    Truth,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
    atoms,
)

Truths: TypeAlias = tuple[bool | None, ...]  # None: refused


def answer(condition: Condition, who: Profile, thing: Thing) -> bool:
    """Whether it holds of an object; ``Refuses`` where Django raises, ``Unknown`` for what has no answer here."""
    return _held(condition, Sight(who, {"": thing}))


def allows(condition: Condition, who: Profile, thing: Thing) -> bool:
    """The answer of ``has_perm``: a refusal is a no."""
    try:
        return answer(condition, who, thing)
    except Refuses:
        return False


def supposed(condition: Condition, who: Profile, given: Mapping[Condition, bool | None]) -> bool:
    """What it would allow if parts of it answered as given (None: refused)."""
    try:
        return _held(condition, Sight(who, {}, given))
    except Refuses:
        return False


def truths(condition: Condition, who: Profile, thing: Thing) -> Truths:
    """The answer of each of its atoms on its own."""
    return tuple(truth(atom, who, thing) for atom in atoms(condition))


def truth(atom: Condition, who: Profile, thing: Thing) -> bool | None:
    """The answer of one atom; None where it refuses."""
    try:
        return answer(atom, who, thing)
    except Refuses:
        return None


def _held(condition: Condition, sight: Sight) -> bool:
    if sight.given and condition in sight.given:
        return _given(sight.given[condition])
    rule = _RULES.get(type(condition))
    if rule is None:
        raise Unknown(type(condition).__name__)
    return rule(condition, sight)


def _given(answered: bool | None) -> bool:
    if answered is None:
        raise Refuses
    return answered


def _found(condition: Some, sight: Sight) -> Iterator[Thing]:
    """The rows that hold its test."""
    if condition.refuses_visitor and not sight.who.present:
        raise Refuses
    rows = dict(sight.at(condition.root, condition.through).rows).get((condition.model, condition.link), ())
    return (row for row in rows if _held(condition.where, sight.with_row(condition.row, row)))


def _exactly(condition: Exactly, sight: Sight) -> bool:
    rows = list(_found(condition.rows, sight))
    if len(rows) != 1:
        raise Refuses
    return _held(condition.test, sight.with_row(condition.rows.row, rows[0]))


def _above(condition: Above, sight: Sight) -> bool:
    link: Thing | None = sight.at(condition.root, condition.through)
    first = True
    while link is not None:
        inner = sight.with_row(condition.row, link)
        if (condition.itself or not first) and _held(condition.where, inner):
            return True
        first, climbs = False, _held(condition.climbs, inner)
        link = link.referred.get(condition.parent) if climbs else None
    return False


_RULES: dict[type, Callable[[Any, Sight], bool]] = {
    Always: lambda c, s: c.value,
    ViewerIs: flag,
    ViewerIn: lambda c, s: (all if c.every else any)(name in s.who.groups for name in c.groups),
    ViewerMay: lambda c, s: s.who.may(c.permission),
    Truth: lambda c, s: column_of(c.of, s) is True,
    Missing: lambda c, s: column_of(c.of, s) is None,
    Absent: absent,
    Same: lambda c, s: same(value_of(c.left, s), value_of(c.right, s)),
    Ordered: ordered,
    OneOf: one_of,
    Wording: wording,
    OfViewersGroups: of_groups,
    Some: lambda c, s: any(True for _ in _found(c, s)),
    Counted: lambda c, s: ORDER[c.op](len(list(_found(c.rows, s))), c.than),
    Exactly: _exactly,
    Above: _above,
    Every: lambda c, s: all(_held(part, s) for part in c.of),
    Either: lambda c, s: any(_held(part, s) for part in c.of),
    Negated: lambda c, s: not _held(c.of, s),
    Choice: lambda c, s: _held(c.then if _held(c.test, s) else c.otherwise, s),
}
ANSWERED = frozenset(_RULES)
