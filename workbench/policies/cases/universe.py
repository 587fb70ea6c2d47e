"""Everything that a rule may be asked: the users whom it tells apart, with the things that there can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.policies.cases.answering import allows
from workbench.policies.cases.drawing import Drawing, Fits
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import Mark, Node, Thing, Value
from workbench.policies.condition import (
    Attribute,
    Condition,
    OfViewersGroups,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    operands,
    walk,
)
from workbench.policies.models import Models

_SEED = 1
_MOST_THINGS = 3_000  # looked at for one rule; beyond, as many drawn at random


@dataclass(frozen=True)
class Case:
    """A kind of user, and an object made for that user."""

    who: Profile
    thing: Thing


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
