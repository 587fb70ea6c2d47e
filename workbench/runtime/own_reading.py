"""What a user's own database is asked, whichever it is: SELECTs, a limited number of rows, for a limited time."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from workbench.catalog.pg_catalog import Fetch
from workbench.catalog.table import Dialect
from workbench.equivalence.engine import Statement
from workbench.verdict import ResultRows

MOST_ROWS = 1000  # of one statement: enough to show a difference, few enough to be read over a slow line
TIMEOUT = 5000  # milliseconds a statement may run on a user's own database
NO_SELECT = "it is no SELECT: your database is only read"
_SELECT = re.compile(r"[\s(]*(select|with|values)\b", re.IGNORECASE)


@dataclass(frozen=True)
class NodeReading:
    """How Node reads the same rows: where it connects (never printed: it holds the password), and its limits."""

    settings: dict[str, Any] = field(repr=False)
    limits: dict[str, Any]


class Reading(Protocol):
    """One transaction, in which both sides see the same rows."""

    def answer(self, statement: Statement) -> ResultRows:
        """At most ``MOST_ROWS`` rows, and one more that says there are others; or the statement's error.

        ``statement.style``: "format" of Django's, else that of Drizzle's driver for the database.
        """
        ...

    def again(self, statement: Statement) -> ResultRows:
        """The same, asked after Node: rows that were changed between the two, where any can be, show here."""
        ...

    def node(self) -> NodeReading: ...


class OwnDatabase(Protocol):
    """A database of the user's. Its methods raise WorkbenchError where it cannot be reached or read."""

    @property
    def dialect(self) -> Dialect: ...

    def reading(self) -> AbstractContextManager[Reading]: ...

    def fetching(self) -> AbstractContextManager[Fetch]:
        """For questions of our own about its catalog."""
        ...


def is_select(sql: str) -> bool:
    """Whether the text begins as a query does; the database refuses what would write all the same."""
    return _SELECT.match(sql) is not None


def refused(fact: str) -> ResultRows:
    """A statement that did not run."""
    return ResultRows((), (), fact)
