"""``workbench record``: it sees what a command's code asks of databases, and the command does not notice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recording.recorded import WORKBENCH, copied, listing, record, run
from workbench.queries.recording import Recording, read_recording

EXPECTED = Path(__file__).parent / "expected"
TESTS = [sys.executable, "manage.py", "test"]


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Recording]:
    folder = tmp_path_factory.mktemp("notes")
    return record(TESTS, copied("notes", folder), folder / "q.jsonl")


def _without_times(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not line.startswith("workbench: recorded in")]
    return [re.sub(r" in \d+\.\d+s|/tmp\S*/notes/", "", line) for line in lines]


def test_the_command_ends_and_prints_as_it_does_alone(notes, tmp_path):
    alone = run(TESTS, copied("notes", tmp_path))
    recorded, _ = notes
    assert alone.returncode == recorded.returncode == 1
    assert recorded.stdout == alone.stdout
    assert _without_times(recorded.stderr) == _without_times(alone.stderr)
    assert "test_fails" in recorded.stderr and "recording" not in recorded.stderr.rpartition("workbench:")[0]


def test_every_statement_is_listed_with_what_the_code_did(notes):
    expected = EXPECTED / "notes.txt"
    if os.environ.get("WORKBENCH_UPDATE"):
        expected.write_text(listing(notes[1]), encoding="utf-8")
    assert listing(notes[1]) == expected.read_text(encoding="utf-8")


def test_a_model_of_a_test_brings_its_table(notes):
    (sketch,) = (model for model in notes[1].models.values() if model.model.name == "Sketch")
    assert sketch.statements == (
        'CREATE TABLE "journal_sketch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "lines" integer NOT NULL)',
    )


def test_keys_lead_to_the_tables_they_need(notes):
    models = notes[1].models
    (page,) = (model for model in models.values() if model.model.label == "journal.Page")
    assert {models[needed].model.label for needed in page.needs} == {"journal.Author"}


BROKEN = """
from django.db import models
from journal.models import Tag
class Unprintable(models.Field):
    def db_type(self, connection):
        raise RuntimeError("asked")
class Broken(models.Model):
    field = Unprintable()
    class Meta:
        app_label = "journal"
