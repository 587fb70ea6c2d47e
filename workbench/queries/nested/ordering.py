"""The outputs that a query's ORDER BY names: their values stand in one order, however ties fall."""

from __future__ import annotations

from sqlglot import exp

from workbench.queries.parse import parse
from workbench.queries.query import Query


def ordering(query: Query) -> tuple[int, ...] | None:
    """Their positions; () where nothing is ordered, None where ORDER BY names what is no output."""
    tree = parse(query)
    order = tree.args.get("order")
    if order is None:
        return ()
    outputs = [each.unalias().sql() for each in tree.selects] if isinstance(tree, exp.Query) else []
    named = [each.alias_or_name if isinstance(each, exp.Alias) else "" for each in getattr(tree, "selects", ())]
    found = [_position(term.this, outputs, named) for term in order.expressions]
    return None if None in found else tuple(at for at in found if at is not None and at < len(query.outputs))


def _position(key: exp.Expression, outputs: list[str], named: list[str]) -> int | None:
    if isinstance(key, exp.Literal) and key.is_int:
        return int(key.name) - 1
    if isinstance(key, exp.Column) and not key.table and key.name in named:
        return named.index(key.name)
    return outputs.index(key.sql()) if key.sql() in outputs else None
