"""Cases for one rule: a user and an object for every way its atoms can be true, false or refused together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from workbench.policies.cases.answering import Truths, Unknown, allows, supposed, truths
from workbench.policies.cases.drawing import Drawing, Fits
from workbench.policies.cases.profiles import Profile, everybody
from workbench.policies.cases.worlds import Mark, Node, Thing, Value
from workbench.policies.condition import (
    Always,
    Condition,
    OfViewersGroups,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    atoms,
    walk,
)
from workbench.policies.models import Models

_MOST_COMBINATIONS = 64  # all are tried up to here; beyond, each pair of atoms' answers and each atom's own effect
_SEED = 1
_MOST_QUESTIONS = 7  # 2187 ways to answer them
_MOST_THINGS = 3_000  # looked at for one rule; beyond, as many drawn at random


@dataclass(frozen=True)
class Case:
    """A kind of user, and an object made for that user."""

    who: Profile
    thing: Thing


@dataclass(frozen=True)
class Coverage:
    """The cases for a rule, and what they cover of the ``possible`` combinations of its ``atoms``' answers."""

    cases: tuple[Case, ...]
    atoms: int
    possible: int
    drawn: bool = False  # possible combinations were looked for at random, not everywhere

    @property
    def method(self) -> str:
        """How the cases were chosen, in words."""
        if self.possible <= _MOST_COMBINATIONS:
            return f"all {self.possible} combinations of its {self.atoms} conditions"
        return f"pairs and each one's own effect, over {self.possible} combinations of its {self.atoms} conditions"


@dataclass(frozen=True)
class Worlds:
    """The things that a rule may be asked about, for who asks and for visitors; ``all_``: there are no others."""

    made: tuple[Thing, ...]
    all_: bool

    @classmethod
    def of(cls, node: Node, models: Models, most: int = _MOST_THINGS, fits: Fits | None = None) -> Worlds:
        """All that can be put together, or so many at random."""
        drawing = Drawing(models, _SEED, fits)
        return cls(tuple(drawing.things(node, most)), drawing.complete)

    def cases(self, profiles: Sequence[Profile], *conditions: Condition) -> Iterator[Case]:
        """Everybody whom the conditions tell apart, with everything; no row refers to a visitor."""
        for who in {_facts(profile, conditions): profile for profile in reversed(profiles)}.values():
            for thing in self.made if who.present else dict.fromkeys(map(without_viewer, self.made)):
                yield Case(who, thing)


def _facts(who: Profile, conditions: Sequence[Condition]) -> tuple[object, ...]:
    """What conditions can see of a user."""
    parts = [part for condition in conditions for part in walk(condition)]
    alone = [part for part in parts if isinstance(part, (ViewerIs, ViewerIn, ViewerMay))]
    groups = bool(who.groups) and any(isinstance(part, OfViewersGroups) for part in parts)
    return (who.present, who.own, groups, *(allows(part, who, _NOTHING) for part in dict.fromkeys(alone)))


_NOTHING = Thing("")
_ALONE = (Always, ViewerIs, ViewerIn)  # what a user answers alone


