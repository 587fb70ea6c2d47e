"""The agent's process: killed, asked for nonsense, closed; and interpreters that cannot serve."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.inspection.client import Agent, _environment
from workbench.project import find_project

CORE = Path(__file__).parent / "projects" / "core"
MODERN = Path(__file__).parent / "projects" / "modern"


@pytest.fixture
def agent():
    with Agent(find_project(MODERN, python=sys.executable)) as agent:
        yield agent


def test_killed_in_mid_work_it_says_so_and_the_next_call_works(agent):
    agent.inspect()
    pid = agent._channel.pid
    os.kill(pid, signal.SIGSTOP)  # so that the request is under way, whatever the machine's speed
    threading.Timer(0.3, os.kill, [pid, signal.SIGKILL]).start()
    with pytest.raises(WorkbenchError) as caught:
        agent.ddl()
    assert str(caught.value) == (
        "conf.settings: error [agent-died] ddl: the project's process ended by SIGKILL\n"
        "    the next call loads the project anew"
    )
    assert [model.label for model in agent.inspect().models] == ["things.Item", "things.Line"]


def test_killed_between_two_calls_it_loads_again(agent):
    first = agent.inspect()
    os.kill(agent._channel.pid, signal.SIGKILL)
    agent._channel._child.process.wait(10)
    assert agent.inspect().models == first.models


def test_control_c_while_it_loads_leaves_the_session_usable(agent):
    endless = Path(__file__).parents[1] / "loading" / "projects" / "endless import"
    with Agent(find_project(endless, python=sys.executable)) as waiting:
        threading.Timer(1, signal.pthread_kill, [threading.main_thread().ident, signal.SIGINT]).start()
        with pytest.raises(KeyboardInterrupt):
            waiting.request("inspect")
        assert waiting._channel is None
        waiting.project = agent.project  # somebody has mended the import
        assert len(waiting.inspect().models) == 2


def test_an_unknown_operation_is_our_fault_and_says_so(agent):
    with pytest.raises(WorkbenchError, match=r"\[agent-failed\] nonsense: no such operation"):
        agent.request("nonsense")


def test_a_request_that_takes_too_long_names_itself(agent):
    agent.inspect()
    os.kill(agent._channel.pid, signal.SIGSTOP)
    with pytest.raises(WorkbenchError, match=r"\[agent-timeout\] ddl: did not answer within 0.5 s"):
        agent.request("ddl", timeout=0.5)
    assert len(agent.inspect().models) == 2


def test_an_interpreter_without_django(tmp_path):
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S -E "$@"\n')
    bare.chmod(0o755)
    with pytest.raises(WorkbenchError) as caught, Agent(find_project(MODERN, python=bare)) as agent:
        agent.inspect()
    assert str(caught.value) == (
        "conf.settings: error [load-no-django] django: Django is not installed in the project's interpreter\n"
        "    name the interpreter that has it: python=… (--python …)"
    )


def test_an_interpreter_that_does_not_start(tmp_path):
    broken = tmp_path / "python"
    broken.write_text("not a program")
    with pytest.raises(WorkbenchError, match=r"\[python-not-found\]") as caught:
        Agent(find_project(MODERN, python=broken)).inspect()
    assert "the interpreter does not start: Permission denied" in str(caught.value)


def test_two_agents_on_one_project_at_once():
    project = find_project(CORE, python=sys.executable)
    counts = []

    def count():
        with Agent(project) as agent:
            counts.append(len(agent.inspect().models))

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts[0] == counts[1] > 10


def test_sets_have_one_order_whatever_seed_this_process_came_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask's workers come with one of their own, and leave it in the process that started them."""
    monkeypatch.setenv("PYTHONHASHSEED", "6640")
    project = find_project(Path(__file__).parents[2] / "sample_projects" / "bookshop")
    assert _environment(project)["PYTHONHASHSEED"] == "0"


def test_a_connection_that_broke_inside_a_transaction_is_opened_anew(tmp_path):
    """As Django leaves it where the server went away: without that, all that is asked later would fail, too."""
    site = Path(__file__).parent / "projects" / "sites"
    asked = {"database": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "scratch.sqlite3")}}
    broken = "from django.db import connection; connection.in_atomic_block = connection.closed_in_transaction = True; "
    with Agent(find_project(site, python=sys.executable), dialect="sqlite") as agent:
        errors = [
            agent.request("execute", expressions=[text], **asked)["results"][0]["error"]
            for text in (broken + "Shelf.objects.all()", "Shelf.objects.all()")
        ]
    assert "new connection in an atomic block" in errors[0] and "no such table: shop_shelf" in errors[1]
