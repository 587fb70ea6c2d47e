"""What rewriting rules share: the catalog, the steps told so far, and small readings of a term."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.determined import equalities, keys_of
from workbench.equivalence.proof.logic import never_null
from workbench.equivalence.proof.substitution import freshen, substitute
from workbench.equivalence.proof.terms import Col, Const, Distinct, Expr, Source, TableSource, Term, Terms
from workbench.equivalence.proof.traversal import walk_term
from workbench.verdict import Step


@dataclass
class Workspace:
    """The catalog rules may rely on, and the steps of the proof they add to."""

    catalog: Catalog
    singles: bool = False  # read rows that others determine as scalar subqueries
    given: tuple[Expr, ...] = ()  # equalities that hold wherever the relation at hand is read
    steps: list[Step] = field(default_factory=list)

    def note(self, rule: str, before: str, after: str, *using: str) -> None:
        """One step of the proof, told once."""
        step = Step(rule, before, after, using)
        if step not in self.steps:
            self.steps.append(step)

    def kind(self, table: str, column: str) -> str:
        """The kind of a table's column."""
        return checks_of(self.catalog).kinds[table, column]


def columns_of(term: Term, row: int) -> set[Col]:
    return {p for p in walk_term(term) if isinstance(p, Col) and p.row == row}


def keys_used(catalog: Catalog, term: Term) -> tuple[str, ...]:
    tables = {s.name for _, s in term.sources if isinstance(s, TableSource)}
    return tuple(
        f"{'PRIMARY KEY' if i == 0 else 'UNIQUE'} ({t}.{', '.join(k)})"
        for t in sorted(tables)
        for i, k in enumerate(keys_of(catalog.table(t)))
        if i == 0
    )


def equal_values(where: tuple[Expr, ...]) -> list[tuple[set[Expr], bool]]:
    """Classes of values that the conjuncts make the same, and whether the class is known not to be NULL."""
    classes: list[tuple[set[Expr], bool]] = []
    for left, right, strict in equalities(where):
        joined, solid = (
            {left, right},
            strict or any(isinstance(e, Const) and e.value is not None for e in (left, right)),
        )
        rest = []
        for values, known in classes:
            if values & joined:
                joined, solid = joined | values, solid or known
            else:
                rest.append((values, known))
        classes = [*rest, (joined, solid)]
    return classes


def inline(term: Term, rest: tuple[tuple[int, Source], ...], row: int, body: Term) -> Term:
    """The term with a source replaced by one term of its body."""
    values: dict[Col, Expr] = {c: body.outputs[int(c.name)] for c in columns_of(term, row)}
    moved = substitute(replace(term, sources=rest), values)
    return replace(moved, sources=(*moved.sources, *body.sources), where=(*body.where, *moved.where))


def open_distinct(term: Term) -> Terms:
    """Where only the set of rows counts, DISTINCT sources are opened into their bodies."""
    for row, source in term.sources:
        if isinstance(source, Distinct):
            rest = tuple((r, s) for r, s in term.sources if r != row)
            return tuple(o for body in freshen(source.body) for o in open_distinct(inline(term, rest, row, body)))
    return (term,)


def names(left: Expr, right: Expr) -> set[tuple[int, str]]:
    """The columns two sides of an equality are, where they are columns."""
    return {(e.row, e.name) for e in (left, right) if isinstance(e, Col)}


def present(rw: Workspace, expr: Expr, scope: dict[int, Source]) -> bool:
    source = scope.get(expr.row) if isinstance(expr, Col) else None
    if isinstance(expr, Col) and isinstance(source, TableSource):
        return not rw.catalog.table(source.name).column(expr.name).nullable
    return never_null(expr)
