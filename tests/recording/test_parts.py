"""What one process writes is what is joined, however much it is; and the recorder is compiled once."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.recording.recorded import copied, record
from workbench.inspection.agent.recording_parts import Lines
from workbench.queries.recording_parts import Part


def test_lines_outgrow_the_memory_they_began_in(tmp_path: Path) -> None:
    file = tmp_path / "1-0.lines"
    lines, written = Lines(str(file)), [f"{number} " * (number % 700) for number in range(3000)]
    for line in written:
        lines.append(f"{line}\n".encode("ascii"))
    assert sum(map(len, written)) > 1 << 22  # several times as much
    assert Part(file).complete() == written


def test_a_line_may_be_longer_than_all_before_it(tmp_path: Path) -> None:
    file = tmp_path / "1-0.lines"
    lines, written = Lines(str(file)), ["a", "b" * (1 << 20), "c"]
    for line in written:
        lines.append(f"{line}\n".encode("ascii"))
    assert Part(file).complete() == written


def test_a_process_that_ended_before_its_first_line_has_none(tmp_path: Path) -> None:
    (tmp_path / "1-0.lines").touch()
    assert Part(tmp_path / "1-0.lines").complete() == []


def test_the_recorder_is_compiled_once_also_where_python_writes_no_bytecode(tmp_path: Path) -> None:
    project, cache = copied("notes", tmp_path), tmp_path / "cache"
    before = set(project.rglob("*.pyc"))
    command = [sys.executable, "manage.py", "check"]
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "WORKBENCH_CACHE": str(cache)}
    done, _ = record(command, project, tmp_path / "q.jsonl", env=environment)
    assert done.returncode == 0, done.stderr
    assert {"recording", "recording_stack"} <= {file.name.partition(".")[0] for file in cache.rglob("*.pyc")}
    assert set(project.rglob("*.pyc")) == before
