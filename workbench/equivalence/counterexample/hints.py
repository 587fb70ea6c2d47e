"""Constants of two queries, by the column they are compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlglot import exp

from workbench.equivalence.bindings import Shared
from workbench.equivalence.generation import Hints
from workbench.equivalence.normal_form.lineage import base_column
from workbench.equivalence.parse import ParsedQuery
from workbench.values import Wire

_COMPARISONS = (
    exp.EQ,
    exp.NEQ,
    exp.LT,
    exp.LTE,
    exp.GT,
    exp.GTE,
    exp.Like,
    exp.ILike,
    exp.In,
    exp.Between,
    exp.Is,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.RegexpLike,
    exp.JSONBContainsTopKey,
    exp.ArrayContainsAll,
)


def query_hints(*queries: ParsedQuery) -> Hints:
    """What to put into which column, so that each comparison is tried on both sides of its boundary."""
    columns: dict[tuple[str, str], list[Wire]] = {}
    anywhere: list[Wire] = []
    for query in queries:
        lineage = base_column(query.tree)
        for comparison in query.tree.find_all(*_COMPARISONS):
            values = list(_values(comparison, query))
            values += [*_scaled(comparison, values), *_documents(comparison, values)]
            owners = {lineage.get((c.table, c.name)) for c in comparison.find_all(exp.Column)}
            for owner in owners - {None}:
                assert owner is not None
                columns.setdefault(owner, []).extend(values)
            if not owners - {None}:
                anywhere.extend(values)
    return Hints({name: _distinct(values) for name, values in columns.items()}, _distinct(anywhere)[:6])


def _scaled(comparison: exp.Expr, values: list[Wire]) -> list[Wire]:
    """Where a comparison divides, the boundary of what is divided: the product of its constants."""
    numbers = [v for v in values if isinstance(v, int) and not isinstance(v, bool)]
    return [a * b for i, a in enumerate(numbers) for b in numbers[i + 1 :]] if comparison.find(exp.Div) else []


def _documents(comparison: exp.Expr, values: list[Wire]) -> list[Wire]:
    """JSON documents that hold the constants under the keys that the comparison asks for."""
    keys = [str(k.this) for k in comparison.find_all(exp.JSONPathKey)]
    texts = [v for v in values if isinstance(v, str | int)]
    if isinstance(comparison, exp.JSONBContainsTopKey):
        return [{"$": "json", "v": d} for v in texts for d in ({str(v): 1}, [str(v)])]
    found: list[Wire] = []
    for value in texts if keys else ():
        document: Wire = value
        for key in reversed(keys):
            document = {key: document}
        found.append({"$": "json", "v": document})
    return found + [{"$": "json", "v": read} for v in texts for read in _read_json(v)]


def _read_json(text: Wire) -> list[Wire]:
    """The document a text literal is, where it is one that holds something."""
    try:
        read = json.loads(text) if isinstance(text, str) and text[:1] in ("{", "[") else None
    except ValueError:
        return []
    return [] if read is None else [read]


def rows_skipped(query: ParsedQuery) -> int:
    """How many rows LIMIT and OFFSET pass over at most: 0 where neither is a known number."""
    clauses = query.tree.find_all(exp.Limit, exp.Offset)
    numbers = (v for c in clauses for v in _values(c, query) if isinstance(v, int) and not isinstance(v, bool))
    return sum(numbers)


def _distinct(values: list[Wire]) -> tuple[Wire, ...]:
    return tuple({repr(value): value for value in values}.values())


def _values(node: exp.Expr, query: ParsedQuery) -> Iterator[Wire]:
    for literal in node.find_all(exp.Literal, exp.Parameter):
        if isinstance(literal, exp.Parameter):
            yield from _parameter_values(literal, query)
        elif isinstance(literal.parent, exp.Parameter):
            continue
        elif literal.is_string:
            yield literal.name
        else:
            sign = "-" if isinstance(literal.parent, exp.Neg) else ""
            yield int(sign + literal.name) if literal.is_int else {"$": "decimal", "v": sign + literal.name}


def _parameter_values(node: exp.Parameter, query: ParsedQuery) -> Iterator[Wire]:
    for binding in query.bindings or ():
        if isinstance(binding, Shared) and binding.name == node.name and binding.value is not None:
            yield binding.value
