"""Which base table's column a qualified column shows, through derived tables and CTEs that pass it on."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.walking import find_all

Name = tuple[str, str]


def base_column(tree: exp.Expr) -> dict[Name, Name]:
    """(alias, column) to (table, column); aliases that mean two things are left out by the last one winning."""
    found: dict[Name, Name] = {}
    inner: dict[str, exp.Query] = {cte.alias: cte.this for cte in find_all(tree, exp.CTE)}
    tables = {t.alias_or_name: t.name for t in find_all(tree, exp.Table) if t.name not in inner}
    readers = {t.alias_or_name: inner[t.name] for t in find_all(tree, exp.Table) if t.name in inner}
    readers |= {s.alias: s.this for s in find_all(tree, exp.Subquery) if s.alias and isinstance(s.this, exp.Query)}
    for column in find_all(tree, exp.Column):
        name = (column.table, column.name)
        owner = _owner(name, tables, readers, 0)
        if owner is not None:
            found[name] = owner
    return found


def _owner(name: Name, tables: dict[str, str], readers: dict[str, exp.Query], depth: int) -> Name | None:
    alias, column = name
    if alias in readers and depth < 8:
        for part in readers[alias].selects:
            inner = part.unalias()
            if part.alias_or_name == column and isinstance(inner, exp.Column):
                return _owner((inner.table, inner.name), tables, readers, depth + 1)
        return None
    return (tables[alias], column) if alias in tables else None
