"""What an object of a case holds: a choice for every column and every set of rows that conditions look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, product
from typing import TypeAlias, TypeVar

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import (
    Attribute,
    Condition,
    Constant,
    Counted,
    Exactly,
    OneOf,
    Scalar,
    Some,
    ViewerId,
    atoms,
    operands,
    walk,
)
from workbench.policies.models import Models

_MOST_ROWS = 48  # kinds of rows that one set is put together of; more are thinned out evenly
_MOST_PAIRS = 60
T = TypeVar("T")


class Mark(Enum):
    """Values that are known only once the rows are made."""

    VIEWER = "the key of who asks"
    OTHER = "the key of another user"
    ROW = "the key of some row"


Value: TypeAlias = Scalar | Mark | None
Row: TypeAlias = tuple[tuple[str, Value], ...]  # (field name, value), sorted


@dataclass(frozen=True)
class ColumnSlot:
    """A field of the object, or of one that ``path`` leads to."""

    path: tuple[str, ...]
    model: str
    field: str
    row: str = ""  # the root of a row, while a test of it is asked


@dataclass(frozen=True)
class RowsSlot:
    """The rows of ``model`` whose foreign key ``link`` refers to the object that ``path`` leads to."""

    path: tuple[str, ...]
    model: str
    link: str


Slot: TypeAlias = ColumnSlot | RowsSlot
Option: TypeAlias = Value | tuple[Row, ...]
World: TypeAlias = Mapping[Slot, Option]
Pools: TypeAlias = dict[Slot, tuple[Option, ...]]


def pools(conditions: Iterable[Condition], models: Models) -> Pools:
    """Every slot that the conditions look at, with values on both sides of each of their comparisons."""
    columns: dict[ColumnSlot, list[Value]] = {}
    rows: dict[RowsSlot, dict[str, list[Value]]] = {}
    for condition in conditions:
        for atom in atoms(condition):
            for slot, values in _columns(atom, models):
                columns.setdefault(slot, []).extend(values)
            some = atom.rows if isinstance(atom, (Counted, Exactly)) else atom
            if isinstance(some, Some) and not some.root:
                fields = rows.setdefault(RowsSlot(some.through, some.model, some.link), {})
                _add_rows(fields, some, some.where, models)
                _add_rows(fields, some, atom.test if isinstance(atom, Exactly) else some.where, models)
    found: Pools = {slot: _distinct(values) for slot, values in columns.items()}
    return found | {slot: _row_sets(slot, fields, models) for slot, fields in rows.items()}


def _columns(atom: Condition, models: Models, root: str = "") -> Iterator[tuple[ColumnSlot, list[Value]]]:
    looked_at = operands(atom)
    constants = [operand.value for operand in looked_at if isinstance(operand, Constant)]
    constants += atom.among if isinstance(atom, OneOf) else ()
    for operand in looked_at:
        if isinstance(operand, Attribute) and operand.root == root:
            field = models.field(operand.model, operand.field)
            assert field is not None
            viewer = any(isinstance(other, ViewerId) for other in looked_at)
            slot = ColumnSlot(operand.through, operand.model, field.name)
            yield slot, _values(field, constants, viewer, models)


def _values(field: FieldRecord, constants: list[Scalar], viewer: bool, models: Models) -> list[Value]:
    """Constants and their neighbours; both answers of a flag; null where it may be."""
    users = field.relation is not None and field.relation.to == models.user
    found: list[Value] = [Mark.VIEWER, Mark.OTHER] if viewer or users else []
    if field.relation is not None or field.primary_key:
        found = found if users else [Mark.ROW]
    else:
        found += _around(models.kind(field), constants, field)
    return [*found, None] if field.null else found


def _around(kind: str | None, constants: list[Scalar], field: FieldRecord) -> list[Value]:
    if kind == "boolean":
        return [True, False]
    if kind == "integer":
        given = [value for value in constants if type(value) is int] or [0]
        return [near for value in given for near in (value, value - 1, value + 1)]
    return [*constants, _other_text(field, constants)]


def _other_text(field: FieldRecord, constants: list[Scalar]) -> str:
    """A text that is none of the constants: one of the field's choices where some are left."""
    left = [value for value, _ in field.choices if isinstance(value, str) and value not in constants]
    return left[0] if left else "another"[: field.max_length or None]


def _add_rows(fields: dict[str, list[Value]], some: Some, test: Condition, models: Models) -> None:
    """What a test compares of its rows' own columns."""
    for part in walk(test):
        for slot, values in _columns(part, models, some.row):
            if not slot.path:
                fields.setdefault(slot.field, []).extend(values)


def _row_sets(slot: RowsSlot, fields: Mapping[str, list[Value]], models: Models) -> tuple[Option, ...]:
    """No row, each kind of row alone, and pairs of them that no unique key forbids."""
    named = [[(name, value) for value in _distinct(values)] for name, values in sorted(fields.items())]
    kinds: list[Row] = _thinned([tuple(row) for row in product(*named)], _MOST_ROWS)
    pairs = [pair for pair in combinations(kinds, 2) if not _collide(pair, slot, models)]
    return ((), *((kind,) for kind in kinds), *_thinned(pairs, _MOST_PAIRS))


def _thinned(things: list[T], most: int) -> list[T]:
    """At most so many, evenly spread."""
    return things if len(things) <= most else [things[index * len(things) // most] for index in range(most)]


def _collide(pair: tuple[Row, Row], slot: RowsSlot, models: Models) -> bool:
    """Whether two rows that refer to one object would break a unique key of their table."""
    one, two = (dict(row) for row in pair)
    for key in models.unique_keys(slot.model):
        rest = set(key) - {slot.link}
        if slot.link in key and rest <= set(one) and all(one[name] == two[name] is not None for name in rest):
            return True
    return False


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """True and 1 are two values."""
    return tuple({(type(value), value): value for value in values}.values())
