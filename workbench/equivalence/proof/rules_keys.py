"""Rules that a key or a foreign key allows: rows merged, joins dropped."""

from __future__ import annotations

from dataclasses import replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.determined import equalities, keys_of
from workbench.equivalence.proof.substitution import substitute
from workbench.equivalence.proof.terms import Col, Expr, Source, TableSource, Term, Terms, boolean, negate
from workbench.equivalence.proof.traversal import rows_in
from workbench.equivalence.proof.workspace import Workspace, columns_of, equal_values, foreign_key_text, key_text, names


def merge_by_key(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """Two rows of a table that agree on a key are one row; an inner row may be a row of an enclosing term."""
    classes = equal_values((*term.where, *rw.given))
    for i, (row, source) in enumerate(term.sources):
        if not isinstance(source, TableSource):
            continue
        others = [*term.sources[:i], *((r, s) for r, s in outer.items() if r != row)]
        for other, twin in others:
            if twin != source:
                continue
            for key in keys_of(rw.catalog.table(source.name)):
                if all(_agree(rw.catalog, source, classes, row, other, c) for c in key):
                    return (_merged(rw, term, row, other, source, key),)
    return None


def _agree(
    catalog: Catalog, source: TableSource, classes: list[tuple[set[Expr], bool]], row: int, other: int, column: str
) -> bool:
    names = {(row, column), (other, column)}
    solid = not catalog.table(source.name).column(column).nullable
    return any(
        names <= {(e.row, e.name) for e in values if isinstance(e, Col)} and (strict or solid)
        for values, strict in classes
    )


def _merged(rw: Workspace, term: Term, row: int, other: int, source: TableSource, key: tuple[str, ...]) -> Term:
    moved = rebuild_rows(term, row, other)
    rw.uses(key_text(rw.catalog, source.name, key))
    solid = tuple(
        negate(boolean("isnull", Col(other, c, _kind(term, row, c))))
        for c in key
        if rw.catalog.table(source.name).column(c).nullable
    )
    return replace(moved, sources=tuple((r, s) for r, s in moved.sources if r != row), where=(*moved.where, *solid))


def _kind(term: Term, row: int, name: str) -> str:
    return next((c.kind for c in columns_of(term, row) if c.name == name), "?")


def rebuild_rows(term: Term, row: int, other: int) -> Term:
    """The term with every mention of one row made one of another."""
    return substitute(term, {c: replace(c, row=other) for c in columns_of(term, row)})


def drop_hidden_foreign_join(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """As ``drop_foreign_join``, of rows that no output reads; tried before rows are asked for by EXISTS."""
    shown = {r for o in term.outputs for r in rows_in(o)}
    return drop_foreign_join(rw, term, outer, frozenset(shown))


def drop_foreign_join(
    rw: Workspace, term: Term, outer: dict[int, Source], kept: frozenset[int] = frozenset()
) -> Terms | None:
    """A row that a foreign key promises, and of which only the key is read, is there exactly once: it can go."""
    for row, source in term.sources:
        if isinstance(source, TableSource) and row not in kept:
            found = _promised(rw, term, row, source, outer)
            if found is not None:
                return (found,)
    return None


def _promised(rw: Workspace, term: Term, row: int, source: TableSource, outer: dict[int, Source]) -> Term | None:
    used = {c.name for c in columns_of(replace(term, sources=tuple((r, s) for r, s in term.sources if r != row)), row)}
    for child, table in (*term.sources, *outer.items()):
        if child == row or not isinstance(table, TableSource):
            continue
        for fk in rw.catalog.table(table.name).foreign_keys:
            links = dict(zip(fk.target_columns, fk.columns, strict=True))
            if (
                fk.target != source.name
                or used != set(links)
                or tuple(fk.target_columns) not in set(keys_of(rw.catalog.table(source.name)))
            ):
                continue
            kinds_of = {(rw.kind(table.name, c), rw.kind(source.name, t)) for t, c in links.items()}
            alike = all(a == b and kinds.is_identity(a) for a, b in kinds_of)
            if alike and all(
                any(names(a, b) == {(row, t), (child, c)} and strict for a, b, strict in equalities(term.where))
                for t, c in links.items()
            ):
                return _without(rw, term, row, child, links, source, table)
    return None


def _without(
    rw: Workspace, term: Term, row: int, child: int, links: dict[str, str], source: TableSource, table: TableSource
) -> Term:
    values: dict[Col, Expr] = {c: replace(c, row=child, name=links[c.name]) for c in columns_of(term, row)}
    moved = substitute(replace(term, sources=tuple((r, s) for r, s in term.sources if r != row)), values)
    rw.uses(foreign_key_text(table.name, links.values(), source.name))
    solid = tuple(negate(boolean("isnull", Col(child, links[c.name], c.kind))) for c in columns_of(term, row))
    return replace(moved, where=(*moved.where, *dict.fromkeys(solid)))
