"""Either side of a write run on one database; all rows of all tables are read before it is rolled back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.queries.plan import PlannedWrite
from workbench.runtime.ddl import quoted
from workbench.runtime.effect import FIRST_KEY
from workbench.session.querysets.performing.outcome import Outcome, Situation

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


NOT_RUN = "not run: "  # the agent's word for an expression that it cannot run at all
# sequences are no part of a transaction: both sides number new rows from here
_RESTART = f"""
DO $$ DECLARE s record; BEGIN
  FOR s IN SELECT schemaname, sequencename FROM pg_sequences LOOP
    EXECUTE format('ALTER SEQUENCE %I.%I RESTART WITH {FIRST_KEY}', s.schemaname, s.sequencename);
  END LOOP;
END $$
"""


class Sides:
    """Runs one side on a database, and reads all rows that it left there."""

    def __init__(self, querying: Querying) -> None:
        self._querying = querying

    def django(self, planned: PlannedWrite, situation: Situation, keep: bool = False) -> tuple[Outcome, list[str]]:
        """What Django leaves behind, and the statements that it sent; ``keep``: it stays done."""
        answer = self._querying.shop.agent.request(
            "perform",
            expression=planned.expression,
            database=situation.database.django_settings(),
            before=self._before,
            dump=self._dump,
            keep=keep,
        )
        return Outcome(self._tables(answer["rows"]), answer["error"], answer["created"]), answer["statements"]

    def drizzle(self, code: str, situation: Situation) -> Outcome:
        """What the TypeScript leaves behind."""
        querying = self._querying
        settings = situation.database.node_settings()
        answer = querying.worker.perform(querying.key, code, settings, self._before, self._dump)
        error = _message(answer["error"])
        return Outcome(self._tables(answer["rows"]), error, None if error else _created(answer["answer"]))

    @property
    def _before(self) -> list[str]:
        return [_RESTART] if self._querying.dialect == "postgres" else []

    @cached_property
    def _dump(self) -> str:
        """All rows of all tables, each with the number of its table."""
        tables = self._querying.shop.catalog.tables
        whole = self._querying.dialect == "postgres"
        parts = (
            f"SELECT {number}, {'t::text' if whole else _literals(table.columns)} FROM {quoted(table.name)} t"
            for number, table in enumerate(tables)
        )
        return " UNION ALL ".join(parts)

    def _tables(self, rows: Sequence[Sequence[Any]]) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for number, text in rows:
            found.setdefault(self._querying.shop.catalog.tables[int(number)].name, Counter())[text] += 1
        return found


def _literals(columns: Sequence[Any]) -> str:
    return " || ',' || ".join(f"quote(t.{quoted(column.name)})" for column in columns)


def _message(error: dict[str, Any] | None) -> str | None:
    if error is None:
        return None
    code = f"{error['code']} " if error.get("code") else ""
    return f"{code}{error['message']}"


def _created(answer: Any) -> bool | None:
    held = answer["v"] if isinstance(answer, dict) and answer.get("$") == "js-object" else {}
    return held.get("created")
