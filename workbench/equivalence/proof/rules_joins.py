"""Rules over joins to at most one row: asked for by EXISTS, or read as scalar subqueries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbench.equivalence.proof.determined import closure
from workbench.equivalence.proof.substitution import freshen, rebuild
from workbench.equivalence.proof.terms import Agg, Col, Exists, Expr, Source, TableSource, Term, Terms
from workbench.equivalence.proof.traversal import rows_in
from workbench.equivalence.proof.workspace import Workspace, columns_of, keys_used


def join_to_exists(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """Sources that the others determine and that no output reads are there at most once: ask whether they are."""
    shown = {r for o in term.outputs for r in rows_in(o)}
    hidden = [
        r for r, s in term.sources if r not in shown and isinstance(s, TableSource) and not _laterally_read(term, r)
    ]
    together = _determined_by_rest(rw, term, hidden)
    for rows in [together] if together else [[r] for r in sorted(hidden, key=lambda r: _rank(term, r), reverse=True)]:
        if len(rows) < len(term.sources) and set(rows) <= _determined_by_rest(rw, term, rows):
            return (_as_exists(rw, term, set(rows)),)
    return None


def _laterally_read(term: Term, row: int) -> bool:
    return bool(columns_of(Term(term.sources, (), ()), row))


def _determined_by_rest(rw: Workspace, term: Term, rows: list[int] | set[int]) -> set[int]:
    """Those of the rows of which there is at most one for each binding of the term's other rows."""
    inner = tuple(w for w in term.where if rows_in(w) & set(rows))
    return closure(rw.catalog, Term(tuple((r, s) for r, s in term.sources if r in rows), inner, ()), ())


def _as_exists(rw: Workspace, term: Term, rows: set[int]) -> Term:
    moved = tuple((r, s) for r, s in term.sources if r in rows)
    inner = tuple(w for w in term.where if rows_in(w) & rows)
    rest = tuple(w for w in term.where if not rows_in(w) & rows)
    rw.uses(*keys_used(rw.catalog, Term(moved, (), ())))
    others = tuple((r, s) for r, s in term.sources if r not in rows)
    return Term(others, (*rest, Exists((Term(moved, inner, ()),))), term.outputs)


def join_to_single(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A source that the others determine is read as a scalar subquery, under the condition that it is there."""
    if not rw.singles:
        return None
    for row in sorted(
        (r for r, s in term.sources if isinstance(s, TableSource)), key=lambda r: _rank(term, r), reverse=True
    ):
        if len(term.sources) < 2 or _laterally_read(term, row) or row not in _determined_by_rest(rw, term, [row]):
            continue
        inner = tuple(w for w in term.where if row in rows_in(w))
        source = tuple((r, s) for r, s in term.sources if r == row)
        kept = _as_exists(rw, replace(term, outputs=()), {row})
        values: dict[Col, Expr] = {
            c: Agg("single", freshen((Term(source, inner, (c,)),)), c.kind)
            for c in columns_of(Term((), (), term.outputs), row)
        }
        return (replace(kept, outputs=tuple(rebuild(o, _reading(values)) for o in term.outputs)),)
    return None


def _rank(term: Term, row: int) -> str:
    source = dict(term.sources)[row]
    return source.name if isinstance(source, TableSource) else ""


def _reading(values: dict[Col, Expr]) -> Callable[[Col], Expr]:
    return lambda c: values.get(c, c)
