"""Conditions made out of conditions: simplified, moved to another root, with their refusals in mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Always,
    Attribute,
    Choice,
    Condition,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Negated,
    Ordered,
    Skip,
    Some,
    Truth,
    ViewerIs,
    Wording,
    is_condition,
    operands,
    walk,
)
from workbench.policies.models import Models

TRUE, FALSE, NONE = Always(True), Always(False), Skip()


def every(parts: Sequence[Condition]) -> Condition:
    """All of them, without what says nothing."""
    flat = [item for part in parts for item in (part.of if isinstance(part, Every) else (part,)) if item != TRUE]
    if FALSE in flat:
        flat = flat[: flat.index(FALSE) + 1]
    if flat and flat[0] == FALSE:
        return FALSE
    return flat[0] if len(flat) == 1 else Every(tuple(flat)) if flat else TRUE


def either(parts: Sequence[Condition]) -> Condition:
    """One of them, without what says nothing."""
    flat = [item for part in parts for item in (part.of if isinstance(part, Either) else (part,)) if item != FALSE]
    if TRUE in flat:
        flat = flat[: flat.index(TRUE) + 1]
    if flat and flat[0] == TRUE:
        return TRUE
    return flat[0] if len(flat) == 1 else Either(tuple(flat)) if flat else FALSE


def negated(condition: Condition) -> Condition:
    """Its opposite."""
    if isinstance(condition, Always):
        return Always(not condition.value)
    return condition.of if isinstance(condition, Negated) else Negated(condition)


def choice(test: Condition, then: Condition, otherwise: Condition) -> Condition:
    """``then`` where the test holds, else ``otherwise``; as ``and`` and ``or`` where it can be said so."""
    if isinstance(test, Always):
        return then if test.value else otherwise
    if skips(then) or skips(otherwise):
        return Choice(test, then, otherwise)
    if then == FALSE:
        return every((negated(test), otherwise))
    if then == TRUE:
        return either((test, otherwise))
    if otherwise == FALSE:
        return every((test, then))
    if otherwise == TRUE:
        return either((negated(test), then))
    return Choice(test, then, otherwise)


def skips(condition: Condition) -> bool:
    """Whether it may give no answer."""
    return any(isinstance(part, Skip) for part in walk(condition))


def answered(condition: Condition) -> Condition:
    """No answer taken for no: what a test or Python's ``bool`` makes of None."""
    if isinstance(condition, Skip):
        return FALSE
    if not skips(condition):
        return condition
    assert isinstance(condition, Choice)
    return choice(condition.test, answered(condition.then), answered(condition.otherwise))


def then(condition: Condition, on_true: Condition, on_false: Condition, on_none: Condition = NONE) -> Condition:
    """``on_true`` where it holds, ``on_false`` where it fails, ``on_none`` where it gives no answer."""
    if isinstance(condition, Skip):
        return on_none
    if isinstance(condition, Choice) and skips(condition):
        parts = (then(part, on_true, on_false, on_none) for part in (condition.then, condition.otherwise))
        return choice(condition.test, *parts)
    return choice(condition, on_true, on_false)


def mentions(condition: Condition, root: str) -> bool:
    """Whether it reads anything of a row."""
    for part in walk(condition):
        if any(isinstance(item, Attribute) and item.root == root for item in operands(part)):
            return True
        if isinstance(part, (Some, Above, Absent)) and part.root == root:
            return True
    return False


def without(condition: Condition, root: str) -> Condition:
    """What is left where there is no such row: nothing that it says of the row holds."""
    if not mentions(condition, root):
        return condition
    if isinstance(condition, Every):
        return every([without(part, root) for part in condition.of])
    if isinstance(condition, Either):
        return either([without(part, root) for part in condition.of])
    return FALSE


def tried(condition: Condition, models: Models) -> Condition:
    """True where asking the condition does not raise; refused where it does."""
    return either((condition, TRUE)) if refuses(condition, models) else TRUE


