"""What one process writes is what is joined, however much it is; and the recorder is compiled once."""

from __future__ import annotations

import marshal
import sys
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

import pytest

from tests.recording.recorded import copied, record
from workbench.inspection.agent.recording_parts import Records, packed
from workbench.queries.recording_parts import Part


class Text(str):
    """A text that is more than a text."""


def kept(folder: Path, records: Iterable[tuple[Any, ...]]) -> Path:
    """A file of them."""
    file = folder / "1-0.records"
    written = Records(str(file))
    for said in records:
        written.append(packed(said))
    return file


def test_records_outgrow_the_memory_they_began_in(tmp_path: Path) -> None:
    written = [("site", f"{number} " * (number % 700)) for number in range(3000)]
    assert list(Part(kept(tmp_path, written)).complete()) == written
    assert (tmp_path / "1-0.records").stat().st_size > 1 << 22  # several times as much


def test_a_record_may_be_longer_than_all_before_it(tmp_path: Path) -> None:
    written = [("a", None), ("b" * (1 << 20), 1), ("c", b"bytes")]
    assert list(Part(kept(tmp_path, written)).complete()) == written


def test_a_process_that_ended_before_its_first_record_has_none(tmp_path: Path) -> None:
    (tmp_path / "1-0.records").touch()
    assert list(Part(tmp_path / "1-0.records").complete()) == []


def test_a_record_is_of_json_s_types_or_refused() -> None:
    for value in (PurePath("a"), OrderedDict(), Text("a"), len):
        with pytest.raises(ValueError):
            packed(("site", value))
    assert marshal.loads(packed(("site", {"a": [1, 1.5, None, True]}))) == ("site", {"a": [1, 1.5, None, True]})


def test_the_recorder_is_compiled_once_also_where_python_writes_no_bytecode(tmp_path: Path) -> None:
    project, cache = copied("notes", tmp_path), tmp_path / "cache"
    before = set(project.rglob("*.pyc"))
    command = [sys.executable, "manage.py", "check"]
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "WORKBENCH_CACHE": str(cache)}
    done, _ = record(command, project, tmp_path / "q.jsonl", env=environment)
    assert done.returncode == 0, done.stderr
    assert {"recording", "recording_stack"} <= {file.name.partition(".")[0] for file in cache.rglob("*.pyc")}
    assert set(project.rglob("*.pyc")) == before
