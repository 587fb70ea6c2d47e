"""When does a difference between two answers of a user's own database prove that two queries differ?

Not where the answers are not fixed by the rows (a LIMIT among ties, a random function), where only their beginning
was read, or where the values that differ are an expression's, whose conversion in Django is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.catalog.table import Catalog
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.counterexample.compare import compare
from workbench.equivalence.counterexample.meaning import Meaning, meaning
from workbench.equivalence.parse import parse_query
from workbench.equivalence.placeholders import Style
from workbench.queries.query import Query
from workbench.queries.unmatched import Unmatched
from workbench.runtime.observation import Compiled
from workbench.runtime.own_reading import MOST_ROWS
from workbench.verdict import ResultRows

MANY = f"more than {MOST_ROWS} rows, and no order says which are the first: narrow the queryset to compare them"
UNREAD = "the text of one side cannot be read: whether its rows are fixed is not known"
TIES = "an ORDER BY leaves ties"
CONVERTED = "the database gave both sides the same values; how Django converts those of an expression is not known here"


@dataclass(frozen=True)
class OwnQuery:
    """What is run: the query, its Drizzle form in the worker's schema ``key``, and where its outputs stand there."""

    query: Query
    key: str
    code: str
    compiled: Compiled
    paths: tuple[str, ...]
    nearly: tuple[str, ...] = ()  # what Django does in Python after its SQL, and Drizzle's SQL does itself

    @property
    def style(self) -> Style:
        """Of the placeholders of Drizzle's text."""
        return "qmark" if self.query.dialect == "sqlite" else "dollar"


def promises(asked: OwnQuery, catalog: Catalog) -> tuple[Meaning, ...]:
    """What each side promises of its rows, by the keys that this database has; () where a text cannot be read."""
    dialect = catalog.dialect
    try:
        django = parse_query(asked.query.sql, catalog, dialect, "format", None, "left")
        drizzle = parse_query(asked.compiled.sql, catalog, dialect, asked.style, None, "right")
    except WorkbenchError:
        return ()
    return meaning(django), meaning(drizzle)


def total(sides: Sequence[Meaning]) -> bool:
    """Whether only one order of the rows is allowed."""
    return all(side.total for side in sides)


def incomparable(asked: OwnQuery, rows: int, sides: Sequence[Meaning]) -> str:
    """Why these rows are not compared at all, ``rows`` being the fewer; "" where they are."""
    if asked.nearly:
        return asked.nearly[0]
    if not sides:
        return UNREAD
    return MANY if rows > MOST_ROWS and not total(sides) else ""


def doubt(asked: OwnQuery, left: ResultRows, right: ResultRows, found: Unmatched, sides: Sequence[Meaning]) -> str:
    """Why a difference of decoded rows proves nothing; "" where it does.

    ``left`` and ``right`` are the database's own values of both texts. Where these are the same, the drivers' decoding
    differs; that counts for a model's field, whose conversion in Django is known.
    """
    outputs = asked.query.outputs
    left = replace(left, rows=tuple(row[: len(outputs)] for row in left.rows))
    outcome = compare(left, right, sides)
    if outcome.outcome in ("incomparable", "undetermined"):
        return outcome.why or next((side.nondeterminism for side in sides if side.nondeterminism), TIES)
    differing = [outputs[at] for at in found.columns] or list(outputs)
    return CONVERTED if outcome.outcome == "same" and any(output.field is None for output in differing) else ""
