"""What a condition answers about one case, by the meaning of its parts: Python's order, Python's refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.values import moment, plain
from workbench.policies.cases.worlds import Mark, Thing, Value
from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Always,
    Attribute,
    Choice,
    Condition,
    Constant,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Moment,
    Negated,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    Skip,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
    atoms,
    kind_of,
    walk,
)
from workbench.policies.policy import Atom, Predicate

_NONE: Mapping[Predicate, Condition] = MappingProxyType({})
Truths: TypeAlias = tuple[bool | None, ...]  # None: refused


class Refuses(Exception):
    """Django raises here: nobody is let in."""


class Unknown(Exception):
    """A kind of condition, or a comparison, that has no answer here."""


@dataclass(frozen=True)
class Sight:
    """Who asks, and the rows that a condition can name."""

    who: Profile
    roots: Mapping[str, Thing]
    given: Mapping[Condition, bool | None] = field(default_factory=dict)  # answers that are supposed

    def at(self, root: str, through: tuple[str, ...]) -> Thing:
        """The row at the end of a path."""
        found = self._root(root)
        for step in through:
            inner = found.referred.get(step) if found.who is not Mark.VIEWER else self._own().referred[step]
            if inner is None:
                raise Refuses
            found = inner
        return self._own() if found.who is Mark.VIEWER else found

    def with_row(self, name: str, row: Thing) -> Sight:
        """The same within a test of rows."""
        return Sight(self.who, {**self.roots, name: row}, self.given)

    def _root(self, root: str) -> Thing:
        return self._own() if root == VIEWER else self.roots[root]

    def _own(self) -> Thing:
        """The row of who asks."""
        if not self.who.present:
            raise Refuses
        return self.who.row


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


def _value(operand: Operand, sight: Sight) -> Value:
    if isinstance(operand, ViewerId):
        return Mark.VIEWER if sight.who.present else None
    if isinstance(operand, Constant):
        constant: Value = plain(operand, kind_of(operand))
        return constant
    return moment(operand) if isinstance(operand, Moment) else _column(operand, sight)


def _column(of: Attribute, sight: Sight) -> Any:
    try:
        return sight.at(of.root, of.through).value(of.field)
    except KeyError:
        raise Unknown(f"{of.model}.{of.field}") from None


def _same(left: Value, right: Value) -> bool:
    if left is Mark.ROW or right is Mark.ROW:
        if left is not None and right is not None:
            raise Unknown("which row it is")
        return False
    return type(left) is type(right) and left == right


def _ordered(condition: Ordered, sight: Sight) -> bool:
    left, right = _value(condition.left, sight), _value(condition.right, sight)
    if left is None or right is None:
        raise Refuses
    return _ORDER[condition.op](left, right)


def _one_of(condition: OneOf, sight: Sight) -> bool:
    value, kind = _value(condition.value, sight), kind_of(condition.value)
    return any(_same(value, plain(item, kind)) for item in condition.among)


def _wording(condition: Wording, sight: Sight) -> bool:
    text = _column(condition.value, sight)
    if text is None:
        raise Refuses
    return bool(_WORDS[condition.op](text, condition.text))


def _of_groups(condition: OfViewersGroups, sight: Sight) -> bool:
    name = _column(condition.name, sight)
    return (name is Mark.GROUP and bool(sight.who.groups)) or name in sight.who.groups


def _absent(condition: Absent, sight: Sight) -> bool:
    *before, last = condition.through
    return sight.at(condition.root, tuple(before)).referred[last] is None


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


def _flag(condition: ViewerIs, sight: Sight) -> bool:
    if condition.flag == "known" and not sight.who.present:
        raise Refuses
    return _FLAGS[condition.flag](sight.who)


_FLAGS: dict[str, Callable[[Profile], bool]] = {
    "authenticated": lambda who: who.present,
    "active": lambda who: who.present and who.active,
    "staff": lambda who: who.staff,
    "superuser": lambda who: who.superuser,
    "known": lambda who: True,
}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
}
_WORDS: dict[str, Callable[[str, str], bool]] = {
    "starts": str.startswith,
    "ends": str.endswith,
    "contains": str.__contains__,
}
_RULES: dict[type, Callable[[Any, Sight], bool]] = {
    Always: lambda c, s: c.value,
    ViewerIs: _flag,
    ViewerIn: lambda c, s: (all if c.every else any)(name in s.who.groups for name in c.groups),
    ViewerMay: lambda c, s: s.who.may(c.permission),
    Truth: lambda c, s: _column(c.of, s) is True,
    Missing: lambda c, s: _column(c.of, s) is None,
    Absent: _absent,
    Same: lambda c, s: _same(_value(c.left, s), _value(c.right, s)),
    Ordered: _ordered,
    OneOf: _one_of,
    Wording: _wording,
    OfViewersGroups: _of_groups,
    Some: lambda c, s: any(True for _ in _found(c, s)),
    Counted: lambda c, s: _ORDER[c.op](len(list(_found(c.rows, s))), c.than),
    Exactly: _exactly,
    Above: _above,
    Every: lambda c, s: all(_held(part, s) for part in c.of),
    Either: lambda c, s: any(_held(part, s) for part in c.of),
    Negated: lambda c, s: not _held(c.of, s),
    Choice: lambda c, s: _held(c.then if _held(c.test, s) else c.otherwise, s),
}
ANSWERED = frozenset(_RULES)
