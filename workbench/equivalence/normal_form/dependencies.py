"""What a set of columns determines inside one SELECT: keys, equalities and constants (functional dependencies)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlglot import exp

from workbench.catalog.table import Table
from workbench.equivalence.normal_form.facts import Facts, conjuncts, source_alias
from workbench.equivalence.walking import find_all, has

Name = tuple[str, str]  # alias, column


def keys(table: Table) -> list[tuple[str, ...]]:
    """Sets of columns that identify a row: primary key, and uniques that are NOT NULL throughout."""
    found = [table.primary_key.columns] if table.primary_key else []
    found += [unique.columns for unique in table.uniques]
    for index in table.indexes:
        if index.unique and not index.condition and all(part.is_column for part in index.parts):
            found.append(tuple(part.expression for part in index.parts))
    return [key for key in found if all(not table.column(name).nullable for name in key)]


def names(nodes: Iterable[exp.Expr]) -> set[Name]:
    """The plain columns among these expressions."""
    plain = (node.unalias() for node in nodes)
    return {(node.table, node.name) for node in plain if isinstance(node, exp.Column)}


def closure(start: set[Name], select: exp.Select, facts: Facts) -> set[Name]:
    """All columns whose values follow from those of ``start`` in each row of the SELECT's FROM and WHERE."""
    known = set(start)
    equalities = _equalities(select)
    sources = _sources(select)
    size = -1
    while size != len(known):
        size = len(known)
        for left, right in equalities:
            if left is None or right is None or left in known or right in known:
                known.update(side for side in (left, right) if side is not None)
        for alias, on in sources.items():
            if alias in facts.tables:
                known |= _from_key(alias, on, facts.tables[alias], known)
    return known


def identifies_rows(start: set[Name], select: exp.Select, facts: Facts) -> bool:
    """Do these columns tell any two rows of the FROM clause apart? Only base tables with keys count."""
    sources = _sources(select)
    if not sources or any(alias not in facts.tables for alias in sources) or select.args.get("laterals"):
        return False
    if any(join.side in ("RIGHT", "FULL") or join.kind in ("SEMI", "ANTI") for join in select.args.get("joins") or ()):
        return False
    known = closure(start, select, facts)
    found = {a: next((k for k in keys(facts.tables[a]) if {(a, c) for c in k} <= known), None) for a in sources}
    if None in found.values():
        return False
    facts.used.extend(f"KEY ({facts.tables[a].name}: {', '.join(key)})" for a, key in found.items() if key)
    return True


def _sources(select: exp.Select) -> dict[str, exp.Expr | None]:
    """Alias of each source, with its ON where it is a LEFT join."""
    found: dict[str, exp.Expr | None] = {}
    if select.args.get("from_"):
        found[source_alias(select.args["from_"].this)] = None
    for join in select.args.get("joins") or ():
        found[source_alias(join.this)] = join.args.get("on") if join.side else None
    return found


def _equalities(select: exp.Select) -> list[tuple[Name | None, Name | None]]:
    """Pairs of equal columns; a constant side is None. WHERE and inner ON only."""
    conditions = [select.args["where"].this] if select.args.get("where") else []
    conditions += [j.args["on"] for j in select.args.get("joins") or () if j.args.get("on") and not j.side]
    found = []
    for part in (p for condition in conditions for p in conjuncts(condition)):
        if isinstance(part, exp.EQ):
            left, right = _side(part.this), _side(part.expression)
            if left is not False and right is not False and (left or right):
                found.append((left or None, right or None))
    return found


def _side(node: exp.Expr) -> Name | Literal[False] | None:
    """A column's name, None for a constant, False for anything else."""
    if isinstance(node, exp.Column):
        return (node.table, node.name)
    return None if isinstance(node, (exp.Literal, exp.Boolean, exp.Parameter)) else False


def _from_key(alias: str, on: exp.Expr | None, table: Table, known: set[Name]) -> set[Name]:
    """Every column of a source whose key is known, or is fixed by its LEFT join's condition."""
    fixed = {column for a, column in known if a == alias} | _fixed_by(alias, on, known)
    if any(set(key) <= fixed for key in keys(table)):
        return {(alias, column.name) for column in table.columns}
    return set()


def _fixed_by(alias: str, on: exp.Expr | None, known: set[Name]) -> set[str]:
    """Key columns that a LEFT join's condition equates with known ones, where nothing else decides the match."""
    fixed: set[str] = set()
    for part in conjuncts(on):
        used = {(c.table, c.name) for c in find_all(part, exp.Column)}
        if has(part, exp.Query) or not {n for n in used if n[0] != alias} <= known:
            return set()
        if isinstance(part, exp.EQ):
            for own, other in ((part.this, part.expression), (part.expression, part.this)):
                if isinstance(own, exp.Column) and own.table == alias and _side(other) is not False:
                    fixed.add(own.name)
    return fixed
