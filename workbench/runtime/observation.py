"""What the real target answered, with the types its language gave the values.

Beside the forms of ``workbench.values`` (null, booleans, strings, lists, ``bytes``) a value from JavaScript is one of:

================ ============================================================================
``js-number``    ``String(value)``: "5", "0.1", "-0", "NaN", "Infinity"
``js-bigint``    its digits
``js-date``      ``toISOString()``: milliseconds, UTC ("2026-01-02T03:04:05.006Z")
``js-object``    an object: name to value of these forms (a JSON column, a relational result)
``js-undefined`` null
================ ============================================================================

``workbench.queries.comparing`` says which of these agree with which value of Python's.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.values import Wire


@dataclass(frozen=True)
class Compiled:
    """The SQL of a query and its parameters (``$n`` on PostgreSQL, ``?`` on SQLite), without a run."""

    sql: str
    parameters: tuple[Wire, ...]
    columns: tuple[str, ...]  # paths of the selected fields ("id", "book.title"); () where the query has no list


@dataclass(frozen=True)
class Observation:
    """One run on a real database. ``types`` are PostgreSQL's names of the output columns, () on SQLite.

    ``rows`` are flat, in the order of the SELECT list, where ``columns`` is not empty; else each row is one value.
    ``error`` is the database's or the code's message; then there are no rows. ``statements`` were sent in all.
    """

    sql: str
    parameters: tuple[Wire, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Wire, ...], ...] = ()
    types: tuple[str, ...] = ()
    error: str | None = None
    statements: int = 1
