"""All TypeScript of a check compiles in one program, and an error stands at the statement whose module has it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.recording.recorded import copied, record
from workbench.queries.recording import Kind, read_recording
from workbench.session.recorded.check import RecordedCheck, RecordedItem, check_recording
from workbench.session.recorded.results import Results
from workbench.session.recorded.schema import RecordedSchema, schemas_of
from workbench.session.recorded.typescript import with_typescript
from workbench.session.typescript import Batch

BROKEN = "limit(true)"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[RecordedCheck, tuple[RecordedSchema, ...]]:
    folder = tmp_path_factory.mktemp("typescript")
    record([sys.executable, "manage.py", "test"], copied("notes", folder), folder / "q.jsonl")
    recording = read_recording(folder / "q.jsonl")
    recording = replace(recording, statements=tuple(s for s in recording.statements if s.kind is Kind.SELECT))
    schemas = schemas_of(recording)
    return check_recording(recording, results=Results(folder), schemas=schemas), schemas


def _batches(check: RecordedCheck) -> list[Batch]:
    return [item for item in check.items if isinstance(item, Batch)]


def test_all_modules_compile_in_one_program(checked, tmp_path):
    check, schemas = checked
    (batch,) = _batches(with_typescript(check, schemas, Results(tmp_path)))
    codes = {item.judged.drizzle_code for item in check.items if item.judged.drizzle_code}
    assert (batch.id, batch.verdict.word, batch.modules, batch.errors) == (
        "sqlite schema 1",
        "equivalent",
        len(codes),
        0,
    )
    assert batch.modules > 10
    again = _batches(with_typescript(check, schemas, Results(tmp_path)))
    assert [(found.verdict, found.modules) for found in again] == [(batch.verdict, batch.modules)]


def test_an_error_is_told_at_every_statement_that_has_it(checked, tmp_path):
    check, schemas = checked
    broken = next(item for item in check.items if ".limit(" in item.judged.drizzle_code)
    changed = tuple(_with_error(item) if item is broken else item for item in check.items)
    result = with_typescript(replace(check, items=changed), schemas, Results(tmp_path))
    (batch,) = _batches(result)
    assert not result.holds
    assert (batch.verdict.word, batch.errors) == ("different", 1)
    (note,) = batch.diagnostics
    assert (note.code, note.place) == ("typescript-error", broken.origin)
    assert BROKEN in note.thing and note.fact.startswith("TS2345: Argument of type 'boolean'")
    (witness,) = batch.verdict.witnesses
    assert witness.subject.startswith(f"{broken.id} line ")
    assert not Results(tmp_path)._known  # a program with an error is compiled afresh each time


def _with_error(item: RecordedItem) -> RecordedItem:
    code = item.judged.drizzle_code
    before, _, after = code.partition(".limit(")
    return replace(item, judged=replace(item.judged, drizzle_code=f"{before}.{BROKEN}{after.partition(')')[2]}"))


def test_a_check_of_the_command_line_says_so(tmp_path):
    from tests.recording.test_check import _checked

    record([sys.executable, "manage.py", "test"], copied("notes", tmp_path), tmp_path / "q.jsonl")
    result = _checked(tmp_path / "q.jsonl", Path(tmp_path) / "c.json")
    (item,) = (item for item in result["items"] if item["kind"] == "typescript")
    assert (item["verdict"], item["errors"]) == ("equivalent", 0) and item["modules"] > 10
    assert result["summary"]["typescript"] == {"equivalent": 1}
