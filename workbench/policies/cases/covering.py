"""Cases for one rule: a user and an object for every way its atoms can be true, false or refused together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

from workbench.policies.cases.answering import Truths, allows, truths
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import Mark, Option, Pools, Row, Value, World
from workbench.policies.condition import Condition

_MOST_COMBINATIONS = 64  # all are tried up to here; beyond, each pair of atoms' answers and each atom's own effect
_MOST_WORLDS = 6_000  # looked at for one rule and one kind of user; beyond, as many drawn at random


@dataclass(frozen=True)
class Case:
    """A kind of user, and an object made for that user."""

    who: Profile
    world: World


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


def cover(condition: Condition, pools: Pools, profiles: Sequence[Profile], seed: int = 1) -> Coverage:
    """Cases that reach every combination that can be; ``Unknown`` for a kind of condition without a meaning here."""
    found: dict[Truths, Case] = {}
    size = math.prod(map(len, pools.values()))
    for who in profiles:
        for world in _worlds(pools, size, Random(seed)):
            fitting = world if who.present else _without_viewer(world)
            found.setdefault(truths(condition, who, fitting), Case(who, fitting))
    chosen = found if len(found) <= _MOST_COMBINATIONS else _thinned(found, condition)
    atoms = len(next(iter(found))) if found else 0
    return Coverage(tuple(chosen.values()), atoms, len(found), size > _MOST_WORLDS)


def each_option(pools: Pools, who: Profile, random: Random) -> tuple[Case, ...]:
    """Cases in which every value and every kind of row occurs: what a wrong constant or a lost comparison would miss.

    Pairs of rows are left to cases at random.
    """
    alone = {slot: [option for option in options if not _several(option)] for slot, options in pools.items()}
    shuffled = {slot: random.sample(options, len(options)) for slot, options in alone.items()}
    most = max(map(len, shuffled.values()), default=0)
    worlds = ({slot: options[turn % len(options)] for slot, options in shuffled.items()} for turn in range(most))
    return tuple(Case(who, world) for world in worlds)


def telling(right: Condition, wrong: Condition, pools: Pools, profiles: Sequence[Profile]) -> Case | None:
    """A case in which two conditions answer differently; None where none was found among the worlds looked at."""
    size = math.prod(map(len, pools.values()))
    for world in _worlds(pools, size, Random(1)):
        for who in profiles:
            fitting = world if who.present else _without_viewer(world)
            if allows(right, who, fitting) != allows(wrong, who, fitting):
                return Case(who, fitting)
    return None


def tells(case: Case, right: Condition, wrong: Condition) -> bool:
    """Whether two conditions answer differently in a case; not where it holds nothing of what one of them reads."""
    try:
        return allows(right, case.who, case.world) != allows(wrong, case.who, case.world)
    except KeyError:
        return False


def equal_everywhere(one: Condition, two: Condition, pools: Pools, profiles: Sequence[Profile]) -> bool:
    """Whether two conditions let in the same users in every world that can be put together; False if too many."""
    if math.prod(map(len, pools.values())) > _MOST_WORLDS:
        return False
    return telling(one, two, pools, profiles) is None


def _several(option: Option) -> bool:
    return isinstance(option, tuple) and len(option) > 1


def drawn(pools: Pools, random: Random) -> World:
    """A world at random."""
    return {slot: random.choice(options) for slot, options in pools.items()}


def completed(world: World, pools: Pools, random: Random) -> World:
    """The world with a choice for every other slot, too."""
    return {**drawn(pools, random), **world}


def _worlds(pools: Pools, size: int, random: Random) -> Iterator[World]:
    if size <= _MOST_WORLDS:
        for options in product(*pools.values()):
            yield dict(zip(pools, options, strict=True))
    else:
        for _ in range(_MOST_WORLDS):
            yield drawn(pools, random)


def _without_viewer(world: World) -> World:
    """For a visitor, whose key no row can hold."""
    return {slot: _others(option) for slot, option in world.items()}


def _others(option: Option) -> Option:
    if isinstance(option, tuple):
        rows: list[Row] = [tuple((name, _other(value)) for name, value in row) for row in option]
        return tuple(dict.fromkeys(rows))
    return _other(option)


def _other(value: Value) -> Value:
    return Mark.OTHER if value is Mark.VIEWER else value


def _thinned(found: Mapping[Truths, Case], condition: Condition) -> dict[Truths, Case]:
    """Fewer that still show each pair of two atoms' answers, and where possible that each atom alone decides."""
    chosen: dict[Truths, Case] = {}
    for vector in _deciding(found, condition):
        chosen[vector] = found[vector]
    missing = {pair for vector in found for pair in _pairs(vector)}
    for vector in chosen:
        missing -= set(_pairs(vector))
    while missing:
        best = max(found, key=lambda vector: len(missing & set(_pairs(vector))))
        missing -= set(_pairs(best))
        chosen[best] = found[best]
    return chosen


def _pairs(vector: Truths) -> list[tuple[int, bool | None, int, bool | None]]:
    return [(i, vector[i], j, vector[j]) for i, j in combinations(range(len(vector)), 2)]


def _deciding(found: Mapping[Truths, Case], condition: Condition) -> Iterator[Truths]:
    """For each atom two vectors that differ in it alone, or in as few others as can be, and in the outcome."""
    outcome = {vector: allows(condition, case.who, case.world) for vector, case in found.items()}
    for place in range(len(next(iter(found)))):
        pairs = (
            (one, two)
            for one, two in combinations(found, 2)
            if one[place] != two[place] and outcome[one] != outcome[two]
        )
        best = min(pairs, key=lambda pair: _distance(*pair), default=())
        yield from best


def _distance(one: Truths, two: Truths) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True))
