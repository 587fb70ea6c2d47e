"""Tables that refer to each other in a circle."""

from __future__ import annotations

from workbench.catalog.table import Catalog


def tables_in_cycles(catalog: Catalog) -> frozenset[str]:
    """Tables from which foreign keys lead back to themselves through at least one other table."""
    edges = {table.name: {key.target for key in table.foreign_keys} - {table.name} for table in catalog.tables}
    return frozenset(name for name in edges if name in _reachable(name, edges))


def _reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen
