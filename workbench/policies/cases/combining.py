"""A rule of several predicates as one condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.policies.condition import Choice, Condition, Either, Every, Negated, Skip, walk
from workbench.policies.policy import Atom, Predicate

_NONE: Mapping[Predicate, Condition] = MappingProxyType({})


def combined(
    rule: Predicate, conditions: Mapping[str, Condition | None], instead: Mapping[Predicate, Condition] = _NONE
) -> Condition | None:
    """A rule as one condition; None where one of its atoms has none, or may be left out of the combination.

    ``instead``: conditions that stand for parts of the rule.
    """
    if rule in instead:
        return instead[rule]
    if isinstance(rule, Atom):
        found = conditions[rule.key]
        return None if found is None or any(isinstance(part, Skip) for part in walk(found)) else found
    parts = [part for part in (combined(part, conditions, instead) for part in rule.of) if part is not None]
    return _COMBINED[rule.op](*parts) if len(parts) == len(rule.of) else None


_COMBINED: dict[str, Callable[..., Condition]] = {
    "and": lambda a, b: Every((a, b)),
    "or": lambda a, b: Either((a, b)),
    "xor": lambda a, b: Choice(a, Negated(b), b),
    "not": Negated,
}
