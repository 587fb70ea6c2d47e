"""Which constants of a statement are answers of the statements before it, and how each is named in TypeScript.

Seen, not assumed: the statement is written twice, the second time with other answers; where the two differ stands one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workbench.queries.plan import Answer
from workbench.targets.drizzle.queries.differing import Constant, Path, differences, part_at
from workbench.targets.drizzle.queries.parameters import forms
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.typescript import Array, Big, Expression, Literal, Name, Spread, call, method
from workbench.values import Wire

Encode: TypeAlias = Callable[[str, Wire], Expression]  # a value as the property's column writes it


@dataclass(frozen=True, eq=False)
class Known:
    """Values that stand in for an answer (or for a list that the call site gives), and what they are called.

    ``property`` is the column's in a row; ``one`` names the value of a single row, ``all`` the list of every row's.
    """

    answer: Answer
    step: int
    property: str
    one: Expression | None
    all: Expression | None
    big: bool = False  # whether TypeScript holds it as a bigint

    def single(self, like: Expression) -> Expression:
        """The value of a single row, of the type of a constant."""
        assert self.one is not None
        return call(converted, self.one) if (converted := self._conversion(like)) else self.one

    def every(self, like: Expression) -> Expression:
        """The list, of values of the type of a constant."""
        assert self.all is not None
        return method(self.all, "map", Name(converted)) if (converted := self._conversion(like)) else self.all

    def _conversion(self, like: Expression) -> str:
        """A key may be held in a column of another width than its own: a generic one, for instance."""
        if isinstance(like, Big):
            return "" if self.big or self.step < 0 else "BigInt"
        number = isinstance(like, Literal) and isinstance(like.value, int) and not isinstance(like.value, bool)
        return "Number" if number and self.big else ""

    def holds(self, old: Constant, new: Constant) -> bool:
        """Whether a constant of both texts is one of the values."""
        pairs = zip(self.answer.values, self.answer.others, strict=True)
        return any(old.value in forms(value) and new.value in forms(other) for value, other in pairs)


@dataclass(frozen=True)
class Reference:
    """What stands at a place of the statement, and the answers it names."""

    path: Path
    code: Expression
    names: tuple[Known, ...]


def references(tree: object, other: object, known: Sequence[Known], encode: Encode) -> list[Reference]:
    """One a place; Untranslatable where the two texts differ in what is no answer that is known."""
    found: dict[Path, Reference] = {}
    for path, old, new in differences(tree, other):
        if any(path[: len(place)] == place for place in found):
            continue
        whole = _assigned(tree, other, path, known, encode)
        if whole is None and path[-2:-1] == ("items",):
            whole = _listed(path[:-2], part_at(tree, path[:-2]), part_at(other, path[:-2]), known)
        if whole is None and any(each.step < 0 and each.holds(old, new) for each in known):
            continue  # a key of a list that is given: rows are made of it
        reference = whole or _single(path, old, new, known)
        found[reference.path] = reference
    return list(found.values())


def _assigned(tree: object, other: object, path: Path, known: Sequence[Known], encode: Encode) -> Reference | None:
    """A column that is set to what the row held: found by its name, and compared as a whole."""
    if "entries" not in path:
        return None
    place = path[: path.index("entries") + 3]
    property, _ = part_at(tree, place[:-1])
    for each in known:
        if each.one is not None and each.property == property:
            values = each.answer.values[0], each.answer.others[0]
            if (part_at(tree, place), part_at(other, place)) == tuple(encode(property, value) for value in values):
                return Reference(place, each.one, (each,))
    return None


def _single(path: Path, old: Constant, new: Constant, known: Sequence[Known]) -> Reference:
    fitting = [each for each in known if each.one is not None and each.holds(old, new)]
    first = [each for each in fitting if each.step == fitting[0].step]
    if len(first) != 1:
        raise Untranslatable(str(old.value), "it follows from rows that were found before, and how is not seen")
    return Reference(path, first[0].single(old), (first[0],))


def _listed(path: Path, old: Array, new: Array, known: Sequence[Known]) -> Reference:
    """An array that holds all rows' values of one answer or of several, in any order."""
    used = tuple(dict.fromkeys(_sources(old, new, known)))
    if sum(len(set(map(repr, each.answer.values))) for each in used) != len(old.items):
        raise Untranslatable("a list of values", "it holds some of the values found before, and which is not seen")
    like = old.items[0]
    items = tuple(each.single(like) if each.one is not None else Spread(each.every(like)) for each in used)
    return Reference(path, used[0].every(like) if len(used) == 1 and used[0].one is None else Array(items), used)


def _sources(old: Array, new: Array, known: Sequence[Known]) -> Iterator[Known]:
    for one, other in zip(old.items, new.items, strict=True):
        constant = isinstance(one, Literal | Big) and isinstance(other, Literal | Big)
        source = next((each for each in known if constant and each.holds(one, other)), None)  # type: ignore[arg-type]
        if source is None:
            raise Untranslatable("a list of values", "it holds values found before beside others")
        yield source


def is_value(constant: Expression, value: Wire) -> bool:
    """Whether a constant is a value."""
    return isinstance(constant, Literal | Big) and constant.value in forms(value)
