"""What one process writes is what is joined, however much it is; and the recorder is compiled once."""

from __future__ import annotations

import json
import marshal
import math
import sys
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

import pytest

from tests.recording.recorded import copied, record
from workbench.inspection.agent.recording_parts import Parts, Records, packed
from workbench.queries.recording_parts import Joining, Part


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
    assert list(Part(kept(tmp_path, written)).more()) == written
    assert (tmp_path / "1-0.records").stat().st_size > 1 << 22  # several times as much


def test_a_record_may_be_longer_than_all_before_it(tmp_path: Path) -> None:
    written = [("a", None), ("b" * (1 << 20), 1), ("c", b"bytes")]
    assert list(Part(kept(tmp_path, written)).more()) == written


def test_a_process_that_ended_before_its_first_record_has_none(tmp_path: Path) -> None:
    (tmp_path / "1-0.records").touch()
    assert list(Part(tmp_path / "1-0.records").more()) == []


def test_records_are_read_on_where_the_last_look_ended(tmp_path: Path) -> None:
    written = Records(str(tmp_path / "1-0.records"))
    part = Part(tmp_path / "1-0.records")
    for number in range(3):
        written.append(packed(("site", number)))
        written.append(packed(("site", -number)))
        assert list(part.more()) == [("site", number), ("site", -number)]
    assert list(part.more()) == []


def test_a_record_whose_reader_fails_is_read_again(tmp_path: Path) -> None:
    part = Part(kept(tmp_path, [("a",), ("b",)]))
    reading = part.more()
    assert next(reading) == ("a",)
    reading.close()
    assert list(part.more()) == [("a",), ("b",)]


def noted(parts: Parts, statement: str, place: tuple[Any, ...], **facts: Any) -> None:
    """A statement met at a place, executed once."""
    described = packed({"sql": "SELECT 1", "parameters": [], "pickle": None, **facts})
    parts.site(statement, described, place, None).count(1)


def listed(joining: Joining) -> list[dict[str, Any]]:
    """What the lines of a recording say."""
    joining.take()
    return [json.loads(line) for line in joining.lines()]


def test_parts_that_are_read_while_they_grow_say_what_they_say_at_the_end(tmp_path: Path) -> None:
    first, second = Parts(str(tmp_path)), Parts(str(tmp_path))
    following, sites = Joining(tmp_path, str.upper), []
    for number in range(40):
        for parts in (first, second):
            noted(parts, f"s{number % 7}", ("default", "a.py", number % 5, "f", ""), pickle=b"%d" % (number % 7))
            sites.append(number)
        following.take()
    found = listed(following)
    assert found == listed(Joining(tmp_path, str.upper))
    assert sum(line["count"] for line in found) == len(sites)
    assert {line["signature"] for line in found} == {line["pickle"].upper() for line in found}


def test_a_line_may_hold_what_other_encoders_refuse(tmp_path: Path) -> None:
    place = ("default", "a.py", 1, "f", "")
    parts = Parts(str(tmp_path))
    noted(parts, "half a surrogate pair", place, sql="SELECT '\ud800'")
    noted(parts, "no number", place, parameters=[math.nan, 1])
    half, nan = listed(Joining(tmp_path, str))
    assert half["sql"] == "SELECT '\ud800'" and half["sites"][0]["file"] == "a.py"
    assert math.isnan(nan["parameters"][0]) and nan["parameters"][1] == 1


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
