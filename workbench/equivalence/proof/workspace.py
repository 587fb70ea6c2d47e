"""What rewriting rules share: the catalog, the steps told so far, and small readings of a term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.determined import equalities, keys_of
from workbench.equivalence.proof.logic import never_null
from workbench.equivalence.proof.steps import Record
from workbench.equivalence.proof.substitution import freshen, substitute
from workbench.equivalence.proof.terms import Col, Const, Distinct, Expr, Source, TableSource, Term, Terms
from workbench.equivalence.proof.traversal import walk_term


@dataclass
class Workspace:
    """The catalog rules may rely on, and the record of what they did."""

    catalog: Catalog
    singles: bool = False  # read rows that others determine as scalar subqueries
    given: tuple[Expr, ...] = ()  # equalities that hold wherever the relation at hand is read
    records: list[Record] = field(default_factory=list)
    constraints: dict[str, None] = field(default_factory=dict)  # what the step at hand relies on

    def uses(self, *constraints: str) -> None:
        """Note what the step at hand relies on."""
        self.constraints |= dict.fromkeys(constraints)

    def record(self, rule: str, before: Term | Expr, after: Terms | Expr, outer: dict[int, Source]) -> None:
        """Note one step; its text is only written for a proof that succeeds."""
        self.records.append(Record(rule, before, after, outer, tuple(self.constraints)))
        self.constraints.clear()

    def kind(self, table: str, column: str) -> str:
        """The kind of a table's column."""
        return checks_of(self.catalog).kinds[table, column]


def columns_of(term: Term, row: int) -> set[Col]:
    return {p for p in walk_term(term) if isinstance(p, Col) and p.row == row}


def keys_used(catalog: Catalog, term: Term) -> tuple[str, ...]:
    """The first key of each table that a term reads."""
    tables = dict.fromkeys(s.name for _, s in term.sources if isinstance(s, TableSource))
    return tuple(key_text(catalog, t, k) for t in sorted(tables) for k in [*keys_of(catalog.table(t))][:1])


def key_text(catalog: Catalog, table: str, columns: tuple[str, ...]) -> str:
    """A key as proofs name it."""
    primary = catalog.table(table).primary_key
    word = "PRIMARY KEY" if primary is not None and primary.columns == columns else "UNIQUE"
    return f"{word} ({table}.{', '.join(columns)})"


def foreign_key_text(table: str, columns: Iterable[str], target: str) -> str:
    """A foreign key as proofs name it."""
    return f"FOREIGN KEY ({table}.{', '.join(columns)}) REFERENCES {target}"


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
    """Whether a value is never NULL: by its form, or as a NOT NULL column, which is then noted."""
    source = scope.get(expr.row) if isinstance(expr, Col) else None
    if isinstance(expr, Col) and isinstance(source, TableSource):
        solid = not rw.catalog.table(source.name).column(expr.name).nullable
        rw.uses(*[f"{source.name}.{expr.name} NOT NULL"] if solid else ())
        return solid
    return never_null(expr)
