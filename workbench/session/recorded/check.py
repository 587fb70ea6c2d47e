"""``workbench check --recorded``: a verdict on every statement of a recording, without its project."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

from tqdm.auto import tqdm

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.queries.recording import Kind, RecordedStatement, Recording
from workbench.session.check import CheckView, Item
from workbench.session.recorded.batch import PIECE, Answer, Piece, judge_all, processes
from workbench.session.recorded.observing import Judged
from workbench.session.recorded.results import Results, key_of
from workbench.session.recorded.schema import RecordedSchema, schemas_of
from workbench.verdict import Undecided

KINDS = {
    Kind.SELECT: "query",
    Kind.INSERT: "write",
    Kind.UPDATE: "write",
    Kind.DELETE: "write",
    Kind.EXPLAIN: "explain",
    Kind.RAW: "raw",
    Kind.CURSOR: "cursor",
}
_DIALECTS = ("postgres", "sqlite")
_REDACTED = Diagnostic(
    "recording-redacted",
    Origin("recording"),
    "parameters",
    "they were left out (--redact): values of their kinds stand in for them",
    "",
    Fidelity.APPROXIMATE,
)
REPEATED = 5  # executions of one statement at one line within one test, request or command that are worth a look


@dataclass(frozen=True)
class RecordedItem(Item):
    """A judged statement of a recording, with what was recorded of it and what it became."""

    statement: RecordedStatement | None = None
    judged: Judged | None = None

    def as_record(self) -> dict[str, Any]:
        """The item of ``workbench check --json``, and beside it the statement."""
        if self.statement is None or self.judged is None:
            return super().as_record()
        return {
            **super().as_record(),
            "statement": self.statement.kind.value,
            "sql": self.statement.sql,
            "count": self.statement.count,
            "sites": [
                {"file": site.file, "line": site.line, "caller": site.caller, "count": site.count,
                 "repeated": site.most_in_scope if site.most_in_scope >= REPEATED else 0}
                for site in self.statement.sites
            ],
            "translated": bool(self.judged.drizzle_code),
            "drizzle": {"code": self.judged.drizzle_code, "sql": self.judged.drizzle_sql},
            "rows": self.judged.rows,
        }  # fmt: skip


@dataclass(frozen=True)
class RecordedCheck(CheckView):
    """The items of a recording."""

    recording: Recording | None = None

    def as_record(self) -> dict[str, Any]:
        """The JSON of ``workbench check``, with how many statements came how far."""
        return {**super().as_record(), "recorded": self.progress}

    @property
    def progress(self) -> dict[str, dict[str, int]]:
        """By kind: distinct statements, those translated, those whose rows were equal on generated data."""
        found: dict[str, Counter[str]] = {}
        for item in self.items:
            if isinstance(item, RecordedItem) and item.judged is not None:
                counts = found.setdefault(item.kind, Counter(distinct=0, translated=0, equal=0))
                counts["distinct"] += 1
                counts["translated"] += bool(item.judged.drizzle_code)
                counts["equal"] += item.judged.rows == "equal"
        return {kind: dict(counts) for kind, counts in found.items()}


def check_recording(
    recording: Recording,
    jobs: int = 1,
    start: Callable[[], Executor] | None = None,
    results: Results | None = None,
    schemas: Sequence[RecordedSchema] | None = None,
) -> RecordedCheck:
    """Judges what is not known from an earlier run. ``start`` makes the executor (processes of our own without one)."""
    known, schemas = results or Results(), schemas or schemas_of(recording)
    keys = {statement.id: key_of(schema, statement) for schema in schemas for statement in schema.statements}
    answers = {identity: answer for identity, key in keys.items() if (answer := known.known(key)) is not None}
    answers |= {s.id: _foreign(s) for s in recording.statements if s.dialect not in _DIALECTS}
    pieces = [piece for schema in schemas for piece in _pieces(schema, answers)]
    total = sum(len(piece.statements) for piece in pieces)
    for answer in _progress(judge_all(pieces, start or (lambda: processes(jobs)), max(2, 2 * jobs)), total):
        known.keep(keys[answer.id], answer)
        answers[answer.id] = answer
    notes = (_REDACTED,) if recording.redacted else ()
    items = tuple(_item(statement, answers[statement.id], notes) for statement in recording.statements)
    return RecordedCheck((*items, *_missing(recording)), recording)


def _missing(recording: Recording) -> Iterator[Item]:
    """What the recorder could not describe: statements that are not there, or not whole."""
    for fact in recording.troubles:
        yield Item(fact, "recording", Undecided("none", (f"the recorder could not describe it: {fact}",)))


def _foreign(statement: RecordedStatement) -> Answer:
    """A statement of another database; with its project at hand its query may have been compiled again."""
    fact = f"it was recorded on {statement.dialect}; PostgreSQL and SQLite are translated"
    return Answer(statement.id, Judged(Undecided("none", (fact,))), 0.0, {})


def _pieces(schema: RecordedSchema, known: Iterable[str]) -> Iterator[Piece]:
    """The statements that are not known, in pieces; those without a pipeline yet cost nothing."""
    bare = replace(schema.recording, models={}, statements=())
    sent = replace(schema, recording=bare, statements=[])
    waiting = [statement for statement in schema.statements if statement.id not in set(known)]
    for start in range(0, len(waiting), PIECE):
        yield Piece(sent, tuple(replace(statement, pickle=None) for statement in waiting[start : start + PIECE]))


def _item(statement: RecordedStatement, answer: Answer, notes: tuple[Diagnostic, ...]) -> RecordedItem:
    judged = answer.judged
    origin = statement.query.origin
    return RecordedItem(
        statement.id,
        KINDS[statement.kind],
        judged.verdict,
        origin,
        (*judged.diagnostics, *notes),
        answer.ms,
        statement,
        judged,
    )


def _progress(answers: Iterator[Answer], total: int) -> Iterable[Answer]:
    """A bar after two seconds, on a terminal only."""
    bar: Iterable[Answer] = tqdm(
        answers, desc="statements", total=total, delay=2, disable=not sys.stderr.isatty(), leave=False
    )
    return bar
