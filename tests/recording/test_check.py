"""``workbench check --recorded``: every statement gets its verdict, whatever becomes of the process that judges it."""

from __future__ import annotations

import base64
import json
import pickle
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.recording import faults
from tests.recording.recorded import WORKBENCH, copied, record, run
from workbench.inspection.archive import libpq
from workbench.queries.recording import Kind, Recording, read_recording
from workbench.runtime.postgres import PostgresServer
from workbench.session.recorded.check import check_recording
from workbench.session.recorded.command import _cluster
from workbench.session.recorded.results import Results

TESTS = [sys.executable, "manage.py", "test"]


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    record(TESTS, copied("notes", folder), folder / "q.jsonl")
    return folder / "q.jsonl"


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("postgres")
    with PostgresServer() as server:
        env = {"NOTES_HOST": server.host, "NOTES_LIBPQ": str(libpq())}
        record(TESTS, copied("notes", folder), folder / "q.jsonl", env=env)
    return folder / "q.jsonl"


def _checked(file: Path, target: Path, *arguments: str) -> dict[str, Any]:
    done = run([WORKBENCH, "check", *arguments, "--recorded", str(file), "--json", str(target)], target.parent)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(target.read_text(encoding="utf-8")))


def test_what_the_recorder_could_not_describe_is_undecided(on_sqlite, tmp_path):
    lost = replace(read_recording(on_sqlite), statements=(), troubles=("a disk was full",))
    (item,) = check_recording(lost, results=Results(tmp_path)).items
    assert (item.kind, item.verdict.word) == ("recording", "undecided") and "a disk was full" in item.verdict.reasons[0]


def test_a_recording_is_judged_without_its_project(on_postgres, tmp_path):
    result = _checked(on_postgres, tmp_path / "c.json")
    queries = [item for item in result["items"] if item["kind"] == "query"]
    assert len(queries) > 15
    assert {(item["verdict"], item["rows"]) for item in queries} == {("equivalent", "equal")}
    by_hand = [item for item in result["items"] if item["kind"] in ("raw", "cursor")]
    assert {(item["verdict"], item["rows"]) for item in by_hand} == {("equivalent", "equal")} and len(by_hand) == 3
    (repeated,) = (item for item in queries if any(site["repeated"] for site in item["sites"]))
    assert repeated["origin"] == {"file": "journal/views.py", "line": 7}
    assert repeated["sites"][0]["repeated"] == 7


def test_what_was_recorded_on_sqlite_is_translated_for_postgres(on_sqlite, tmp_path):
    project = copied("notes", tmp_path)
    queries = [i for i in _checked(on_sqlite, tmp_path / "c.json", str(project))["items"] if i["kind"] == "query"]
    of_project = [item for item in queries if (item["origin"] or {}).get("file") and "_sketch" not in item["sql"]]
    assert {(item["verdict"], item["rows"]) for item in of_project} == {("equivalent", "equal")}
    maximum = next(item for item in queries if "MAX(" in item["sql"])
    assert "CAST" not in maximum["sql"]  # Django's cast is SQLite's alone


def test_redacted_parameters_have_values_of_their_kind_stand_in(tmp_path):
    with PostgresServer() as server:
        env = {"NOTES_HOST": server.host, "NOTES_LIBPQ": str(libpq())}
        record(TESTS, copied("notes", tmp_path), tmp_path / "q.jsonl", "--redact", env=env)
    result = _checked(tmp_path / "q.jsonl", tmp_path / "c.json")
    queries = [item for item in result["items"] if item["kind"] == "query"]
    assert {(item["verdict"], item["rows"]) for item in queries} == {("equivalent", "equal")}
    assert {note["code"] for item in queries for note in item["diagnostics"]} == {"recording-redacted"}


def test_another_database_is_the_reason(on_sqlite, tmp_path):
    recording = read_recording(on_sqlite)
    elsewhere = replace(recording, statements=tuple(replace(s, dialect="oracle") for s in recording.statements))
    checked = check_recording(elsewhere, results=Results(tmp_path))
    assert {item.verdict.reasons for item in checked.items} == {
        ("it was recorded on oracle; PostgreSQL and SQLite are translated",)
    }


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("sprung"),)


