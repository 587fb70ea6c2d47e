"""Two SQL queries looked at together: clause by clause, with the verdict and its evidence. Needs no project."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog, Dialect
from workbench.display import Badge, Clause, Code, Columns, Displayed, Judgement, Page, Pairing, SideBySide
from workbench.display.judgement import TONES
from workbench.equivalence import ParsedQuery, decide, parse_query
from workbench.equivalence.bindings import Binding
from workbench.equivalence.diff import AlignedLine, side_by_side
from workbench.equivalence.engine import Engine
from workbench.equivalence.impossible import refuse_impossible_checks
from workbench.equivalence.placeholders import style_of
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine
from workbench.verdict import Verdict


@dataclass(frozen=True)
class Comparison(Displayed):
    """Two queries clause by clause, and whether they mean the same."""

    left: str
    right: str
    pairings: tuple[Pairing, ...]
    verdict: Verdict
    sources: tuple[Code, ...] = ()  # what the queries were compiled of, where they were

    def page(self) -> Page:
        """The clauses beside each other; below them the proof, the witness, or what was tried."""
        badge = Badge(self.verdict.word, TONES[self.verdict.word])
        clauses = SideBySide(self.pairings, "left", "right")
        sources = (Columns(self.sources),) if self.sources else ()
        return Page("Two queries", (*sources, clauses, Judgement(self.verdict, "left", "right")), (badge,))


def compare(
    left: str,
    right: str,
    schema: str | Catalog,
    dialect: Dialect = "postgres",
    *,
    params: tuple[Sequence[Binding] | None, Sequence[Binding] | None] = (None, None),
    budget: float = 10.0,
) -> Comparison:
    """Compare two queries over the tables of ``schema`` (CREATE TABLE statements, or a catalog), and show both.

    ``params``: wire values of each side's placeholders; None leaves them free, then ``$n`` is the same value on both
    sides. ``budget`` in seconds. Raises ``WorkbenchError`` where a query or the schema cannot be read.
    """
    catalog = schema if isinstance(schema, Catalog) else read_ddl(schema, dialect)
    refuse_impossible_checks(catalog)
    sides = (_parsed(left, catalog, dialect, params[0], "left"), _parsed(right, catalog, dialect, params[1], "right"))
    with ExitStack() as stack:
        verdict = decide(*sides, catalog, dialect=dialect, engine=_engine(dialect, stack), budget=budget)
    return Comparison(left, right, clause_pairs(*sides), verdict)


def clause_pairs(left: ParsedQuery, right: ParsedQuery) -> tuple[Pairing, ...]:
    """Every clause beside its counterpart, as displays show it."""
    return tuple(map(_pairing, side_by_side(left, right)))


def _pairing(line: AlignedLine) -> Pairing:
    left = Clause(line.clause, line.left, line.depth[0])
    right = Clause(line.right_clause, line.right, line.depth[1])
    return Pairing(
        None if line.change == "right only" else left, None if line.change == "left only" else right, line.change
    )


def _parsed(sql: str, catalog: Catalog, dialect: Dialect, params: Sequence[Binding] | None, side: str) -> ParsedQuery:
    style = style_of(sql, params is not None)
    return parse_query(sql, catalog, dialect, style, params, "left" if side == "left" else "right")


def _engine(dialect: Dialect, stack: ExitStack) -> Engine:
    return PostgresEngine(stack.enter_context(PostgresServer())) if dialect == "postgres" else SqliteEngine()
