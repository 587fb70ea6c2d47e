"""Rules over relations of which only the set of rows counts."""

from __future__ import annotations

from dataclasses import replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.determined import closure, determines, strict_keys
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.simplify import simplify
from workbench.equivalence.proof.substitution import freshen, rename_rows
from workbench.equivalence.proof.terms import (
    TRUE,
    Col,
    Exists,
    Expr,
    Opaque,
    Source,
    TableSource,
    Term,
    Terms,
    boolean,
    negate,
    same,
)
from workbench.equivalence.proof.traversal import rows_in
from workbench.equivalence.proof.workspace import Workspace, foreign_key_text, inline, keys_used


def one_condition(terms: Terms) -> Terms:
    """Of a set: terms over the same tables with the same outputs are one term under either condition."""
    merged: dict[str, Term] = {}
    for term in terms:
        shape = Shape()
        plain = all(isinstance(s, TableSource) for _, s in term.sources)
        key = shape.term(replace(term, where=())) + repr(list(shape.free)) + ("" if plain else str(len(merged)))
        if key in merged:
            first = merged[key]
            moved = rename_rows(
                term, {ours: theirs for (ours, _), (theirs, _) in zip(term.sources, first.sources, strict=True)}
            )
            either = boolean("or", boolean("and", TRUE, *first.where), boolean("and", TRUE, *moved.where))
            merged[key] = replace(first, where=(simplify(either),))
        else:
            merged[key] = term
    return tuple(merged.values())


def semi_join(catalog: Catalog, term: Term) -> Term:
    """Of a set: sources that the outputs neither mention nor determine are only asked whether they match."""
    kept = closure(catalog, term, term.outputs) | {r for o in term.outputs for r in rows_in(o)}
    rest = tuple((r, s) for r, s in term.sources if r not in kept)
    if not rest:
        return term
    loose = {r for r, _ in rest}
    inner = tuple(w for w in term.where if rows_in(w) & loose)
    where = tuple(w for w in term.where if not rows_in(w) & loose)
    exists = Exists((Term(rest, inner, ()),))
    return Term(tuple((r, s) for r, s in term.sources if r in kept), (*where, exists), term.outputs)


def referred(rw: Workspace, body: Term) -> tuple[str, list[str]] | None:
    """The table and key columns that the outputs, a foreign key of one row and never NULL, refer to."""
    rows = {o.row for o in body.outputs if isinstance(o, Col)}
    if len(rows) != 1 or not all(isinstance(o, Col) for o in body.outputs):
        return None
    (row,) = rows
    source = dict(body.sources).get(row)
    if not isinstance(source, TableSource):
        return None
    table = rw.catalog.table(source.name)
    names_ = [o.name for o in body.outputs if isinstance(o, Col)]
    present = all(
        not table.column(o.name).nullable or negate(boolean("isnull", o)) in body.where
        for o in body.outputs
        if isinstance(o, Col)
    )
    if any(set(key) <= set(names_) for key in strict_keys(table)):
        return None  # they are keys of their own rows already
    for fk in table.foreign_keys:
        links = dict(zip(fk.columns, fk.target_columns, strict=True))
        if present and sorted(names_) == sorted(links) and fk.target in rw.catalog:
            same_kinds = all(rw.kind(source.name, a) == rw.kind(fk.target, b) for a, b in links.items())
            keyed = tuple(sorted(fk.target_columns)) in {
                tuple(sorted(k)) for k in strict_keys(rw.catalog.table(fk.target))
            }
            if same_kinds and keyed:
                rw.uses(foreign_key_text(source.name, fk.columns, fk.target))
                rw.uses(*(f"{source.name}.{n} NOT NULL" for n in names_ if not table.column(n).nullable))
                return fk.target, [links[n] for n in names_]
    return None


def open_opaque(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """EXCEPT ALL and INTERSECT ALL of rows without duplicates are NOT EXISTS and EXISTS."""
    for row, source in term.sources:
        if not isinstance(source, Opaque) or source.what not in ("except all", "intersect all"):
            continue
        left, right = source.bodies
        for kept, other in ((left, right), (right, left)):
            if not kept:
                return ()
            if len(kept) == 1 and determines(rw.catalog, kept[0], kept[0].outputs):
                (copy,) = freshen(kept)
                pairs = [tuple(same(a, b) for a, b in zip(t.outputs, copy.outputs, strict=True)) for t in other]
                found: Expr = Exists(
                    tuple(replace(t, where=(*t.where, *p), outputs=()) for t, p in zip(other, pairs, strict=True))
                )
                condition = negate(found) if source.what == "except all" else found
                rest = tuple((r, s) for r, s in term.sources if r != row)
                rw.uses(*keys_used(rw.catalog, kept[0]))
                return (inline(term, rest, row, replace(copy, where=(*copy.where, condition))),)
            if source.what == "except all":
                break
    return None
