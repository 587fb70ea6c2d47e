"""Who is tried: visitors, flags, groups, grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from random import Random

from workbench.policies.cases.worlds import Thing
from workbench.policies.condition import Condition, OfViewersGroups, ViewerIn, ViewerMay, walk

_ALL_SUBSETS = 3  # of so many groups every combination is tried; of more: each alone, each pair, all of them

_SOME_GROUP = "some group"  # where rules look at groups without naming any
_HELD = 0.25  # of the permissions, by a random user


@dataclass(frozen=True)
class Profile:
    """A kind of user. ``granted``: permissions of their own; ``through``: those of a group made for them."""

    name: str
    present: bool = True  # False: a visitor, for whom there is no row
    active: bool = True
    staff: bool = False
    superuser: bool = False
    groups: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    own: Thing | None = None  # what rules look at of the user's own row

    @cached_property
    def row(self) -> Thing:
        """The user's own row with the flags of the account."""
        flags = {"is_active": self.active, "is_staff": self.staff, "is_superuser": self.superuser}
        own = self.own or Thing("")
        return replace(own, values=tuple({**dict(own.values), **flags}.items()), who=None)

    def may(self, permission: str) -> bool:
        """Whether a permission is granted in general."""
        held = self.superuser or permission in self.granted or permission in self.through
        return self.present and self.active and held


_FLAGS = (
    Profile("visitor", present=False, active=False),
    Profile("plain"),
    Profile("somebody"),
    Profile("inactive", active=False),
    Profile("staff", staff=True),
    Profile("inactive_staff", active=False, staff=True),
    Profile("superuser", superuser=True),
    Profile("inactive_superuser", active=False, superuser=True),
)

_STATES = (("inactive", False, False), ("staff", True, True), ("inactive staff", False, True))  # active, staff


def askers(
    conditions: Iterable[Condition], permissions: Sequence[str], own: Sequence[Thing] = ()
) -> tuple[Profile, ...]:
    """Those who are asked about every object: flags, groups that the rules name, and everything granted in general.

    ``own``: what the users' own rows may hold; everybody has the first, and there is somebody with each.
    """
    conditions = list(conditions)
    everything = (
        Profile("granted_all", granted=tuple(permissions)),
        Profile("group_granted_all", through=tuple(permissions)),
        Profile("inactive_granted_all", active=False, granted=tuple(permissions)),
    )
    found = (*_FLAGS, *everything, *_in_groups(conditions), *_with_grants(conditions))
    kept = tuple(replace(one, own=own[0]) if own and one.present else one for one in found)
    return (*kept, *(Profile(f"own row {number}", own=thing) for number, thing in enumerate(own[1:], 2)))


def everybody(groups: Sequence[str]) -> Iterator[Profile]:
    """Every way a user can be: flags, and membership in these groups."""
    yield Profile("visitor", present=False, active=False)
    for active, staff, superuser in product((True, False), repeat=3):
        for size in range(len(groups) + 1):
            for chosen in combinations(groups, size):
                yield Profile("", active=active, staff=staff, superuser=superuser, groups=chosen)


def holders(permissions: Sequence[str]) -> tuple[Profile, ...]:
    """Those who hold one permission alone, directly or by a group: they are asked in general."""
    direct = (Profile(f"granted {name}", granted=(name,)) for name in permissions)
    through = (Profile(f"group granted {name}", through=(name,)) for name in permissions)
    return (*direct, *through)


def in_other_states(holders: Iterable[Profile]) -> tuple[Profile, ...]:
    """The same holders with each other state of an account: what is granted counts for staff, not once locked out."""
    return tuple(
        replace(one, name=f"{state} {one.name}", active=active, staff=staff)
        for one in holders
        for state, active, staff in _STATES
    )


def at_random(permissions: Sequence[str], count: int, seed: int) -> tuple[Profile, ...]:
    """Holders of some of the permissions, directly and by a group, of whom every fourth is locked out."""
    random = Random(seed)

    def some() -> tuple[str, ...]:
        return tuple(name for name in permissions if random.random() < _HELD)

    return tuple(
        Profile(f"random {seed} {number}", active=number % 4 != 0, granted=some(), through=some())
        for number in range(count)
    )


def _in_groups(conditions: Sequence[Condition]) -> Iterator[Profile]:
    """Each combination of the groups that conditions name, and those in all of them with every flag."""
    parts = [part for condition in conditions for part in walk(condition) if isinstance(part, ViewerIn)]
    names = list(dict.fromkeys(name for part in parts for name in part.groups))
    if not names and any(isinstance(part, OfViewersGroups) for condition in conditions for part in walk(condition)):
        names = [_SOME_GROUP]
    for chosen in _subsets(names):
        profile = Profile(f"in {' '.join(chosen)}", groups=chosen)
        yield profile
        if len(chosen) == len(names):
            yield replace(profile, name=f"inactive {profile.name}", active=False)
            yield replace(profile, name=f"staff {profile.name}", staff=True)


def _subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    sizes = range(1, len(names) + 1) if len(names) <= _ALL_SUBSETS else sorted({1, 2, len(names)})
    for size in sizes:
        yield from combinations(names, size)


def _with_grants(conditions: Sequence[Condition]) -> Iterator[Profile]:
    """Holders of the permissions that conditions ask for in general: alone, by a group, as staff, locked out."""
    parts = (part for condition in conditions for part in walk(condition) if isinstance(part, ViewerMay))
    for name in dict.fromkeys(part.permission for part in parts):
        yield Profile(f"asked with {name}", granted=(name,))
        yield Profile(f"asked with {name} by a group", through=(name,))
        yield Profile(f"staff asked with {name}", staff=True, granted=(name,))
        yield Profile(f"inactive asked with {name}", active=False, granted=(name,))
