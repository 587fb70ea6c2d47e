"""Values of the call site as parameters of a function: constants that follow such a value become its name.

A query is written once more for each value, with another in its place. Where the two texts differ only in constants,
and each of these is the value itself, a list of it or a text made around it, they become a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from workbench.queries.query import StandIn
from workbench.targets.drizzle.queries.differing import Constant, OtherShape, Path, differences, part_at
from workbench.targets.drizzle.queries.literals import plain
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.typescript import Array, Big, Call, Expression, Literal, Name, Template
from workbench.values import Wire

Pair: TypeAlias = tuple[Wire, Wire]
Place: TypeAlias = tuple[Path, Constant, Constant]
Write: TypeAlias = Callable[[Expression, Name | None], Expression]  # of the parameter and the helper


@dataclass(frozen=True)
class Use:
    """One place of a value: its path in the tree, what is written there around the parameter, and of which type."""

    path: Path
    type: str
    value: Expression
    write: Write = field(default=lambda name, helper: name, compare=False)
    helper: str = ""


@dataclass(frozen=True)
class Found:
    """A value of the call site that becomes a parameter. ``other`` stands in for it where it is varied."""

    stand_in: StandIn
    uses: tuple[Use, ...]
    others: tuple[Expression, ...]
    suffix: str = ""  # "From" and "To" of the ends of a range

    @property
    def type(self) -> str:
        """TypeScript's type of the parameter."""
        return self.uses[0].type

    @property
    def value(self) -> Expression:
        """What it is called with here."""
        return self.uses[0].value


def found_in(tree: object, other: object, stand_in: StandIn) -> list[Found]:
    """The parameters that a value becomes; OtherShape where it decides more than constants.

    ``other`` is the tree with the other value in place.
    """
    places = list(differences(tree, other))
    listed = _lists(tree, other, places, stand_in)
    if listed:
        return [_agreed(Found(stand_in, *_apart(listed)))]
    found = []
    for suffix, pairs in _atoms(stand_in):
        uses = [use for place in places if (use := _use(place, pairs))]
        if uses:
            found.append(_agreed(Found(stand_in, *_apart(uses), suffix=suffix)))
    if not places or sum(len(each.uses) for each in found) != len(places):
        raise OtherShape
    return found


def _apart(uses: Sequence[tuple[Use, Expression]]) -> tuple[tuple[Use, ...], tuple[Expression, ...]]:
    return tuple(use for use, _ in uses), tuple(value for _, value in uses)


def _agreed(found: Found) -> Found:
    """One parameter has one type and one value."""
    if len({(use.type, use.value) for use in found.uses}) > 1:
        raise OtherShape
    return found


def _atoms(stand_in: StandIn) -> Iterator[tuple[str, list[Pair]]]:
    """The single values: a range has two, each a parameter of its own."""
    lists = [(old, new) for old, new in stand_in.values if isinstance(old, list)]
    if not lists:
        yield "", list(stand_in.values)
        return
    for index, suffix in enumerate(("From", "To")):
        yield suffix, [(old[index], new[index]) for old, new in lists if len(old) == 2]


def _lists(tree: object, other: object, places: list[Place], stand_in: StandIn) -> list[tuple[Use, Expression]]:
    """The arrays that hold the items of a list, all of them and in order; [] where other places differ, too."""
    arrays = {path[:-2] for path, _, _ in places if path[-2:-1] == ("items",)}
    if not arrays or any(path[:-2] not in arrays for path, _, _ in places):
        return []
    found = []
    for path in sorted(arrays, key=str):
        old, new = part_at(tree, path), part_at(other, path)
        if not any(_holds(old, listed) and _holds(new, changed) for listed, changed in stand_in.values):
            return []
        found.append((Use(path, f"{_type(old.items[0])}[]", old), new))
    return found


def _holds(array: Array, values: Wire) -> bool:
    if not isinstance(values, list) or len(values) != len(array.items):
        return False
    return all(
        isinstance(item, Literal | Big) and item.value in forms(value)
        for item, value in zip(array.items, values, strict=True)
    )


def _use(place: Place, pairs: Sequence[Pair]) -> tuple[Use, Expression] | None:
    """The first form in which one of the values stands at a place."""
    return next((use for form in FORMS for pair in pairs if (use := form(*place, pair))), None)


def _itself(path: Path, old: Constant, new: Constant, pair: Pair) -> tuple[Use, Expression] | None:
    if old.value in forms(pair[0]) and new.value in forms(pair[1]):
        return Use(path, _type(old), old), new
    return None


def _pattern(path: Path, old: Constant, new: Constant, pair: Pair) -> tuple[Use, Expression] | None:
    """``%text%``: the text with what LIKE treats specially escaped."""
    if not all(isinstance(value, str) for value in pair):
        return None
    for before, after in (("%", "%"), ("", "%"), ("%", "")):
        if all(c.value == before + escaped(v) + after for c, v in zip((old, new), pair, strict=True)):
            use = Use(path, "string", Literal(pair[0]), _wrapped(before, after), "escapeLike")
            return use, Literal(pair[1])
    return None


def _year(path: Path, old: Constant, new: Constant, pair: Pair) -> tuple[Use, Expression] | None:
    """The first or the last moment of a year."""
    if not all(type(value) is int for value in pair):
        return None
    for after in YEAR_ENDS:
        if (old.value, new.value) == (f"{pair[0]}{after}", f"{pair[1]}{after}"):
            return Use(path, "number", Literal(pair[0]), _wrapped("", after)), Literal(pair[1])
    return None


def escaped(text: str) -> str:
    """What Django's ``prep_for_like_query`` and the helper ``escapeLike`` make of a text."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _wrapped(before: str, after: str) -> Write:
    def write(name: Expression, helper: Name | None) -> Expression:
        inner = Call(helper, (name,)) if helper else name
        return Template("", tuple(part for part in (before, inner, after) if part))

    return write


def forms(value: Wire) -> tuple[object, ...]:
    """The constants that are the value itself; SQLite's columns write UUIDs and moments in a form of their own."""
    try:
        written = plain(value)
    except Untranslatable:
        return ()
    if not isinstance(written, Literal):
        return ()
    text = str(written.value)
    bare = _UUID.fullmatch(text) if isinstance(written.value, str) else None
    own = ["-".join(bare.groups())] if bare else [text.replace(".000000", "").replace("+00:00", "+00")]
    return (written.value, text, *own)


def _type(constant: Expression) -> str:
    if isinstance(constant, Big):
        return "bigint"
    value = constant.value if isinstance(constant, Literal) else None
    return _TYPES.get(type(value), "unknown")


_UUID = re.compile(r"([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})")
_TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "number", float: "number"}
YEAR_ENDS = (
    *("-01-01", "-12-31"),
    *("-01-01 00:00:00.000000+00:00", "-12-31 23:59:59.999999+00:00"),
    *("-01-01 00:00:00.000000", "-12-31 23:59:59.999999"),
)
FORMS = (_itself, _pattern, _year)
