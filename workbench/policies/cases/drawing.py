"""Things out of what conditions look at: all of them where they are few, else a spread of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from random import Random
from typing import Any, TypeAlias, TypeVar

from workbench.policies.cases.worlds import Mark, Node, RowsKey, Thing, Value
from workbench.policies.models import Models

_MOST_ROWS = 48  # kinds of rows that one set is put together of
_MOST_PAIRS = 60
_MOST_OBJECTS = 200  # kinds of an object that is referred to
_MOST_LINKS = 12  # kinds of a link of a chain
_MOST_TURNS = 24  # things in which every value occurs; of references with more kinds, so many
_DEEP = 2  # links above an object

T = TypeVar("T")
Fits: TypeAlias = Callable[[Thing], bool]


@dataclass
class Choices:
    """What a thing may hold: values of columns, objects behind references, sets of rows."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    objects: dict[str, list[Thing | None]] = field(default_factory=dict)
    rows: dict[RowsKey, list[tuple[Thing, ...]]] = field(default_factory=dict)

    def pools(self) -> list[list[Any]]:
        """All choices, in the order of ``thing``'s picks."""
        return [*self.values.values(), *self.objects.values(), *self.rows.values()]

    def thing(self, model: str, picks: Sequence[Any]) -> Thing:
        """A thing of one pick each."""
        first, second = len(self.values), len(self.values) + len(self.objects)
        values = tuple(zip(self.values, picks[:first], strict=True))
        objects = tuple(zip(self.objects, picks[first:second], strict=True))
        return Thing(model, values, objects, tuple(zip(self.rows, picks[second:], strict=True)))


class Drawing:
    """Puts things together; ``complete`` as long as nothing was left out."""

    def __init__(self, models: Models, seed: int, fits: Fits | None = None) -> None:
        """``fits``: whether a thing can be a row at all; the constraints of its table may rule it out."""
        self._models, self._random, self.complete = models, Random(seed), True
        self._fits = fits or _always

    def things(self, node: Node, most: int) -> list[Thing]:
        """At most so many things."""
        choices = self.choices(node)
        pools = choices.pools()
        if math.prod(map(len, pools)) <= most:
            return self._fitting(choices.thing(node.model, picks) for picks in product(*pools))
        self.complete = False
        drawn = ([self._random.choice(pool) for pool in pools] for _ in range(most))
        return self._fitting(choices.thing(node.model, picks) for picks in drawn)

    def each_once(self, node: Node) -> list[Thing]:
        """Things in which every value and kind of row alone occurs, and a spread of the objects referred to."""
        choices = self.choices(node)
        choices.rows = {key: [rows for rows in found if len(rows) < 2] for key, found in choices.rows.items()}
        pools = choices.pools()
        for pool in pools:
            self._random.shuffle(pool)
        turns = range(min(_MOST_TURNS, max(map(len, pools), default=0)))
        return self._fitting(choices.thing(node.model, [pool[turn % len(pool)] for pool in pools]) for turn in turns)

    def choices(self, node: Node) -> Choices:
        """What a thing may hold of each part that is looked at."""
        found = Choices()
        for parent, link in node.chains.items():
            node = _with(node, link)
            found.objects[parent] = self._chains(link, parent)
        for name, inner in node.objects.items():
            found.objects.setdefault(name, self._objects(name, inner))
        found.values = {name: [*values] for name, values in node.columns.items() if name not in found.objects}
        found.rows = {key: self._row_sets(key, inner) for key, inner in node.rows.items()}
        return found

    def _fitting(self, made: Iterable[Thing]) -> list[Thing]:
        return _distinct([thing for thing in made if self._fits(thing)])

    def _chains(self, link: Node, parent: str) -> list[Thing | None]:
        """Nothing above, one link, and several."""
        columns = {name: values for name, values in link.columns.items() if name != parent}
        bare = Node(link.model, columns, link.objects, link.rows)
        found: list[Thing | None] = [None]
        for _ in range(_DEEP):
            above = _thinned(found, _MOST_LINKS)
            links = self.things(bare, _MOST_LINKS)
            found += [replace(one, objects=(*one.objects, (parent, self._random.choice(above)))) for one in links]
        self.complete = False
        return _distinct(found)

    def _objects(self, name: str, inner: Node) -> list[Thing | None]:
        """Kinds of what is referred to; users, also who asks; nothing where that may be."""
        found: list[Thing | None] = [*self.things(inner, _MOST_OBJECTS)]
        if inner.model == self._models.user:
            found = [Thing(inner.model, who=Mark.VIEWER), *found]
        return [*found, None] if name in self._models.open_steps else found

    def _row_sets(self, key: RowsKey, inner: Node) -> list[tuple[Thing, ...]]:
        """No row, each kind of row alone, and pairs of them that no unique key forbids."""
        kinds = self._fewer(self.things(inner, _MOST_ROWS * 4), _MOST_ROWS)
        pairs = [pair for pair in combinations(kinds, 2) if not self._collide(pair, key)]
        twins = [(kind, kind) for kind in kinds[:4] if not self._collide((kind, kind), key)]
        return [(), *((kind,) for kind in kinds), *twins, *self._fewer(pairs, _MOST_PAIRS)]

    def _fewer(self, found: list[T], most: int) -> list[T]:
        self.complete = self.complete and len(found) <= most
        return _thinned(found, most)

    def _collide(self, pair: tuple[Thing, Thing], key: RowsKey) -> bool:
        """Whether two rows that refer to one object would break a unique key of their table."""
        model, link = key
        one, two = map(_known, pair)
        for unique in self._models.unique_keys(model):
            rest = set(unique) - {link}
            if link in unique and rest <= set(one) and all(one[name] == two[name] is not None for name in rest):
                return True
        return False


def _always(thing: Thing) -> bool:
    return True


def _with(node: Node, link: Node) -> Node:
    """An object is a link of its own chain: what is looked at of links is looked at of it, too."""
    names = dict.fromkeys((*node.columns, *link.columns))
    columns = {n: _unlike([*node.columns.get(n, []), *link.columns.get(n, [])]) for n in names}
    return Node(node.model, columns, {**link.objects, **node.objects}, {**link.rows, **node.rows}, node.chains)


def _known(thing: Thing) -> Mapping[str, Value]:
    return {name: thing.value(name) for name, _ in (*thing.values, *thing.objects)}


def _thinned(found: list[T], most: int) -> list[T]:
    """At most so many, evenly spread."""
    return found if len(found) <= most else [found[index * len(found) // most] for index in range(most)]


def _distinct(found: list[T]) -> list[T]:
    return list(dict.fromkeys(found))


def _unlike(values: list[Value]) -> list[Value]:
    """True and 1 are two values."""
    return list({(type(value), value): value for value in values}.values())