def moved(value: Any, root: str, to: str, prefix: tuple[str, ...] = ()) -> Any:
    """A condition about another root: ``root`` becomes the object at ``prefix`` from ``to``."""
    if isinstance(value, tuple):
        return tuple(moved(item, root, to, prefix) for item in value)
    if isinstance(value, (Attribute, Some, Above, Absent)) and value.root == root:
        value = replace(value, root=to, through=(*prefix, *value.through))
    if not is_condition(value):
        return value
    inside = ("where", "test", "climbs") if getattr(value, "row", None) == root else ()  # other rows of that name
    names = [part.name for part in fields(value) if part.name not in inside]
    return replace(value, **{name: moved(getattr(value, name), root, to, prefix) for name in names})


def unrefusing(value: Any) -> Any:
    """A test of rows without the refusals inside it: Django raises where the queryset is made, before any row."""
    if isinstance(value, tuple):
        return tuple(unrefusing(item) for item in value)
    if not is_condition(value):
        return value
    parts = {part.name: unrefusing(getattr(value, part.name)) for part in fields(value)}
    return replace(value, **(parts | {"refuses_visitor": False} if isinstance(value, Some) else parts))


Path = tuple[str, tuple[str, ...]]


def refuses(condition: Condition, models: Models, there: frozenset[Path] = frozenset()) -> bool:
    """Whether Python may raise instead of answering; ``there``: paths at whose ends something is known to stand."""
    if isinstance(condition, Every):
        return any(refuses(part, models, there | shown(condition.of[:n])) for n, part in enumerate(condition.of))
    if isinstance(condition, Either):
        return any(refuses(p, models, there | denied(condition.of[:n])) for n, p in enumerate(condition.of))
    if isinstance(condition, Choice):
        test, then, otherwise = condition.test, condition.then, condition.otherwise
        return (
            refuses(test, models, there)
            or refuses(then, models, there | shown((test,)))
            or refuses(otherwise, models, there | denied((test,)))
        )
    if isinstance(condition, Negated):
        return refuses(condition.of, models, there)
    return _atom_refuses(condition, models, there)


def _atom_refuses(condition: Condition, models: Models, there: frozenset[Path]) -> bool:
    if isinstance(condition, Exactly) or condition == ViewerIs("known"):
        return True
    if isinstance(condition, Some) and condition.refuses_visitor:
        return True
    if isinstance(condition, Counted):
        return _atom_refuses(condition.rows, models, there)
    strict = isinstance(condition, (Ordered, Wording))
    read = [item for item in operands(condition) if isinstance(item, Attribute)]
    if any(item.root == VIEWER for item in read):
        return True
    if strict and any(item.nullable and (item.root, (*item.through, item.field)) not in there for item in read):
        return True
    paths = [(item.root, item.through, item.model) for item in read]
    if isinstance(condition, (Some, Above)):
        paths.append((condition.root, condition.through, ""))
    return any(_breaks(root, through, there, models) for root, through, _ in paths)


def _breaks(root: str, through: tuple[str, ...], there: frozenset[Path], models: Models) -> bool:
    """Whether a step of the path may lead to nothing."""
    if root == VIEWER:
        return True
    return any((root, through[: n + 1]) not in there and name in models.open_steps for n, name in enumerate(through))


def shown(conditions: Sequence[Condition]) -> frozenset[Path]:
    """What is known to stand there where all of these hold."""
    return frozenset(path for part in conditions for path in _standing(part, True))


def denied(conditions: Sequence[Condition]) -> frozenset[Path]:
    """What is known to stand there where none of these holds."""
    return frozenset(path for part in conditions for path in _standing(part, False))


def _standing(condition: Condition, holds: bool) -> Iterator[Path]:
    if isinstance(condition, Negated):
        yield from _standing(condition.of, not holds)
    elif isinstance(condition, Missing) and not holds:
        yield condition.of.root, (*condition.of.through, condition.of.field)
    elif isinstance(condition, Absent) and not holds:
        yield condition.root, condition.through
    elif isinstance(condition, Every) and holds:
        for part in condition.of:
            yield from _standing(part, True)
    elif isinstance(condition, Either) and not holds:
        for part in condition.of:
            yield from _standing(part, False)
    elif isinstance(condition, Truth) and holds:
        yield condition.of.root, (*condition.of.through, condition.of.field)
