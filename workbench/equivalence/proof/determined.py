"""Which row variables some values determine: the closure of known columns under equalities and keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.catalog.table import Catalog, Key, Table
from workbench.equivalence.proof.terms import App, Col, Distinct, Expr, Source, TableSource, Term
from workbench.equivalence.proof.traversal import rows_in


def keys_of(table: Table) -> Iterator[tuple[str, ...]]:
    """The column sets that no two rows share where none of them is NULL; a deferrable one holds at every commit."""
    candidates: list[Key] = [*([table.primary_key] if table.primary_key else []), *table.uniques]
    for key in candidates:
        yield key.columns
    for index in table.indexes:
        if index.unique and index.condition is None and all(p.is_column for p in index.parts):
            yield tuple(p.expression for p in index.parts)


def strict_keys(table: Table) -> Iterator[tuple[str, ...]]:
    """The keys whose columns are NOT NULL: no two rows agree on them."""
    for columns in keys_of(table):
        if all(not table.column(c).nullable for c in columns):
            yield columns


def equalities(where: Iterable[Expr]) -> Iterator[tuple[Expr, Expr, bool]]:
    """The equalities that hold where every conjunct is true, and whether both sides are then not NULL."""
    for conjunct in where:
        if isinstance(conjunct, App) and conjunct.op == "and":
            yield from equalities(conjunct.args)
        elif isinstance(conjunct, App) and conjunct.op in ("eq", "same"):
            yield conjunct.args[0], conjunct.args[1], conjunct.op == "eq"


def never_null_here(where: Iterable[Expr]) -> Iterator[Col]:
    """The columns that a conjunct of its own keeps from being NULL."""
    for conjunct in where:
        if isinstance(conjunct, App) and conjunct.op == "not":
            (inner,) = conjunct.args
            if isinstance(inner, App) and inner.op == "isnull" and isinstance(inner.args[0], Col):
                yield inner.args[0]


def closure(catalog: Catalog, term: Term, known: Iterable[Expr]) -> set[int]:
    """The term's own rows determined by ``known`` values (values of enclosing terms and constants are known)."""
    own = dict(term.sources)
    columns: set[Col] = {e for e in known if isinstance(e, Col)}
    rows: set[int] = set()
    changed = True
    while changed:
        before = len(columns), len(rows)
        for left, right, _ in list(equalities(term.where)):
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Col) and one.row in own and _is_known(other, own, rows, columns):
                    columns.add(one)
        rows |= {r for r, s in own.items() if r not in rows and _has_key(catalog, term, r, s, columns)}
        changed = before != (len(columns), len(rows))
    return rows


def _is_known(expr: Expr, own: dict[int, Source], rows: set[int], columns: set[Col]) -> bool:
    if isinstance(expr, Col):
        return expr in columns or expr.row in rows or expr.row not in own
    mentioned = rows_in(expr) & own.keys()
    if isinstance(expr, App):
        return all(_is_known(a, own, rows, columns) for a in expr.args)
    return mentioned <= rows


def _has_key(catalog: Catalog, term: Term, row: int, source: Source, columns: set[Col]) -> bool:
    named = {c.name for c in columns if c.row == row}
    if isinstance(source, TableSource):
        table = catalog.table(source.name)
        if any(named >= set(key) for key in strict_keys(table)):
            return True
        solid = {
            c.name
            for a, b, strict in equalities(term.where)
            if strict
            for c in (a, b)
            if isinstance(c, Col) and c.row == row
        } | {c.name for c in never_null_here(term.where) if c.row == row}
        return any(
            named >= set(key) and all(c in solid or not table.column(c).nullable for c in key) for key in keys_of(table)
        )
    if isinstance(source, Distinct):
        return bool(source.body) and named >= {str(i) for i in range(len(source.body[0].outputs))}
    return False


def determines(catalog: Catalog, term: Term, values: Iterable[Expr]) -> bool:
    """Whether no two bindings of the term's rows give the same values."""
    return closure(catalog, term, values) == {row for row, _ in term.sources}
