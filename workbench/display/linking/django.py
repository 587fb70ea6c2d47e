"""The calls of a queryset's chain: each may say several clauses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.display.linking.clauses import EVERY_JOIN
from workbench.display.page import Link

_CLAUSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("filter", "exclude", "in_bulk", "contains"), (EVERY_JOIN, "where", "having")),
    **dict.fromkeys(("annotate", "aggregate", "alias"), (EVERY_JOIN, "select", "group")),
    **dict.fromkeys(("values", "values_list", "only", "defer", "distinct", "count"), ("select",)),
    **dict.fromkeys(("dates", "datetimes"), ("select", "where", "order")),
    **dict.fromkeys(("first", "last", "earliest", "latest"), ("order", "limit")),
    **dict.fromkeys(("order_by", "reverse"), ("order",)),
    "get": (EVERY_JOIN, "where", "limit"),
    "exists": ("select", "limit"),
    "extra": ("select", "where"),
    "select_for_update": ("lock",),
    "select_related": (EVERY_JOIN, "select"),
}


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
            found.append(Link(places.end(before), places.end(node), names))
        node = before
    if isinstance(node, (ast.Attribute, ast.Name)):
        found.append(Link(places.start(node), places.end(node), ("from",)))
    yield from reversed(found)


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
