"""Cases for one rule: a user and an object for every way its atoms can be true, false or refused together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from operator import ne

from workbench.policies.cases.answering import Truths, allows, supposed, truth
from workbench.policies.cases.drawing import Drawing, Fits
from workbench.policies.cases.outcomes import alike_for_everybody
from workbench.policies.cases.profiles import Profile, everybody
from workbench.policies.cases.sight import Unknown
from workbench.policies.cases.worlds import Mark, Node, Thing, Value
from workbench.policies.condition import (
    Always,
    Attribute,
    Condition,
    OfViewersGroups,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    atoms,
    operands,
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

    def by_user(self, profiles: Sequence[Profile], *conditions: Condition) -> Iterator[tuple[Profile, Iterable[Thing]]]:
        """Everybody whom the conditions tell apart, with everything; no row refers to a visitor."""
        seen = Seen.by(conditions)
        for who in {seen.of(profile): profile for profile in reversed(profiles)}.values():
            yield who, self.made if who.present else self._for_visitors

    def cases(self, profiles: Sequence[Profile], *conditions: Condition) -> Iterator[Case]:
        """The same, one by one."""
        for who, things in self.by_user(profiles, *conditions):
            yield from (Case(who, thing) for thing in things)

    @cached_property
    def _for_visitors(self) -> tuple[Thing, ...]:
        known: dict[Thing, Thing] = {}
        return tuple(dict.fromkeys(without_viewer(thing, known) for thing in self.made))


@dataclass(frozen=True)
class Seen:
    """What conditions can see of a user: ``alone`` are their questions that a user answers alone."""

    alone: tuple[Condition, ...]
    groups: bool  # they look at the names of groups
    flags: bool  # they look at the account's flags in a row of a user

    @classmethod
    def by(cls, conditions: Iterable[Condition]) -> Seen:
        """All that these conditions look at."""
        parts = [part for condition in conditions for part in walk(condition)]
        alone = [part for part in parts if isinstance(part, (ViewerIs, ViewerIn, ViewerMay))]
        read = {operand.field for part in parts for operand in operands(part) if isinstance(operand, Attribute)}
        groups = any(isinstance(part, OfViewersGroups) for part in parts)
        return cls(tuple(dict.fromkeys(alone)), groups, not read.isdisjoint(_FLAGS))

    def of(self, who: Profile) -> tuple[object, ...]:
        """Users of whom this is the same are the same to the conditions."""
        flags = (who.active, who.staff, who.superuser) if self.flags else ()
        answers = (allows(part, who, _NOTHING) for part in self.alone)
        return (who.present, who.own, bool(who.groups) and self.groups, flags, *answers)


_FLAGS = ("is_active", "is_staff", "is_superuser")
_NOTHING = Thing("")
_ALONE = (Always, ViewerIs, ViewerIn)  # what a user answers alone


def cover(condition: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> Coverage:
    """Cases that reach every combination that can be; ``Unknown`` for a kind of condition without a meaning here."""
    found: dict[Truths, Case] = {}
    parts = [(number, atom, Seen.by([atom])) for number, atom in enumerate(atoms(condition))]
    known: dict[tuple[object, ...], bool | None] = {}  # an atom answers alike to users who are the same to it
    for who, things in worlds.by_user(profiles, condition):
        asked = [(atom, (number, seen.of(who))) for number, atom, seen in parts]
        for thing in things:
            vector = tuple(_known(known, (*key, thing), atom, who, thing) for atom, key in asked)
            if vector not in found:
                found[vector] = Case(who, thing)
    chosen = found if len(found) <= _MOST_COMBINATIONS else _thinned(found, condition)
    return Coverage(tuple(chosen.values()), len(parts) if found else 0, len(found), not worlds.all_)


def _known(
    known: dict[tuple[object, ...], bool | None], key: tuple[object, ...], atom: Condition, who: Profile, thing: Thing
) -> bool | None:
    """The answer of an atom, asked once."""
    if key not in known:
        known[key] = truth(atom, who, thing)
    return known[key]


def telling(right: Condition, wrong: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> Case | None:
    """A case in which two conditions answer differently; None where none was found among the worlds looked at."""
    return next((case for case in worlds.cases(profiles, right, wrong) if tells(case, right, wrong)), None)


def tells(case: Case, right: Condition, wrong: Condition) -> bool:
    """Whether two conditions answer differently in a case; not where it holds nothing of what one of them reads."""
    said, instead = said_of(right, case), said_of(wrong, case)
    return None not in (said, instead) and said != instead


def said_of(condition: Condition, case: Case) -> bool | None:
    """The answer in a case; None where it holds nothing of what the condition reads."""
    try:
        return allows(condition, case.who, case.thing)
    except (KeyError, Unknown):
        return None


def equal_everywhere(one: Condition, two: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> bool:
    """Whether two conditions let in the same users; False where neither way of showing it does."""
    return bool(how_equal(one, two, worlds, profiles))


def how_equal(one: Condition, two: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> str:
    """How it is shown that two conditions let in the same users: in every world, or whatever questions answer.

    "" where neither shows it.
    """
    if worlds.all_ and telling(one, two, worlds, profiles) is None:
        return f"the same users are let in with each of the {len(worlds.made)} objects that there can be"
    if _equal_over_answers(one, two):
        return "the same users are let in whatever the questions about objects answer"
    if alike_for_everybody(one, two):
        return "for each kind of user both say the same, or neither ever lets them in"
    return ""


def _equal_over_answers(one: Condition, two: Condition) -> bool:
    """Whether no answers of the questions about objects, and about grants, tell them apart: each could be any."""
    questions: dict[Condition, None] = dict.fromkeys(
        atom for side in (one, two) for atom in atoms(side) if not isinstance(atom, _ALONE)
    )
    groups = {name for side in (one, two) for part in walk(side) if isinstance(part, ViewerIn) for name in part.groups}
    if len(questions) > _MOST_QUESTIONS:
        return False
    for answers in product((True, False, None), repeat=len(questions)):
        given = dict(zip(questions, answers, strict=True))
        if any(supposed(one, who, given) != supposed(two, who, given) for who in everybody(sorted(groups))):
            return False
    return True


def without_viewer(thing: Thing, known: dict[Thing, Thing] | None = None) -> Thing:
    """The same with another user where who asks stands; ``known``: parts of which it is known already."""
    known = {} if known is None else known
    if thing not in known:
        known[thing] = Thing(
            thing.model,
            tuple((name, _other(value)) for name, value in thing.values),
            tuple((name, without_viewer(inner, known) if inner else None) for name, inner in thing.objects),
            tuple((key, tuple(dict.fromkeys(without_viewer(one, known) for one in row))) for key, row in thing.rows),
            Mark.OTHER if thing.who is Mark.VIEWER else thing.who,
        )
    return known[thing]


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
        yield from _alone(place, outcome) or _nearest(place, outcome)


def _nearest(place: int, outcome: Mapping[Truths, bool]) -> tuple[Truths, ...]:
    """The first two that differ in one atom's answer, in the outcome, and in as little else as can be."""
    best: tuple[Truths, ...] = ()
    least = len(next(iter(outcome))) + 1
    for one, two in combinations(outcome, 2):
        if one[place] != two[place] and outcome[one] != outcome[two] and _distance(one, two) < least:
            best, least = (one, two), _distance(one, two)
            if least == _NEAREST:
                break
    return best


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
    return sum(map(ne, one, two))


_NEAREST = 2  # those that differ in one answer alone were looked for before
