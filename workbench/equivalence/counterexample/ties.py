"""Does an ORDER BY leave ties on one database? Asked by a probe: the query with its order keys as further outputs.

The probe is the only text that is printed from a tree and run. It judges nothing by itself: its rows must begin with
what the original answered, or it is disregarded.
"""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.counterexample.compare import row_values
from workbench.equivalence.counterexample.replay import value_for
from workbench.equivalence.engine import Statement
from workbench.equivalence.literals import literal
from workbench.equivalence.parse import ParsedQuery
from workbench.values import Wire
from workbench.verdict import ResultRows


def tie_probe(side: ParsedQuery, arguments: dict[str, Wire]) -> Statement | None:
    """The query without LIMIT and with its order keys as further outputs; None where that cannot be written."""
    tree = side.tree.copy()
    if not isinstance(tree, exp.Select) or tree.args.get("distinct"):
        return None
    named = {part.alias_or_name: part.unalias() for part in tree.expressions}
    keys = []
    for ordered in tree.args["order"].expressions:
        key = ordered.this
        bare = isinstance(key, exp.Column) and not key.table
        keys.append((named.get(key.name) if bare else key) or key)
    for part in ("limit", "offset", "fetch"):
        tree.set(part, None)
    tree.set("expressions", [*tree.expressions, *(exp.alias_(key.copy(), f"key{n}") for n, key in enumerate(keys))])
    for parameter in list(tree.find_all(exp.Parameter)):
        parameter.replace(literal(value_for(side, parameter.name, arguments)))
    return Statement(tree.sql(side.dialect), (), "dollar", dialect=side.dialect)


def no_ties(probe: ResultRows, answer: ResultRows, side: ParsedQuery) -> bool:
    """Are all key tuples of the probe distinct, and does it hold the original's rows in their order?"""
    width = len(answer.columns)
    if probe.error or answer.error or len(probe.columns) <= width:
        return False
    keys = [row_values(row[width:], False) for row in probe.rows]
    if len(set(keys)) != len(keys):
        return False
    rows = iter([row[:width] for row in probe.rows])
    return all(row in rows for row in answer.rows)  # a subsequence: what LIMIT and OFFSET leave