@pytest.mark.parametrize("signed_by_us", [True, False])
def test_only_a_pickle_with_this_users_signature_is_loaded(signed_by_us, on_sqlite, tmp_path):
    """A trap in the file is never sprung: it has no signature, or that of a key we do not have."""
    lines = [json.loads(line) for line in on_sqlite.read_text(encoding="utf-8").splitlines()]
    if not signed_by_us:
        lines[0]["key"] = "0123456789ab"
    for line in lines:
        if line.get("pickle"):
            line["pickle"] = base64.b64encode(pickle.dumps(_Trap())).decode()
    file = tmp_path / "q.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    project = copied("notes", tmp_path)
    _checked(file, tmp_path / "c.json", str(project))
    assert not list(tmp_path.rglob("sprung"))


def _few(file: Path) -> Recording:
    """Statements of the project's own, enough for two pieces."""
    recording = read_recording(file)
    return replace(recording, statements=tuple(s for s in recording.statements if s.kind is Kind.SELECT)[:12])


def test_a_crash_and_an_endless_loop_are_one_verdict_each(on_sqlite, tmp_path):
    recording = _few(on_sqlite)
    checked = check_recording(recording, start=faults.executor, results=Results(tmp_path))
    found = {item.statement.sql: item.verdict for item in checked.items}
    crashed = [verdict for sql, verdict in found.items() if faults.CRASHES in sql]
    endless = [verdict for sql, verdict in found.items() if faults.LOOPS in sql]
    assert len(found) == 12 and len(crashed) == 2 and len(endless) == 1
    assert [verdict.reasons for verdict in crashed] == 2 * [
        ("the process that judged it ended: a crash, more memory than there is, or a loop in foreign code",)
    ]
    assert endless[0].reasons == ("judging it took longer than 3 s and was given up",)
    others = [verdict for sql, verdict in found.items() if verdict not in (*crashed, *endless)]
    assert "fault" not in {verdict.method for verdict in others}


class Counting(ThreadPoolExecutor):
    """Counts the statements handed over."""

    handed = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        type(self).handed += len(args[0].statements)
        return super().submit(fn, *args, **kwargs)


def _counting() -> Executor:
    Counting.handed = 0
    return Counting(1)


def test_a_batch_that_was_killed_goes_on_where_it_stopped(on_sqlite, tmp_path):
    program = (
        "from pathlib import Path\n"
        "from tests.recording.faults import slow\n"
        "from workbench.queries.recording import read_recording\n"
        "from workbench.session.recorded.check import check_recording\n"
        "from workbench.session.recorded.results import Results\n"
        f"file, folder = Path({str(on_sqlite)!r}), Path({str(tmp_path)!r})\n"
        "check_recording(read_recording(file), start=slow, results=Results(folder))"
    )
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", f"if __name__ == '__main__':\n exec({program!r})"], cwd=root)
    deadline = time.monotonic() + 300
    while _lines(tmp_path) < 8:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    process.kill()
    process.wait()
    known, recording = _lines(tmp_path), read_recording(on_sqlite)
    assert known < len(recording.statements)
    checked = check_recording(recording, start=_counting, results=Results(tmp_path))
    assert len(checked.items) == len(recording.statements)
    assert Counting.handed == len(recording.statements) - known


def _lines(folder: Path) -> int:
    return sum(file.read_bytes().count(b"\n") for file in folder.glob("*.jsonl"))


def test_a_dask_cluster_of_two_workers_judges_the_same(on_postgres, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        url = cluster.scheduler_address.replace("tcp://", "dask://")
        recording = _few(on_postgres)
        there = check_recording(recording, 2, start=_cluster(url), results=Results(tmp_path / "there"))
    here = check_recording(recording, results=Results(tmp_path / "here"))
    assert [_facts(item) for item in there.items] == [_facts(item) for item in here.items]


def _facts(item: Any) -> tuple[str, str, str]:
    return item.id, item.verdict.word, item.judged.rows


def test_an_executor_is_named_as_a_dask_address(on_sqlite, tmp_path):
    done = run([WORKBENCH, "check", "--recorded", str(on_sqlite), "--executor", "ray://here"], tmp_path)
    assert done.returncode == 2
    assert "ray://here: an executor is given as dask://HOST:PORT" in done.stderr


def test_a_file_that_is_no_recording_is_the_users_mistake(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"some": "json"}\n')
    done = run([WORKBENCH, "check", "--recorded", "x.jsonl"], tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "x.jsonl: error [recording-unreadable] recording: "
        "this is no recording of `workbench record`, or one of another version\n"
    )


def test_check_needs_a_project_or_a_recording(tmp_path):
    done = run([WORKBENCH, "check"], tmp_path)
    assert done.returncode == 2
    assert "give a PROJECT, or a recording with --recorded" in done.stderr
