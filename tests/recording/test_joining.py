"""Joining goes on beside the command; what fails there is said when the command has ended, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recording.test_parts import noted
from workbench.diagnostic import WorkbenchError
from workbench.inspection.agent.recording_parts import Parts
from workbench.queries.recording_parts import Joining
from workbench.runtime import joining as runtime
from workbench.runtime.joining import follow, joining_of, write

PLACE = ("default", "a.py", 1, "f", "")


def parts(folder: Path) -> Path:
    """A process's, with one statement."""
    folder.mkdir()
    noted(Parts(str(folder)), "s1", PLACE, pickle=b"query")
    return folder


def test_what_is_there_is_read_before_the_command_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "_PERIOD", 0.001)
    joining, ended = joining_of(parts(tmp_path / "parts")), threading.Event()
    thread = threading.Thread(target=follow, args=(joining, ended))
    thread.start()
    while not joining.sites:  # no test waits for a time: this one hangs where nothing is read
        ended.wait(0.001)
    ended.set()
    thread.join()
    assert list(joining.statements) == ["s1"]


def test_a_failure_beside_the_command_is_met_again_and_the_parts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsigned(text: str) -> str:
        raise PermissionError("the key")

    monkeypatch.setattr(runtime, "_PERIOD", 0.001)
    folder, out = parts(tmp_path / "parts"), tmp_path / "q.jsonl"
    broken = Joining(folder, unsigned)
    follow(broken, threading.Event())  # ends by its failure
    with pytest.raises(PermissionError, match="the key"):
        write(broken, out, ["command"], redact=False)
    assert not out.exists()
    assert write(joining_of(folder), out, ["command"], redact=False) == "1 statements at 1 call sites over 0 tables"
    assert not folder.exists()


class Interrupted(Joining):
    """Ctrl-C while its lines are written."""

    def lines(self) -> Iterator[bytes]:
        yield b"{}"
        raise KeyboardInterrupt


def test_a_recording_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder, out = parts(tmp_path / "parts"), tmp_path / "q.jsonl"
    with pytest.raises(KeyboardInterrupt):
        write(Interrupted(folder, str), out, ["command"], redact=False)
    assert not out.exists() and folder.is_dir()


def test_where_a_recording_cannot_be_written_its_parts_stay(tmp_path: Path) -> None:
    folder = parts(tmp_path / "parts")
    with pytest.raises(WorkbenchError, match=f"stays in {folder}"):
        write(joining_of(folder), Path("/dev/full"), ["command"], redact=False)
    assert folder.is_dir() and not Path("/dev/full").is_file()


def test_what_a_lost_part_described_is_left_out(tmp_path: Path) -> None:
    folder = parts(tmp_path / "parts")
    Parts(str(folder)).site("described elsewhere", None, PLACE, None).count(1)
    write(joining_of(folder), tmp_path / "q.jsonl", ["command"], redact=False)
    assert [line for line in (tmp_path / "q.jsonl").read_text().splitlines() if "described elsewhere" in line] == []
