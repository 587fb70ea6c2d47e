"""What an object of a case holds: its columns, the objects it refers to, and the rows that refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from workbench.inspection.records import FieldRecord
from workbench.policies.cases.values import around
from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Attribute,
    Condition,
    Counted,
    Exactly,
    OfViewersGroups,
    OneOf,
    Some,
    ViewerId,
    Wording,
    children,
    operands,
)
from workbench.policies.models import Models


class Mark(Enum):
    """Values that are known only once the rows are made."""

    VIEWER = "the key of who asks"
    OTHER = "the key of another user"
    ROW = "the key of some row"
    GROUP = "the name of a group of who asks"


Value: TypeAlias = bool | int | str | Decimal | date | datetime | Mark | None
RowsKey: TypeAlias = tuple[str, str]  # (label of the rows' model, their foreign key)


@dataclass(frozen=True)
class Thing:
    """One row, as far as conditions look at it. ``who``: it is the row of who asks, or of another user."""

    model: str
    values: tuple[tuple[str, Value], ...] = ()
    objects: tuple[tuple[str, Thing | None], ...] = ()
    rows: tuple[tuple[RowsKey, tuple[Thing, ...]], ...] = ()
    who: Mark | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Things are put together of the same parts over and over."""
        return hash((self.model, self.values, self.objects, self.rows, self.who))

    @cached_property
    def referred(self) -> Mapping[str, Thing | None]:
        """The objects by the name of the reference."""
        return dict(self.objects)

    @cached_property
    def columns(self) -> Mapping[str, Value]:
        """The values by the name of the field, references among them."""
        keys = [(name, None if thing is None else thing.who or Mark.ROW) for name, thing in self.objects]
        return dict((*self.values, *keys))

    def value(self, name: str) -> Value:
        """What it holds in a field; KeyError where nobody said."""
        return self.columns[name]


@dataclass
class Node:
    """What conditions look at of the rows of a model, with values on both sides of each comparison."""

    model: str
    columns: dict[str, list[Value]] = field(default_factory=dict)
    objects: dict[str, Node] = field(default_factory=dict)
    rows: dict[RowsKey, Node] = field(default_factory=dict)
    chains: dict[str, Node] = field(default_factory=dict)  # by the foreign key that leads to the next one above

    def empty(self) -> bool:
        """Whether nothing is looked at."""
        return not (self.columns or self.objects or self.rows or self.chains)


def node_of(model: str, conditions: Iterable[Condition], models: Models, root: str = "") -> Node:
    """What the conditions look at of the object asked about, or of the user's own row."""
    node = Node(model)
    for condition in conditions:
        _look(condition, {root: node}, models)
    return node


def viewer_node(conditions: Iterable[Condition], models: Models) -> Node:
    """What the conditions look at of the row of who asks."""
    return node_of(models.user, conditions, models, VIEWER)


def _look(condition: Condition, roots: Mapping[str, Node], models: Models) -> None:
    """Adds what the condition looks at to the nodes of the roots given."""
    seen = operands(condition) + ((condition.name,) if isinstance(condition, OfViewersGroups) else ())
    for operand in dict.fromkeys(seen):
        if isinstance(operand, Attribute) and operand.root in roots:
            _column(roots[operand.root], operand, condition, models)
    if isinstance(condition, Absent) and condition.root in roots:
        _inside(roots[condition.root], condition.through, models)
    if isinstance(condition, (Some, Above)):
        roots = {**roots, condition.row: _rows(condition, roots, models)}
    if isinstance(condition, (Counted, Exactly)):
        _look(condition.rows, roots, models)
        roots = {**roots, condition.rows.row: _rows(condition.rows, roots, models)}
    for part in children(condition):
        if not (isinstance(condition, (Counted, Exactly)) and part is condition.rows):
            _look(part, roots, models)


def _column(node: Node, operand: Attribute, condition: Condition, models: Models) -> None:
    holder, item = _inside(node, operand.through, models), models.field(operand.model, operand.field)
    assert item is not None
    values = holder.columns.setdefault(item.name, [])
    values += [value for value in _values(item, operand, condition, models) if value not in values]


def _values(item: FieldRecord, operand: Attribute, condition: Condition, models: Models) -> list[Value]:
    """Constants and their neighbours; both answers of a flag; null where it may be."""
    viewer = any(isinstance(other, ViewerId) for other in operands(condition))
    users = item.relation is not None and item.relation.to == models.user
    found: list[Value] = [Mark.VIEWER, Mark.OTHER] if viewer or users else []
    if isinstance(condition, OfViewersGroups):
        found = [Mark.GROUP, "another group"]
    elif item.relation is not None or item.primary_key:
        found = found or [Mark.ROW]
    else:
        found += around(operand.type, _constants(condition), item)
    return [*found, None] if item.null else found


def _constants(condition: Condition) -> list[object]:
    """What a condition holds a column against: constants, and moments."""
    found: list[object] = [other for other in operands(condition) if not isinstance(other, (Attribute, ViewerId))]
    found += condition.among if isinstance(condition, OneOf) else ()
    return [*found, *([condition] if isinstance(condition, Wording) else [])]


def _rows(condition: Some | Above, roots: Mapping[str, Node], models: Models) -> Node:
    """The node of the rows, or links, that a test looks at; one that nobody keeps where their owner is unknown."""
    if condition.root not in roots:
        return Node(condition.model)
    holder = _inside(roots[condition.root], condition.through, models)
    if isinstance(condition, Above):
        return holder.chains.setdefault(condition.parent, Node(condition.model))
    return holder.rows.setdefault((condition.model, condition.link), Node(condition.model))


def _inside(node: Node, through: Sequence[str], models: Models) -> Node:
    for name in through:
        step = models.step(node.model, name)
        assert step is not None
        node = node.objects.setdefault(name, Node(step[0]))
    return node
