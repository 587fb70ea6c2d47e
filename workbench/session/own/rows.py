"""Both SQLs on a user's own database, in one read-only snapshot: do their decoded rows differ there?

A difference is a witness: it was executed. Equal rows are only said; no proof rests on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.catalog.table import Catalog
from workbench.diagnostic import Diagnostic, Fidelity, WorkbenchError
from workbench.equivalence.counterexample.meaning import Meaning
from workbench.equivalence.engine import Statement
from workbench.queries.decoding import converters, decoded
from workbench.queries.unmatched import Unmatched, unmatched
from workbench.runtime.node import NodeWorker
from workbench.runtime.observation import Observation
from workbench.runtime.own_reading import MOST_ROWS, OwnDatabase, Reading
from workbench.runtime.own_url import PLACE
from workbench.session.own.comparing import OwnQuery, doubt, incomparable, promises, total
from workbench.session.querysets.running import Row, aligned
from workbench.verdict import DatabaseWitness, Different, ResultRows, Verdict

METHOD = "rows of your database"
SHOWN = 10  # differing rows a side
COLUMNS = "both sides have another number of columns"
VARIES = "asked twice, Django's own query answered differently: somebody writes, or a function answers anew each time"


@dataclass(frozen=True)
class Found:
    """What is to be said of the rows, and those that differ where that proves something."""

    note: Diagnostic
    witness: DatabaseWitness | None = None


class OwnRows:
    """Runs queries on the database.

    ``catalog``: its own tables; ``drifted``: those of the named ones that are not as the models say. Both are asked
    when they are first needed. ``places``: decimal places by field.
    """

    def __init__(
        self,
        database: OwnDatabase,
        worker: NodeWorker,
        catalog: Callable[[], Catalog],
        drifted: Callable[[Sequence[str]], Sequence[str]],
        use_tz: bool,
        places: dict[str, int],
    ) -> None:
        self._database, self._worker, self._catalog, self._drifted = database, worker, catalog, drifted
        self._use_tz, self._places = use_tz, places

    def judged(self, verdict: Verdict, asked: OwnQuery) -> tuple[Verdict, tuple[Diagnostic, ...]]:
        """The verdict, with what the database has to say to it. What cannot be run is a diagnostic."""
        try:
            with self._database.reading() as reading:
                found = self._found(asked, reading)
        except WorkbenchError as error:
            return verdict, error.diagnostics
        return with_witness(verdict, found.witness), (found.note,)

    def _found(self, asked: OwnQuery, reading: Reading) -> Found:
        left, observed = reading.answer(_of_django(asked)), self._observed(asked, reading)
        errors = (("Django", left.error), ("Drizzle", observed.error))
        if said := "; ".join(f"{side}: {error}" for side, error in errors if error):
            return Found(_note("database-error", said, Fidelity.ERROR))
        drizzle = aligned(asked.query.outputs, observed, asked.paths)
        if drizzle is None:
            return _not_compared(COLUMNS)
        if self._unmatched(asked, left, drizzle, ordered=True) is None:
            return _same(len(left.rows))
        return self._unlike(asked, left, drizzle, observed, reading)

    def _unlike(
        self, asked: OwnQuery, left: ResultRows, drizzle: Sequence[Row], observed: Observation, reading: Reading
    ) -> Found:
        """Rows that are not the same, one by one: another order may be all."""
        counts, sides = (len(left.rows), len(observed.rows)), promises(asked, self._catalog())
        if reason := incomparable(asked, min(counts), sides):
            return _not_compared(reason)
        loose = any(side.rounds for side in sides)
        found = self._unmatched(asked, left, drizzle, ordered=total(sides), loose=loose)
        if found is None:
            return _same(counts[0])
        if reason := _doubt(asked, left, observed, found, sides, reading):
            return _not_compared(reason)
        said = f"{_rows(counts[0])} in Django, {_rows(counts[1])} in Drizzle; those that differ are the witness"
        return Found(_note("database-rows-differ", said), self._witness(asked, found, counts))

    def _observed(self, asked: OwnQuery, reading: Reading) -> Observation:
        node = reading.node()
        return self._worker.run(asked.key, asked.code, node.settings, limits=node.limits)

    def _unmatched(
        self, asked: OwnQuery, left: ResultRows, drizzle: Sequence[Row], *, ordered: bool, loose: bool = False
    ) -> Unmatched | None:
        outputs = asked.query.outputs
        django = decoded(left.rows, converters(outputs, self._database.dialect, self._use_tz, self._places))
        return unmatched(outputs, django, drizzle, ordered=ordered, loose=loose)

    def _witness(self, asked: OwnQuery, found: Unmatched, counts: tuple[int, int]) -> DatabaseWitness:
        names = tuple(output.name for output in asked.query.outputs)
        note = f"Your own database: of {_rows(counts[0])} and {_rows(counts[1])} the first that differ are shown."
        if drifted := self._drifted([source.table for source in asked.query.sources]):
            note += f" Not as the models say, so that no proof counts there: {', '.join(drifted)}."
        return DatabaseWitness(
            (),
            asked.query.parameters,
            ResultRows(names, found.left[:SHOWN]),
            ResultRows(names, found.right[:SHOWN]),
            self._database.dialect,
            note=note,
        )


def _doubt(
    asked: OwnQuery,
    left: ResultRows,
    observed: Observation,
    found: Unmatched,
    sides: Sequence[Meaning],
    reading: Reading,
) -> str:
    """Why the difference proves nothing, by what the database itself makes of both texts, asked once more."""
    drizzle = Statement(asked.compiled.sql, asked.compiled.parameters, asked.style)
    answered = reading.answer(drizzle)
    placed = aligned(asked.query.outputs, replace(observed, rows=answered.rows), asked.paths) or []
    if reason := doubt(asked, left, replace(answered, rows=tuple(placed)), found, sides):
        return reason
    again = reading.again(_of_django(asked))
    return VARIES if sorted(map(repr, again.rows)) != sorted(map(repr, left.rows)) else ""


def with_witness(verdict: Verdict, witness: DatabaseWitness | None) -> Verdict:
    """A difference seen on the user's database decides; it stands beside what showed one already."""
    if witness is None:
        return verdict
    if isinstance(verdict, Different):
        return replace(verdict, witnesses=(*verdict.witnesses, witness))
    return Different(METHOD, (witness,), verdict.assumptions, verdict.tried)


def _of_django(asked: OwnQuery) -> Statement:
    return Statement(asked.query.sql, asked.query.parameters, "format")


def _same(count: int) -> Found:
    first = "the first " if count > MOST_ROWS else ""
    return Found(_note("database-rows-equal", f"{first}{_rows(min(count, MOST_ROWS))}, the same on both sides"))


def _rows(count: int) -> str:
    if count > MOST_ROWS:
        return f"more than {MOST_ROWS} rows"
    return f"{count} row{'s' if count != 1 else ''}"


def _not_compared(reason: str) -> Found:
    return Found(_note("database-rows-not-compared", reason))


def _note(code: str, fact: str, fidelity: Fidelity = Fidelity.NOTE) -> Diagnostic:
    return Diagnostic(code, PLACE, "rows of your database", fact, "", fidelity)
