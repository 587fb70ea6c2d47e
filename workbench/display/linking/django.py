"""The calls of a queryset's chain: each may say several clauses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.display.linking.clauses import EVERY_JOIN
from workbench.display.page import Link

_CLAUSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("filter", "exclude", "in_bulk", "contains"), ("where", "having")),
    **dict.fromkeys(("annotate", "aggregate", "alias"), (EVERY_JOIN, "select", "group")),
    **dict.fromkeys(("values", "values_list", "only", "defer", "distinct", "count"), ("select",)),
    **dict.fromkeys(("dates", "datetimes"), ("select", "where", "order")),
    **dict.fromkeys(("first", "last", "earliest", "latest"), ("order", "limit")),
    **dict.fromkeys(("order_by", "reverse"), ("order",)),
    "get": ("where", "limit"),
    "exists": ("select", "limit"),
    "extra": ("select", "where"),
    "select_for_update": ("lock",),
    "select_related": (EVERY_JOIN, "select"),
}

# what may follow "__" without a join: lookups and transforms of a column
_OF_COLUMNS = frozenset(
    (
        "exact", "iexact", "contains", "icontains", "in", "gt", "gte", "lt", "lte", "startswith",
        "istartswith", "endswith", "iendswith", "range", "isnull", "regex", "iregex", "date", "year",
        "iso_year", "month", "day", "week", "week_day", "iso_week_day", "quarter", "time", "hour", "minute",
        "second", "id", "pk",
    )
)  # fmt: skip


def django_links(text: str) -> Iterator[Link]:
    """The calls of the last expression's chain, its slice, and the manager that it begins with."""
    try:
        last = ast.parse(text).body[-1:]
    except (SyntaxError, ValueError):
        return
    places = _Places(text)
    node = getattr(last[0], "value", None) if last else None
    found: list[Link] = []
    while isinstance(node, (ast.Call, ast.Subscript)):
        callee = node.func if isinstance(node, ast.Call) else node
        before = callee.value if isinstance(callee, (ast.Attribute, ast.Subscript)) else None
        names = _CLAUSES.get(callee.attr, ()) if isinstance(callee, ast.Attribute) else ("limit",)
        if before is None:
            break
        if names:
            joins = (EVERY_JOIN,) if "where" in names and _crosses(node) else ()
            found.append(Link(places.end(before), places.end(node), joins + names))
        node = before
    if isinstance(node, (ast.Attribute, ast.Name)):
        found.append(Link(places.start(node), places.end(node), ("from",)))
    yield from reversed(found)


def _crosses(node: ast.expr) -> bool:
    """Does a keyword in its arguments follow a relation?"""
    arguments = [*node.args, *node.keywords] if isinstance(node, ast.Call) else []
    keywords = [
        part.arg or "" for argument in arguments for part in ast.walk(argument) if isinstance(part, ast.keyword)
    ]
    return any(set(keyword.split("__")[1:]) - _OF_COLUMNS for keyword in keywords)


class _Places:
    """Offsets of nodes: ``ast`` counts lines, and bytes of UTF-8 in them."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def start(self, node: ast.expr) -> int:
        return self._offset(node.lineno, node.col_offset)

    def end(self, node: ast.expr) -> int:
        return self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def _offset(self, line: int, column: int) -> int:
        within = len(self._lines[line - 1].encode()[:column].decode())
        return sum(len(text) + 1 for text in self._lines[: line - 1]) + within
