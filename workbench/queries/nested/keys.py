"""The keys of a prefetch as the list that they are: where Django compares with each, the comparisons are one IN."""

from __future__ import annotations

from sqlglot import exp

from workbench.queries.parse import parameter_number, parse
from workbench.queries.query import Query


def parse_listed(query: Query) -> exp.Expression:
    """The statement of ``parse``; of a prefetch with ``a = $1 OR a = $2`` over its keys as ``a IN ($1, $2)``."""
    tree = parse(query)
    return tree.transform(_listed) if query.prefetch_path and query.variables else tree


def _listed(node: exp.Expression) -> exp.Expression:
    if not isinstance(node, exp.Or) or isinstance(node.parent, exp.Or):
        return node
    pairs = [part.unnest() for part in node.flatten()]
    compared = [(pair.this, pair.expression) for pair in pairs if isinstance(pair, exp.EQ)]
    columns = {column.sql() for column, _ in compared if isinstance(column, exp.Column)}
    keys = [key for _, key in compared if parameter_number(key) is not None]
    if len(columns) != 1 or len(keys) != len(pairs):
        return node
    return exp.In(this=compared[0][0], expressions=keys)
