"""Values for free parameters: any value of the column they are compared with, NULL too; one value for both sides."""

from __future__ import annotations

from random import Random

from sqlglot import exp

from workbench.catalog.table import Catalog, Column
from workbench.equivalence.bindings import Shared, value_of
from workbench.equivalence.engine import Statement
from workbench.equivalence.generation import Hints
from workbench.equivalence.generation.pools import pool
from workbench.equivalence.normal_form.lineage import base_column
from workbench.equivalence.parse import ParsedQuery
from workbench.values import Wire

_NULL_SHARE = 0.15
_COUNTS: tuple[Wire, ...] = (1, 2, 3, 0)  # for LIMIT and OFFSET


class ParameterPlan:
    """Candidate values by parameter name."""

    def __init__(self, left: ParsedQuery, right: ParsedQuery, catalog: Catalog, hints: Hints) -> None:
        names = dict.fromkeys([*left.parameters, *right.parameters])
        self.candidates = {name: _candidates(name, (left, right), hints) for name in names}

    def draw(self, random: Random, number: int) -> dict[str, Wire]:
        """Values for one run; the first run takes the values that came with the parameters."""
        chosen = {}
        for name, (first, values, nullable) in self.candidates.items():
            if first is not None and number % 3 == 1:
                chosen[name] = first
            elif nullable and random.random() < _NULL_SHARE:
                chosen[name] = None
            else:
                chosen[name] = random.choice(values)
        return chosen

    def statement(self, side: ParsedQuery, arguments: dict[str, Wire]) -> Statement:
        """The side's own text with the values to run it with."""
        if side.bindings is not None:
            values = tuple(
                arguments.get(b.name, b.value) if isinstance(b, Shared) else value_of(b) for b in side.bindings
            )
            return Statement(side.sql, values, side.style, dialect=side.dialect)
        highest = max((int(name) for name in side.parameters), default=0)
        values = tuple(arguments.get(str(n + 1)) for n in range(highest))
        return Statement(side.sql, values, side.style, dialect=side.dialect)


def _candidates(name: str, sides: tuple[ParsedQuery, ParsedQuery], hints: Hints) -> tuple[Wire, list[Wire], bool]:
    first = next((b.value for s in sides for b in s.bindings or () if isinstance(b, Shared) and b.name == name), None)
    values: list[Wire] = [] if first is None else [first]
    counted, kinds = False, set()
    for side in sides:
        lineage = base_column(side.tree)
        for node in side.tree.find_all(exp.Parameter):
            if node.name == name:
                counted = counted or isinstance(node.parent, (exp.Limit, exp.Offset))
                beside, types = _beside(node, side, lineage, first)
                values += beside
                kinds |= types
    if counted:
        return first, list(_COUNTS), False
    if len(kinds) > 1:  # beside columns of two types: only values that both can read
        values = [value for value in values if isinstance(value, int)] or list(_COUNTS)
    return first, values or [1, 2, "a"], True


def _beside(
    node: exp.Expr, side: ParsedQuery, lineage: dict[tuple[str, str], tuple[str, str]], first: Wire
) -> tuple[list[Wire], set[str]]:
    """The pool of the columns in the same comparison."""
    place = node.find_ancestor(exp.Predicate, exp.Select)
    found: list[Wire] = []
    kinds: set[str] = set()
    for column in place.find_all(exp.Column) if place is not None and not isinstance(place, exp.Select) else ():
        owner = lineage.get((column.table, column.name))
        if owner is not None and owner[0] in side.catalog:
            kind: Column = side.catalog.table(owner[0]).column(owner[1])
            kinds.add(kind.type.split("(")[0])
            found += pool(Column(kind.name, kind.type), [first] if first is not None else [])
    return found, kinds
