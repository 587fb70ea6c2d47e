"""Verdicts on recorded statements, kept between runs: by statement, tables, and the workbench that judged them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from workbench.diagnostic import Diagnostic
from workbench.queries.recording import RecordedStatement
from workbench.runtime.cache import cache_folder
from workbench.session.recorded.batch import Answer
from workbench.session.recorded.observing import Judged
from workbench.session.recorded.schema import RecordedSchema
from workbench.verdict import Different, Equivalent, Undecided

_KEPT = 5  # files: one a state of the workbench
_SOURCES = ("*.py", "*.ts", "*.mjs", "*.json")
_VERDICTS: Mapping[str, Any] = {kind.word: kind for kind in (Equivalent, Undecided)}


class Results:
    """A file of answers, one a line, written as they come: what a killed run knew is known to the next."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or cache_folder() / "recorded") / f"{_workbench()}.jsonl"
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._known = dict(_lines(self._file))
        for old in sorted(self._file.parent.glob("*.jsonl"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
            old.unlink()

    def known(self, key: str) -> Answer | None:
        """The answer under that key."""
        record = self._known.get(key)
        return None if record is None else _read(record)

    def keep(self, key: str, answer: Answer) -> None:
        """Writes an answer down; a difference is shown afresh each time, with its witness."""
        if isinstance(answer.judged.verdict, Different):
            return
        record = {"key": key, **_record(answer)}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")


def key_of(schema: RecordedSchema, statement: RecordedStatement) -> str:
    """Changes with all that the verdict depends on: the statement, the tables of its schema."""
    query, recording = replace(statement.query, origin=None), schema.recording
    asked = msgspec.json.encode((recording.time_zone, recording.use_tz, schema.identity, query))
    return hashlib.sha256(asked + statement.kind.encode()).hexdigest()[:32]


@cache
def _workbench() -> str:
    """A digest of our own sources: another workbench judges anew."""
    root = Path(__file__).parents[2]
    files: Iterable[Path] = sorted(file for pattern in _SOURCES for file in root.rglob(pattern))
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _lines(file: Path) -> Iterable[tuple[str, dict[str, Any]]]:
    """What was written whole: a run may have been killed in the middle of a line."""
    if file.exists():
        for line in file.read_bytes().splitlines(keepends=True):
            if line.endswith(b"\n"):
                record = json.loads(line)
                yield record["key"], record


def _record(answer: Answer) -> dict[str, Any]:
    judged = answer.judged
    return {
        "id": answer.id,
        "ms": answer.ms,
        "word": judged.verdict.word,
        "verdict": msgspec.to_builtins(judged.verdict),
        "judged": msgspec.to_builtins((judged.diagnostics, judged.drizzle_code, judged.drizzle_sql, judged.rows)),
    }


def _read(record: dict[str, Any]) -> Answer:
    verdict = msgspec.convert(record["verdict"], _VERDICTS[record["word"]])
    diagnostics, code, sql, rows = record["judged"]
    notes = tuple(msgspec.convert(note, Diagnostic) for note in diagnostics)
    return Answer(record["id"], Judged(verdict, notes, code, sql, rows), record["ms"], {})
