"""A write of several statements run by both sides on the same databases; what all tables hold afterwards, compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.equivalence.engine import Refused
from workbench.equivalence.generation import Hints, generate_database
from workbench.queries.plan import Plan, PlannedWrite
from workbench.runtime.ddl import quoted
from workbench.runtime.effect import FIRST_KEY
from workbench.session.backends import ScratchDatabase
from workbench.session.querysets import generic_rows
from workbench.values import Wire
from workbench.verdict import DatabaseWitness, ResultRows, TableRows

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying

# (rows a table, seed): small ones first, since the first that differs is shown
SIZES = ((2, 1), (3, 2), (5, 3), (8, 4), (0, 1), (40, 20))
FURTHER = ((30, 11), (60, 12), (60, 13), (25, 14))
LOOSE = ((2, 21), (3, 22), (4, 23), (3, 24), (6, 25))
NOT_RUN = "not run: "  # the agent's word for an expression that it cannot run at all
DONE_BEFORE = "after Django did the same write once"
# sequences are no part of a transaction: both sides number new rows from here
_RESTART = f"""
DO $$ DECLARE s record; BEGIN
  FOR s IN SELECT schemaname, sequencename FROM pg_sequences LOOP
    EXECUTE format('ALTER SEQUENCE %I.%I RESTART WITH {FIRST_KEY}', s.schemaname, s.sequencename);
  END LOOP;
END $$
"""


@dataclass(frozen=True)
class Situation:
    """A database that a write is tried on: its rows where they are few, and what was done to it before."""

    database: ScratchDatabase
    rows: tuple[TableRows, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one side left behind: the rows of each table as texts, its error, and whether it says it created a row."""

    tables: dict[str, Counter[str]]
    error: str | None
    created: bool | None

    @property
    def comparable(self) -> tuple[object, ...]:
        """What has to be the same: both sides may refuse in words of their own."""
        return self.tables, self.error is not None, self.created


@dataclass(frozen=True)
class Performed:
    """All runs: the first difference, how many databases, how many of them refused, which statements Django sent."""

    difference: DatabaseWitness | None
    databases: int
    refused: int
    sent: frozenset[str]
    problem: str = ""

    def exercised(self, plan: Plan) -> int:
        """How many of the plan's statements ran at least once."""
        return sum(shape(step.query.sql) in self.sent for step in plan.steps)