"""


@pytest.mark.parametrize(
    ("asked", "troubles"), [("Tag", ()), ("Broken", ("RuntimeError: asked",))], ids=["another", "itself"]
)
def test_a_model_that_cannot_be_described_is_told_where_it_is_met(asked, troubles, tmp_path):
    code = BROKEN + f"try: {asked}.objects.count()\nexcept Exception: pass"
    _, recording = record([sys.executable, "manage.py", "shell", "-c", code], copied("notes", tmp_path), tmp_path / "q")
    assert recording.troubles == troubles
    assert [model.model.label for model in recording.models.values()] == ["journal.Tag"] * (asked == "Tag")


def test_what_only_an_open_connection_could_tell_of_a_table_is_taken_as_there(tmp_path):
    code = (
        "from django.db import models\n"
        "class Drawing(models.Model):\n"
        "    class Meta:\n"
        "        app_label, required_db_features = 'journal', ['supports_json_field']\n"
        "try: Drawing.objects.count()\n"
        "except Exception: pass"
    )
    _, recording = record([sys.executable, "manage.py", "shell", "-c", code], copied("notes", tmp_path), tmp_path / "q")
    (drawing,) = recording.models.values()
    assert recording.troubles == () and drawing.statements[0].startswith('CREATE TABLE "journal_drawing"')


def test_nothing_could_not_be_described(notes):
    assert notes[1].troubles == ()


def test_parallel_processes_count_as_one(tmp_path):
    # without the tests that cannot run in a pool's process: one fails, one forks
    passing = [*TESTS, "-k", "test_callers", "-k", "test_repeated", "-k", "test_thread"]
    one, serial = record(passing, copied("notes", tmp_path / "serial"), tmp_path / "serial.jsonl")
    two, parallel = record(
        [*passing, "--parallel", "2"], copied("notes", tmp_path / "parallel"), tmp_path / "parallel.jsonl"
    )
    assert (one.returncode, two.returncode) == (0, 0), two.stderr
    assert _counts(parallel) == _counts(serial)


def _counts(recording: Recording) -> dict[str, int]:
    """Executions by statement and line; which tests share a process is not the same."""
    return {
        f"{statement.sql} at {site.file}:{site.line}": site.count
        for statement in recording.statements
        for site in statement.sites
        if site.file is not None
    }


def test_redacted_recordings_hold_no_value(tmp_path):
    _, recording = record(TESTS, copied("notes", tmp_path), tmp_path / "q.jsonl", "--redact")
    text = (tmp_path / "q.jsonl").read_text(encoding="utf-8")
    assert recording.redacted and "Ursula" not in text and "page 3" not in text
    assert all(statement.pickle is None for statement in recording.statements)
    (creating,) = (s for s in recording.statements if s.model == "journal.Author" and s.kind == "insert")
    assert creating.parameters == ({"$": "redacted", "v": "str"},)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_an_ended_command_leaves_what_it_had_run(ending, tmp_path):
    out = tmp_path / "q.jsonl"
    command = [WORKBENCH, "record", "--out", str(out), "--", sys.executable, "run_for_ever.py"]
    process = subprocess.Popen(
        command, cwd=copied("notes", tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    (child,) = map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())
    os.kill(child, ending)
    process.communicate(timeout=60)
    assert process.returncode == 128 + ending if ending != signal.SIGINT else process.returncode in (1, 130)
    (statement,) = (s for s in read_recording(out).statements if s.sites[0].file is not None)
    assert (statement.intent, statement.count) == ("exists", 3)


def test_a_recorder_that_was_killed_itself_leaves_its_parts(tmp_path):
    out = tmp_path / "q.jsonl"
    command = [WORKBENCH, "record", "--out", str(out), "--", sys.executable, "run_for_ever.py"]
    process = subprocess.Popen(command, cwd=copied("notes", tmp_path), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    (child,) = map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())
    process.kill()
    os.kill(child, signal.SIGKILL)
    process.wait(60)
    done = run([WORKBENCH, "check", "--recorded", str(out), "--json", str(tmp_path / "c.json")], tmp_path)
    assert done.returncode == 0, done.stderr
    assert any(statement.intent == "exists" for statement in read_recording(out).statements)


@pytest.mark.parametrize("other", [["check", "--recorded"], ["record", "--out"]], ids=["check", "record"])
def test_the_parts_of_a_running_command_are_left_alone(other, tmp_path):
    out = tmp_path / "q.jsonl"
    command = [WORKBENCH, "record", "--out", str(out), "--", sys.executable, "run_for_ever.py"]
    process = subprocess.Popen(command, cwd=copied("notes", tmp_path), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    done = run([WORKBENCH, *other, str(out), *(["--", "true"] if "record" in other else [])], tmp_path)
    assert done.returncode == 2 and "another `workbench record` writes there now" in done.stderr
    process.terminate()
    process.communicate(timeout=60)
    assert any(statement.intent == "exists" for statement in read_recording(out).statements)


def test_a_sitecustomize_of_the_environment_still_runs(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("print('mine')\n")
    command = [sys.executable, "-c", "import sys, sitecustomize; print(sitecustomize.__file__); print(sys.path[:2])"]
    env = {"PYTHONPATH": str(tmp_path)}
    alone = run(command, tmp_path, env)
    done, recording = record(command, tmp_path, tmp_path / "q.jsonl", env=env)
    assert alone.stdout.startswith("mine\n")
    assert done.stdout == "mine\n" + alone.stdout  # the first is the workbench's own interpreter's
    assert recording.statements == ()


def test_what_asks_after_the_recorder_has_let_go_is_recorded_too(tmp_path):
    asking = "from journal.models import Tag\ntry: Tag.objects.count()\nexcept Exception: pass"
    (tmp_path / "sitecustomize.py").write_text(f"import atexit\natexit.register(exec, {asking!r}, {{}})\n")
    command = [sys.executable, "manage.py", "shell", "-c", asking]
    env = {"PYTHONPATH": str(tmp_path)}
    done, recording = record(command, copied("notes", tmp_path), tmp_path / "q.jsonl", env=env)
    (statement,) = recording.statements
    assert (done.returncode, statement.count, statement.model) == (0, 2, "journal.Tag"), done.stderr
    assert recording.troubles == () and len(recording.models) == 1


def test_a_command_that_removes_its_parts_ends_as_it_does_alone(tmp_path):
    done, recording = record(["rm", "-r", "q.jsonl.parts"], tmp_path, tmp_path / "q.jsonl")
    assert (done.returncode, recording.statements) == (0, ())
    assert recording.troubles and recording.troubles[0] in done.stderr


def test_what_could_not_be_described_is_said_at_the_end(tmp_path):
    code = BROKEN + "try: Broken.objects.count()\nexcept Exception: pass"
    command = [sys.executable, "manage.py", "shell", "-c", code]
    done, _ = record(command, copied("notes", tmp_path), tmp_path / "q.jsonl")
    assert done.stderr.endswith("; not all: RuntimeError: asked\n")


def test_exit_codes_pass_through(tmp_path):
    done, _ = record([sys.executable, "-c", "raise SystemExit(7)"], tmp_path, tmp_path / "q.jsonl")
    assert done.returncode == 7


def test_a_parameter_without_a_json_form_is_left_out(tmp_path):
    code = (
        "import uuid; from django.db import connection\n"
        "try: connection.cursor().execute('SELECT %s', [{'a': uuid.UUID(int=1)}])\n"
        "except Exception: pass"
    )
    _, recording = record([sys.executable, "manage.py", "shell", "-c", code], copied("notes", tmp_path), tmp_path / "q")
    (statement,) = recording.statements
    assert (statement.sql, statement.parameters, statement.cut) == ("SELECT %s", (), True)
    assert recording.troubles == ("TypeError: Object of type UUID is not JSON serializable",)


def test_a_name_that_is_more_than_a_text_is_its_text(tmp_path):
    code = (
        "from django.db.models import F; from django.utils.safestring import mark_safe\n"
        "from journal.models import Page\n"
        "try: list(Page.objects.values(**{mark_safe('heading'): F('title')}))\n"
        "except Exception: pass"
    )
    _, recording = record([sys.executable, "manage.py", "shell", "-c", code], copied("notes", tmp_path), tmp_path / "q")
    (statement,) = recording.statements
    assert [(output.name, statement.cut) for output in statement.outputs] == [("heading", False)]
    assert recording.troubles == ()


def test_a_command_that_is_not_there_is_the_users_mistake(tmp_path):
    done = run([WORKBENCH, "record", "--out", str(tmp_path / "q.jsonl"), "--", "no-such-command"], tmp_path)
    assert done.returncode == 2
    assert "no-such-command: No such file or directory" in done.stderr


@pytest.mark.skipif("WORKBENCH_DJANGO42" not in os.environ, reason="needs an interpreter with Django 4.2")
def test_an_older_django_is_recorded_too(notes, tmp_path):
    command = [os.environ["WORKBENCH_DJANGO42"], "manage.py", "test"]
    _, recording = record(command, copied("notes", tmp_path), tmp_path / "q.jsonl")
    assert recording.django.startswith("4.2") and recording.troubles == ()
    places = {site.file for statement in recording.statements for site in statement.sites}
    assert places >= {"journal/tests.py", "journal/views.py"}


def test_workers_of_xdist_are_recorded(tmp_path):
    folder = copied("notes", tmp_path)
    (folder / "conftest.py").write_text(
        "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\nimport django\ndjango.setup()\n"
    )
    (folder / "test_tags.py").write_text(
        "import pytest\nfrom journal.models import Tag\nfrom django.db import connection\n\n"
        "@pytest.mark.parametrize('n', range(6))\n"
        "def test_tag(n):\n"
        "    connection.settings_dict['NAME'] = ':memory:'\n"
        "    if 'journal_tag' not in connection.introspection.table_names():\n"
        "        with connection.schema_editor() as editor:\n"
        "            editor.create_model(Tag)\n"
        "    assert not Tag.objects.filter(word='xdist').exists()\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "test_tags.py"]
    done, recording = record(command, folder, tmp_path / "q.jsonl")
    assert done.returncode == 0, done.stdout
    (statement,) = (s for s in recording.statements if s.sites[0].file == "test_tags.py")
    assert (statement.count, statement.sites[0].most_in_scope) == (6, 1)


def test_threads_share_one_recording_without_losing_a_count(tmp_path):
    folder = copied("notes", tmp_path)
    (folder / "threads.py").write_text(
        "import os, threading\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\nimport django\ndjango.setup()\n"
        "from django.db import connection, connections\nfrom journal.models import Tag\n"
        "with connection.schema_editor() as editor:\n    editor.create_model(Tag)\n"
        "def ask():\n    for _ in range(50):\n        Tag.objects.filter(word='x').exists()\n"
        "    connections.close_all()\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "[thread.start() for thread in threads]\n[thread.join() for thread in threads]\n"
    )
    _, recording = record([sys.executable, "threads.py"], folder, tmp_path / "q.jsonl")
    (statement,) = (s for s in recording.statements if s.intent == "exists")
    assert statement.count == 400
