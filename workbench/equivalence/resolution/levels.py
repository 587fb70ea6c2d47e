"""Which query an aggregate belongs to: SQL gives one whose columns are all of an outer query to that query."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.refusal import refuse, title
from workbench.equivalence.walking import ByType, nodes


def refuse_outer_aggregates(kinds: ByType, side: str) -> None:
    """``WorkbenchError`` for ``(SELECT COUNT(outer.x) FROM inner)``: it makes the outer query one of groups.

    Every other room takes an aggregate for one of the query that it stands in. Columns name their sources here.
    """
    found = (node for kind, items in kinds.items() if issubclass(kind, exp.AggFunc) for node in items)
    for node in found:
        select = node.find_ancestor(exp.Select)
        if select is not None and not isinstance(node.parent, exp.Window) and _of_outer(node, select):
            fact = "an aggregate of columns of an outer query alone, which SQL takes for one of that query"
            raise refuse(side, title(node.sql()), fact)


def _of_outer(node: exp.Expr, select: exp.Select) -> bool:
    """Does it read columns, and none of the query that it stands in, or of a query inside it?"""
    whole = node.parent if isinstance(node.parent, exp.Filter) else node
    columns = [part for part in nodes(whole) if isinstance(part, exp.Column)]
    around = _sources(select.find_ancestor(exp.Select))
    return bool(columns) and all(column.table in around for column in columns)


def _sources(select: exp.Select | None) -> set[str]:
    """What the query and those around it read, by alias."""
    found: set[str] = set()
    while select is not None:
        holders = [select.args.get("from_"), *(select.args.get("joins") or ()), *(select.args.get("laterals") or ())]
        found |= {(h.this if isinstance(h, (exp.From, exp.Join)) else h).alias_or_name for h in holders if h}
        select = select.find_ancestor(exp.Select)
    return found
