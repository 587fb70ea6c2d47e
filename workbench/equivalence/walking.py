"""Walks of a tree in one pass. sqlglot's own ``find_all`` goes breadth first through two generators a node: five
times the time (``python -m tests.benchmarks.deciding`` shows the whole)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from sqlglot import exp

Found = TypeVar("Found", bound=exp.Expr)
ByType: TypeAlias = dict[type[exp.Expr], list[exp.Expr]]


def nodes(tree: exp.Expr) -> list[exp.Expr]:
    """Every node of a tree, parents before children, in the order of the text. Changes to the tree do not show."""
    found: list[exp.Expr] = []
    waiting: list[exp.Expr] = [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        for value in reversed(node.args.values()):
            if isinstance(value, exp.Expr):
                waiting.append(value)
            elif type(value) is list:
                waiting.extend(item for item in reversed(value) if isinstance(item, exp.Expr))
    return found


def by_type(tree: exp.Expr) -> ByType:
    """The nodes of a tree by their exact type."""
    found: ByType = {}
    for node in nodes(tree):
        found.setdefault(type(node), []).append(node)
    return found


def among(kinds: ByType, *wanted: type[Found]) -> list[Found]:
    """The nodes of these types or types below them, type by type."""
    return [node for kind, found in kinds.items() if issubclass(kind, wanted) for node in found]  # type: ignore[misc]


def children(node: exp.Expr) -> Iterator[exp.Expr]:
    """The nodes right below this one, as they stand now."""
    for value in list(node.args.values()):
        if isinstance(value, exp.Expr):
            yield value
        elif type(value) is list:
            yield from [item for item in value if isinstance(item, exp.Expr)]


def find_all(tree: exp.Expr, *kinds: type[Found]) -> list[Found]:
    """Nodes of these types or types below them, in the order of the text."""
    return [node for node in nodes(tree) if isinstance(node, kinds)]


def has(tree: exp.Expr, *kinds: type[exp.Expr]) -> bool:
    """Is the tree or a node of it of these types or types below them? Stops at the first."""
    waiting: list[exp.Expr] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, kinds):
            return True
        waiting.extend(children(node))
    return False


def first(tree: exp.Expr, *kinds: type[Found]) -> Found | None:
    """The first such node of the text; None where there is none."""
    return next(iter(find_all(tree, *kinds)), None)
