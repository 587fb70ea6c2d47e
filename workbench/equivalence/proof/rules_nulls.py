"""Rules over NULL and equal values."""

from __future__ import annotations

from dataclasses import replace

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.determined import equalities
from workbench.equivalence.proof.substitution import substitute
from workbench.equivalence.proof.terms import FALSE, App, Col, Const, Expr, Source, Term, Terms, boolean
from workbench.equivalence.proof.traversal import rows_in
from workbench.equivalence.proof.workspace import Workspace, present


def read_equal(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A column that a condition makes the same as a value from outside is read as that value everywhere else."""
    own = {r for r, _ in term.sources}
    for n, conjunct in enumerate(term.where):
        for left, right, _ in equalities([conjunct]):
            for one, other in ((left, right), (right, left)):
                inside = isinstance(one, Col) and one.row in own and kinds.is_identity(one.kind)
                if not inside or one.kind != other.kind or rows_in(other) & own or not isinstance(other, Col | Const):
                    continue
                rest = (*term.where[:n], *term.where[n + 1 :])
                if not isinstance(one, Col):
                    continue
                moved = substitute(replace(term, where=rest), {one: other})
                if moved != replace(term, where=rest):
                    return (replace(moved, where=(*moved.where[:n], conjunct, *moved.where[n:])),)
    return None


def never_null_columns(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """IS NULL of a NOT NULL column of a table's row is false."""
    scope = {**outer, **dict(term.sources)}
    changed = replace(
        term,
        where=tuple(_present_columns(rw, w, scope) for w in term.where),
        outputs=tuple(_present_columns(rw, o, scope) for o in term.outputs),
    )
    return (changed,) if changed != term else None


def _present_columns(rw: Workspace, expr: Expr, scope: dict[int, Source]) -> Expr:
    if not isinstance(expr, App):
        return expr
    if expr.op == "isnull" and isinstance(expr.args[0], Col) and present(rw, expr.args[0], scope):
        return FALSE
    return replace(expr, args=tuple(_present_columns(rw, a, scope) for a in expr.args))


def strict_same(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """IS NOT DISTINCT FROM with a value that is never NULL is an equality."""
    scope = {**outer, **dict(term.sources)}
    where = tuple(_strict(rw, w, scope) for w in term.where)
    return (replace(term, where=where),) if where != term.where else None


def _strict(rw: Workspace, expr: Expr, scope: dict[int, Source]) -> Expr:
    alike = isinstance(expr, App) and expr.op == "same" and expr.args[0].kind == expr.args[1].kind
    if isinstance(expr, App) and alike and any(present(rw, a, scope) for a in expr.args):
        return boolean("eq", *expr.args)
    return expr
