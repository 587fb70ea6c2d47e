"""The sources in sight, and the shapes that are read at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlglot import exp

Tables: TypeAlias = Mapping[str, Collection[str]]  # column names by table


class Uncommon(Exception):
    """A shape that ``qualify`` has to read."""


@dataclass(frozen=True)
class Scope:
    """Output names of the sources of one SELECT by alias, and the scope around it."""

    sources: dict[str, Collection[str]]
    outer: Scope | None = None
    outputs: tuple[str, ...] = ()
    ctes: Tables = field(default_factory=dict)


SELECT_PARTS = frozenset(
    (
        *("with_", "kind", "hint", "distinct", "expressions", "from_", "joins", "where"),
        *("group", "having", "order", "limit", "offset", "locks"),
    )
)
SET_PARTS = frozenset(("with_", "this", "expression", "distinct", "order", "limit", "offset"))
TABLE_PARTS = frozenset(("this", "alias"))
JOIN_PARTS = frozenset(("this", "on", "side", "kind"))
UNCOMMON = frozenset(
    (
        *(exp.Star, exp.Dot, exp.Lateral, exp.Unnest, exp.Values, exp.Lambda, exp.Pivot, exp.TableSample, exp.Qualify),
        *(exp.Table, exp.Aliases, exp.Comprehension, exp.GenerateSeries, exp.PropertyEQ),
    )
)


def more_than(node: exp.Expr, parts: Collection[str]) -> bool:
    """Does the node have other parts than these?"""
    return any(value and part not in parts for part, value in node.args.items())


def only(node: exp.Expr, parts: Collection[str]) -> None:
    """``Uncommon`` where the node has other parts than these."""
    if more_than(node, parts):
        raise Uncommon