def cover(condition: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> Coverage:
    """Cases that reach every combination that can be; ``Unknown`` for a kind of condition without a meaning here."""
    found: dict[Truths, Case] = {}
    for case in worlds.cases(profiles, condition):
        found.setdefault(truths(condition, case.who, case.thing), case)
    chosen = found if len(found) <= _MOST_COMBINATIONS else _thinned(found, condition)
    atoms = len(next(iter(found))) if found else 0
    return Coverage(tuple(chosen.values()), atoms, len(found), not worlds.all_)


def telling(right: Condition, wrong: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> Case | None:
    """A case in which two conditions answer differently; None where none was found among the worlds looked at."""
    return next((case for case in worlds.cases(profiles, right, wrong) if tells(case, right, wrong)), None)


def tells(case: Case, right: Condition, wrong: Condition) -> bool:
    """Whether two conditions answer differently in a case; not where it holds nothing of what one of them reads."""
    try:
        return allows(right, case.who, case.thing) != allows(wrong, case.who, case.thing)
    except (KeyError, Unknown):
        return False


def equal_everywhere(one: Condition, two: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> bool:
    """Whether two conditions let in the same users: in every world, or whatever their questions about objects answer.

    False where neither can be shown.
    """
    return (worlds.all_ and telling(one, two, worlds, profiles) is None) or _equal_over_answers(one, two)


def _equal_over_answers(one: Condition, two: Condition) -> bool:
    """Whether no answers of the questions about objects tell them apart, taken as if each could be any."""
    questions: dict[Condition, None] = dict.fromkeys(
        atom for side in (one, two) for atom in atoms(side) if not isinstance(atom, _ALONE)
    )
    groups = {name for side in (one, two) for part in walk(side) if isinstance(part, ViewerIn) for name in part.groups}
    if len(questions) > _MOST_QUESTIONS or any(isinstance(p, ViewerMay) for side in (one, two) for p in walk(side)):
        return False
    for answers in product((True, False, None), repeat=len(questions)):
        given = dict(zip(questions, answers, strict=True))
        if any(supposed(one, who, given) != supposed(two, who, given) for who in everybody(sorted(groups))):
            return False
    return True


def without_viewer(thing: Thing) -> Thing:
    """The same with another user where who asks stands."""
    return replace(
        thing,
        values=tuple((name, _other(value)) for name, value in thing.values),
        objects=tuple((name, without_viewer(inner) if inner else None) for name, inner in thing.objects),
        rows=tuple((key, tuple(dict.fromkeys(map(without_viewer, found)))) for key, found in thing.rows),
        who=Mark.OTHER if thing.who is Mark.VIEWER else thing.who,
    )


def _other(value: Value) -> Value:
    return Mark.OTHER if value is Mark.VIEWER else value


def _thinned(found: Mapping[Truths, Case], condition: Condition) -> dict[Truths, Case]:
    """Fewer that still show each pair of two atoms' answers, and where possible that each atom alone decides."""
    chosen = {vector: found[vector] for vector in _deciding(found, condition)}
    missing = {pair for vector in found for pair in _pairs(vector)}
    missing -= {pair for vector in chosen for pair in _pairs(vector)}
    while missing:
        best = max(found, key=lambda vector: len(missing & set(_pairs(vector))))
        missing -= set(_pairs(best))
        chosen[best] = found[best]
    return chosen


def _pairs(vector: Truths) -> list[tuple[int, bool | None, int, bool | None]]:
    return [(i, vector[i], j, vector[j]) for i, j in combinations(range(len(vector)), 2)]


def _deciding(found: Mapping[Truths, Case], condition: Condition) -> Iterator[Truths]:
    """For each atom two vectors that differ in it alone, or in as few others as can be, and in the outcome."""
    outcome = {vector: allows(condition, case.who, case.thing) for vector, case in found.items()}
    for place in range(len(next(iter(found)))):
        pairs = (
            (one, two)
            for one, two in combinations(found, 2)
            if one[place] != two[place] and outcome[one] != outcome[two]
        )
        yield from _alone(place, outcome) or min(pairs, key=lambda pair: _distance(*pair), default=())


def _alone(place: int, outcome: Mapping[Truths, bool]) -> tuple[Truths, ...]:
    """The first two that differ in one atom's answer alone, and in the outcome."""
    order = {vector: number for number, vector in enumerate(outcome)}
    for vector, number in order.items():
        others = ((*vector[:place], answer, *vector[place + 1 :]) for answer in (True, False, None))
        later = [other for other in others if order.get(other, -1) > number and outcome[other] != outcome[vector]]
        if later:
            return vector, min(later, key=order.__getitem__)
    return ()


def _distance(one: Truths, two: Truths) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True))
