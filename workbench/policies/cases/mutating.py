"""Wrong conditions that lie near a right one: what a matrix has to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeAlias

from workbench.policies.condition import (
    Above,
    Always,
    Attribute,
    Condition,
    Constant,
    Counted,
    Either,
    Every,
    Exactly,
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
    Wording,
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
    changed: Any = field(default=None, compare=False)  # the part of the right condition that was changed


Replaced: TypeAlias = tuple[str, Any]  # kind, what stands in the place
Change: TypeAlias = tuple[str, Any, Any]  # kind, what stands in the place, what stood there


def mutants(condition: Condition, models: Models) -> tuple[Mutant, ...]:
    """Every single change: parts dropped, negated, joined otherwise; constants, flags, columns and tests replaced."""
    found = (Mutant(*change) for change in _changes(condition, models))
    return tuple(dict.fromkeys(mutant for mutant in found if mutant.condition != condition))


def _changes(node: Any, models: Models) -> Iterator[Change]:
    """Changes of the node itself, then those of each of its parts with the rest as it is."""
    for rule in _RULES.get(type(node), ()):
        yield from ((kind, changed, node) for kind, changed in rule(node, models))
    if is_condition(node):
        yield "negated", node.of if isinstance(node, Negated) else Negated(node), node
    for part in fields(node):
        yield from _inside(node, part.name, getattr(node, part.name), models)


def _inside(node: Any, name: str, value: Any, models: Models) -> Iterator[Change]:
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            for kind, changed, was in _changes(item, models) if hasattr(item, "__dataclass_fields__") else ():
                yield kind, replace(node, **{name: (*value[:place], changed, *value[place + 1 :])}), was
    elif hasattr(value, "__dataclass_fields__"):
        counted = isinstance(node, (Counted, Exactly)) and name == "rows"  # what is counted stays a set of rows
        for kind, changed, was in _changes(value, models):
            if not counted or isinstance(changed, Some):
                yield kind, replace(node, **{name: changed}), was


def _dropped(node: Every | Either, models: Models) -> Iterator[Replaced]:
    for place in range(len(node.of)):
        rest = (*node.of[:place], *node.of[place + 1 :])
        if rest:
            yield "part dropped", rest[0] if len(rest) == 1 else type(node)(rest)


def _joined(node: Every | Either, models: Models) -> Iterator[Replaced]:
    other = Either if isinstance(node, Every) else Every
    yield "and, or exchanged", other(node.of)


def _constant(node: Constant, models: Models) -> Iterator[Replaced]:
    if node.type not in ("date", "instant"):
        yield "constant changed", replace(node, value=_other(node.value, node.type))


def _other(value: Scalar, kind: str | None = None) -> Scalar:
    if kind == "decimal":
        return f"1{value}"
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"not {value}"


def _fewer(node: OneOf, models: Models) -> Iterator[Replaced]:
    """One of the constants it compares with is missing, or replaced."""
    for place, value in enumerate(node.among):
        yield "constant dropped", replace(node, among=(*node.among[:place], *node.among[place + 1 :]))
        yield "constant changed", replace(node, among=(*node.among[:place], _other(value), *node.among[place + 1 :]))


def _test_dropped(node: Some, models: Models) -> Iterator[Replaced]:
    if not isinstance(node.where, Always):
        yield "test of a row dropped", replace(node, where=Always(True))


def _nothing(node: Same, models: Models) -> Iterator[Replaced]:
    """A column that may be null is held against nothing instead of who asks."""
    if isinstance(node.left, Attribute) and node.left.nullable and isinstance(node.right, ViewerId):
        yield "compared with nothing", Missing(node.left)


def _counted(node: Counted, models: Models) -> Iterator[Replaced]:
    yield "number changed", replace(node, than=node.than + 1)


def _above(node: Above, models: Models) -> Iterator[Replaced]:
    """Begins one link off, or climbs where it must not."""
    yield "itself in, out", replace(node, itself=not node.itself)
    if not isinstance(node.climbs, Always):
        yield "climbs always", replace(node, climbs=Always(True))


def _wording(node: Wording, models: Models) -> Iterator[Replaced]:
    yield "part of a text", replace(node, op="contains" if node.op != "contains" else "starts")


def _attribute(node: Attribute, models: Models) -> Iterator[Replaced]:
    """Another column of the same model and type stands in its place."""
    kinds = (node.type, node.nullable)
    plain = (field for field in models.record(node.model).fields if not field.relation and not field.primary_key)
    others = (f.name for f in plain if (models.kind(f), f.null) == kinds and f.name != node.field)
    for name in others:
        yield "another column", replace(node, field=name)


def _ordered(node: Ordered, models: Models) -> Iterator[Replaced]:
    yield "order changed", replace(node, op=_ORDERS[node.op])  # type: ignore[arg-type]


def _flag(node: ViewerIs, models: Models) -> Iterator[Replaced]:
    for flag in _FLAGS:
        if flag != node.flag:
            yield "flag changed", ViewerIs(flag)  # type: ignore[arg-type]


def _groups(node: ViewerIn, models: Models) -> Iterator[Replaced]:
    yield "group changed", replace(node, groups=tuple(f"not {name}" for name in node.groups))
    yield "any, all exchanged", replace(node, every=not node.every)


_RULES: dict[type, Sequence[Callable[[Any, Models], Iterator[Replaced]]]] = {
    Every: (_dropped, _joined),
    Either: (_dropped, _joined),
    Constant: (_constant,),
    OneOf: (_fewer,),
    Same: (_nothing,),
    Some: (_test_dropped,),
    Counted: (_counted,),
    Above: (_above,),
    Wording: (_wording,),
    Attribute: (_attribute,),
    Ordered: (_ordered,),
    ViewerIs: (_flag,),
    ViewerIn: (_groups,),
}