class Performing:
    """The databases that writes are tried on, made once."""

    def __init__(self, querying: Querying) -> None:
        self._querying = querying

    @cached_property
    def shared(self) -> tuple[Situation, ...]:
        """Small databases, an empty one, a larger one."""
        return tuple(found for size in SIZES if (found := self._generated(*size)) is not None)

    def run(self, planned: PlannedWrite, code: str) -> Performed:
        """Both sides on every database; on more of them while there is a statement that Django has not sent."""
        found = Performed(None, 0, 0, frozenset())
        for situation in self._situations(planned):
            found = self._on(found, planned, code, situation)
            if found.difference is not None or found.problem:
                break
        for more in self._further(planned) if not (found.difference or found.problem) else ():
            if found.exercised(planned.plan) == len(planned.plan.steps) or found.difference or found.problem:
                break
            found = self._on(found, planned, code, more)
        return found

    def _on(self, before: Performed, planned: PlannedWrite, code: str, situation: Situation) -> Performed:
        django, statements = self._django(planned, situation)
        drizzle = self._drizzle(code, situation)
        problem = django.error if django.error and django.error.startswith(NOT_RUN) else ""
        differs = not problem and django.comparable != drizzle.comparable
        return Performed(
            self._witness(planned.plan, situation, django, drizzle) if differs else None,
            before.databases + 1,
            before.refused + (django.error is not None),
            before.sent | set(map(shape, statements)),
            problem or "",
        )

    def close(self) -> None:
        """Drops them."""
        for situation in self.__dict__.get("shared", ()):
            situation.database.drop()

    def _situations(self, planned: PlannedWrite) -> Iterator[Situation]:
        """The shared ones, then those made for this write."""
        if generic_rows.asked_types(planned.plan):  # migrate made them, and Django makes those that are missing
            for count, number in SIZES:
                yield from self._lent(planned, count, number, "")
        else:
            yield from self.shared
        for size, seed, note in self._of_its_own(planned.plan):
            yield from self._lent(planned, size, seed, note)

    def _further(self, planned: PlannedWrite) -> Iterator[Situation]:
        """Larger ones, on which a row that is wanted, or one that is not there, is likelier."""
        note = "" if planned.plan.form == "delete" else DONE_BEFORE
        guarding = _guarding(planned.plan)
        for size, seed in FURTHER:
            counts = self._without(guarding, size) if guarding else size
            yield from self._lent(planned, counts, seed, note)

    def _lent(self, planned: PlannedWrite, size: int | dict[str, int], seed: int, note: str) -> Iterator[Situation]:
        """A database for one run."""
        plan, catalog = planned.plan, self._querying.shop.catalog
        generic = generic_rows.asked_types(plan), generic_rows.generic_tables(plan, catalog)
        situation = self._generated(size, seed, note, _hints(plan), *generic)
        if situation is None:
            return
        try:
            if note == DONE_BEFORE:
                self._django(planned, situation, keep=True)
            yield situation
        finally:
            situation.database.drop()

    def _of_its_own(self, plan: Plan) -> Iterator[tuple[int | dict[str, int], int, str]]:
        """Rows that hold the values of the write; some where nothing protects; some where the row is there already."""
        yield 12, 9, ""
        guarding = _guarding(plan)
        if guarding:
            yield self._without(guarding, 8), 5, "no row that protects"
        for size, seed in LOOSE if (loose := _guarding(plan, loosely=True)) != guarding else ():
            yield self._without(loose, size), seed, "no row that protects, whatever else is deleted"
        if plan.form != "delete":
            yield 40, 7, DONE_BEFORE

    def _without(self, tables: set[str], count: int) -> dict[str, int]:
        return {table.name: 0 if table.name in tables else count for table in self._querying.shop.catalog.tables}

    def _generated(
        self,
        count: int | dict[str, int],
        seed: int,
        note: str = "",
        hints: Hints | None = None,
        types: Sequence[tuple[Wire, Wire]] = (),
        tables: Mapping[str, tuple[str, str]] | None = None,
    ) -> Situation | None:
        """A database of generated rows with these content types; None where the database refuses them."""
        shop = self._querying.shop
        plain = generate_database(shop.catalog, seed, count, hints)
        rows = generic_rows.with_types(plain, types, shop.inspection, tables)
        database = shop.backend.create(shop.django_tables.all)
        try:
            shop.backend.fill(database, rows)
        except Refused:
            database.drop()
            return None
        return Situation(database, tuple(rows), note)

    def _django(self, planned: PlannedWrite, situation: Situation, keep: bool = False) -> tuple[Outcome, list[str]]:
        answer = self._querying.shop.agent.request(
            "perform",
            expression=planned.expression,
            database=situation.database.django_settings(),
            before=self._before,
            dump=self._dump,
            keep=keep,
        )
        return Outcome(self._tables(answer["rows"]), answer["error"], answer["created"]), answer["statements"]

    def _drizzle(self, code: str, situation: Situation) -> Outcome:
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

    def _witness(self, plan: Plan, situation: Situation, django: Outcome, drizzle: Outcome) -> DatabaseWitness:
        """The rows of the tables that the write is about, and what only one side left behind."""
        about = {source.table for step in plan.steps for source in step.query.sources}
        about |= {table for table in self._names() if any(f'"{table}"' in step.query.sql for step in plan.steps)}
        before = tuple(table for table in situation.rows if table.table in about and table.rows)
        sides = _only(django, drizzle), _only(drizzle, django)
        return DatabaseWitness(before, (), *sides, self._querying.dialect, note=situation.note)

    def _names(self) -> Iterator[str]:
        return (table.name for table in self._querying.shop.catalog.tables)


def _guarding(plan: Plan, loosely: bool = False) -> set[str]:
    """The tables whose rows forbid the deletion; ``loosely``: whatever else it deletes."""
    deleted = {step.query.model for step in plan.steps if step.kind == "delete" and loosely}
    guards = (s.query for s in plan.steps if s.guards and (s.rule == "PROTECT" or s.query.model not in deleted))
    return {source.table for query in guards for source in query.sources if not (source.depth or source.path)}


def _hints(plan: Plan) -> Hints:
    """The values of the statements: rows that hold them are found by them."""
    held = {repr(value): value for step in plan.steps for value in step.query.parameters}
    return Hints(anywhere=tuple(value for value in held.values() if value is not None and not isinstance(value, list)))


def shape(sql: str) -> str:
    """A statement whatever the length of its lists."""
    once = re.sub(r"\(%s(?:, %s)*\)", "(%s)", sql)
    return re.sub(r"\(%s\)(?:, \(%s\))+", "(%s)", once)


def _literals(columns: Sequence[Any]) -> str:
    return " || ',' || ".join(f"quote(t.{quoted(column.name)})" for column in columns)


def _only(these: Outcome, others: Outcome) -> ResultRows:
    """What only this side left behind, or said."""
    rows = [
        (name, text)
        for name in sorted(these.tables.keys() | others.tables.keys())
        for text in (these.tables.get(name, Counter()) - others.tables.get(name, Counter())).elements()
    ]
    if these.created != others.created:
        rows.append(("created", str(these.created)))
    return ResultRows(("table", "row"), tuple(rows), these.error)


def _message(error: dict[str, Any] | None) -> str | None:
    if error is None:
        return None
    code = f"{error['code']} " if error.get("code") else ""
    return f"{code}{error['message']}"


def _created(answer: Any) -> bool | None:
    held = answer["v"] if isinstance(answer, dict) and answer.get("$") == "js-object" else {}
    return held.get("created")
