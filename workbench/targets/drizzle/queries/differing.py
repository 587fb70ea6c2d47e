"""Where two trees of one shape hold different constants, and a tree with some of its parts replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar

from workbench.targets.typescript import Big, Literal

Path: TypeAlias = tuple[str | int, ...]
Constant: TypeAlias = Literal | Big
T = TypeVar("T")


class OtherShape(Exception):
    """The trees differ in more than constants."""


def differences(left: Any, right: Any, path: Path = ()) -> Iterator[tuple[Path, Constant, Constant]]:
    """(path, constant on the left, constant on the right) of every difference; OtherShape where it is none of these."""
    if left == right and type(left) is type(right):
        return
    if isinstance(left, Literal | Big) and type(left) is type(right) and type(left.value) is type(right.value):
        yield path, left, right
    elif isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differences(one, other, (*path, index))
    elif is_dataclass(left) and type(left) is type(right):
        for field in fields(left):
            yield from differences(getattr(left, field.name), getattr(right, field.name), (*path, field.name))
    else:
        raise OtherShape


def replaced(tree: T, parts: Mapping[Path, Any], path: Path = ()) -> T:
    """The tree with other parts at some paths."""
    if path in parts:
        return parts[path]  # type: ignore[no-any-return]
    if isinstance(tree, tuple):
        return tuple(replaced(part, parts, (*path, index)) for index, part in enumerate(tree))  # type: ignore[return-value]
    if is_dataclass(tree) and not isinstance(tree, type):
        changed = {f.name: replaced(getattr(tree, f.name), parts, (*path, f.name)) for f in fields(tree)}
        return replace(tree, **changed)
    return tree


def part_at(tree: Any, path: Path) -> Any:
    """The part of a tree at a path."""
    for step in path:
        tree = tree[step] if isinstance(step, int) else getattr(tree, step)
    return tree
