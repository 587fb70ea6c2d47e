"""Cases for one rule: a user and an object for every way its atoms can be true, false or refused together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import ne

from workbench.policies.cases.answering import Truths, allows, truth
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.universe import Case, Seen, Worlds
from workbench.policies.cases.worlds import Thing
from workbench.policies.condition import Condition, atoms

_MOST_COMBINATIONS = 64  # all are tried up to here; beyond, each pair of atoms' answers and each atom's own effect


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
