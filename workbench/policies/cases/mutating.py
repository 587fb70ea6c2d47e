"""Wrong conditions that lie near a right one: what a matrix has to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

from workbench.policies.condition import (
    Always,
    Attribute,
    Condition,
    Constant,
    Either,
    Every,
    Missing,
    Negated,
    OneOf,
    Ordered,
    Same,
    Scalar,
    Some,
    ViewerId,
    ViewerIn,
    ViewerIs,
    is_condition,
)
from workbench.policies.models import Models

_FLAGS = ("authenticated", "active", "staff", "superuser")
_ORDERS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


@dataclass(frozen=True)
class Mutant:
    """A condition that is not the right one, and what was done to it."""

    kind: str
    condition: Condition


Change: TypeAlias = tuple[str, Any]  # kind, what stands in the place


def mutants(condition: Condition, models: Models) -> tuple[Mutant, ...]:
    """Every single change: parts dropped, negated, joined otherwise; constants, flags, columns and tests replaced."""
    found = (Mutant(kind, changed) for kind, changed in _changes(condition, models))
    return tuple(dict.fromkeys(mutant for mutant in found if mutant.condition != condition))


def _changes(node: Any, models: Models) -> Iterator[Change]:
    """Changes of the node itself, then those of each of its parts with the rest as it is."""
    for rule in _RULES.get(type(node), ()):
        yield from rule(node, models)
    if is_condition(node):
        yield "negated", node.of if isinstance(node, Negated) else Negated(node)
    for part in fields(node):
        yield from _inside(node, part.name, getattr(node, part.name), models)


def _inside(node: Any, name: str, value: Any, models: Models) -> Iterator[Change]:
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            for kind, changed in _changes(item, models) if hasattr(item, "__dataclass_fields__") else ():
                yield kind, replace(node, **{name: (*value[:place], changed, *value[place + 1 :])})
    elif hasattr(value, "__dataclass_fields__"):
        for kind, changed in _changes(value, models):
            yield kind, replace(node, **{name: changed})


def _dropped(node: Every | Either, models: Models) -> Iterator[Change]:
    for place in range(len(node.of)):
        rest = (*node.of[:place], *node.of[place + 1 :])
        if rest:
            yield "part dropped", rest[0] if len(rest) == 1 else type(node)(rest)


def _joined(node: Every | Either, models: Models) -> Iterator[Change]:
    other = Either if isinstance(node, Every) else Every
    yield "and, or exchanged", other(node.of)


def _constant(node: Constant, models: Models) -> Iterator[Change]:
    yield "constant changed", Constant(_other(node.value))


def _other(value: Scalar) -> Scalar:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"not {value}"


def _fewer(node: OneOf, models: Models) -> Iterator[Change]:
    """One of the constants it compares with is missing, or replaced."""
    among = node.among
    for place, value in enumerate(among):
        yield "constant dropped", replace(node, among=(*among[:place], *among[place + 1 :]))
        yield "constant changed", replace(node, among=(*among[:place], _other(value), *among[place + 1 :]))


def _test_dropped(node: Some, models: Models) -> Iterator[Change]:
    """The one test of its rows is missing; of several, each is dropped as a part."""
    if node.where != Always(True) and not isinstance(node.where, Every):
        yield "test of a row dropped", replace(node, where=Always(True))


def _nothing(node: Same, models: Models) -> Iterator[Change]:
    """A column that may be null is held against nothing instead of who asks."""
    if isinstance(node.right, ViewerId) and isinstance(node.left, Attribute) and node.left.nullable:
        yield "compared with nothing", Missing(node.left)


def _attribute(node: Attribute, models: Models) -> Iterator[Change]:
    """Another column of the same model and type stands in its place."""
    kinds = (node.type, node.nullable)
    plain = (field for field in models.record(node.model).fields if not field.relation and not field.primary_key)
    others = (f.name for f in plain if (models.kind(f), f.null) == kinds and f.name != node.field)
    for name in others:
        yield "another column", replace(node, field=name)


def _ordered(node: Ordered, models: Models) -> Iterator[Change]:
    yield "order changed", replace(node, op=_ORDERS[node.op])  # type: ignore[arg-type]


def _flag(node: ViewerIs, models: Models) -> Iterator[Change]:
    for flag in _FLAGS:
        if flag != node.flag:
            yield "flag changed", ViewerIs(flag)  # type: ignore[arg-type]


def _groups(node: ViewerIn, models: Models) -> Iterator[Change]:
    yield "group changed", replace(node, groups=tuple(f"not {name}" for name in node.groups))
    yield "any, all exchanged", replace(node, every=not node.every)


_RULES: dict[type, Sequence[Callable[[Any, Models], Iterator[Change]]]] = {
    Every: (_dropped, _joined),
    Either: (_dropped, _joined),
    Constant: (_constant,),
    OneOf: (_fewer,),
    Same: (_nothing,),
    Some: (_test_dropped,),
    Attribute: (_attribute,),
    Ordered: (_ordered,),
    ViewerIs: (_flag,),
    ViewerIn: (_groups,),
}
