"""Ctrl-C in a command: one line, exit code 130, and no process left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
BOOKSHOP = ROOT / "sample_projects" / "bookshop"
ENDLESS = ROOT / "tests" / "loading" / "projects" / "endless import"
MAIN = "from workbench.__main__ import main; main()"
FUSE = 600.0  # seconds
# SIGALRM is ignored (1 is SIG_IGN): the limit that the workbench sets for one expression would end it
SLOW = "Book.objects.filter(pk__in=[__import__('signal').signal(14, 1), __import__('time').sleep(600)])"
# the command, and the programs that it has started when it is interrupted; its work has no end
COMMANDS = {
    "inspect": (("inspect", str(ENDLESS)), {"python"}),
    "translate": (
        ("translate", str(BOOKSHOP), "--queryset", "Book.objects.all()", "--queryset", SLOW),
        {"python", "node", "postgres"},
    ),
}


def descendants(process: int) -> dict[int, str]:
    """Every process below one, with its program's name."""
    found = [psutil.Process(process)]
    with suppress(psutil.NoSuchProcess):
        found = found[0].children(recursive=True)
    return {child.pid: name for child in found if (name := program(child))}


def program(process: psutil.Process) -> str:
    """ "python" for /usr/bin/python3.11, "postgres" for its workers too; "" for what has ended."""
    try:
        command = process.cmdline()  # empty for a zombie
    except psutil.NoSuchProcess:
        return ""
    return Path(command[0].partition(":")[0]).name.rstrip("0123456789.") if command else ""


def runs(pid: int, name: str) -> bool:
    """Whether it still runs, and its number is not another program's by now."""
    return psutil.pid_exists(pid) and any(program(found) == name for found in psutil.process_iter() if found.pid == pid)


def eventually(condition: Callable[[], bool]) -> bool:
    """Waits until it holds; the fuse only ends a test that has failed."""
    deadline = time.monotonic() + FUSE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("name", COMMANDS)
def test_control_c(name: str) -> None:
    arguments, programs = COMMANDS[name]
    command = subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments, "--python", sys.executable],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert eventually(lambda: programs <= set(descendants(command.pid).values())), descendants(command.pid)
        started = descendants(command.pid)
        os.killpg(command.pid, signal.SIGINT)
        out, err = command.communicate(timeout=FUSE)
    finally:
        command.kill()
    assert (command.returncode, out, err.strip()) == (130, "", "interrupted; nothing was lost")
    assert eventually(lambda: not any(runs(*process) for process in started.items()))


# Ctrl-C at the moment a module of the list is looked for
INTERRUPTED_IMPORT = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "{module}":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from workbench.__main__ import main
sys.argv = ["workbench", "inspect", {project!r}]
main()
"""


@pytest.mark.parametrize("module", ["workbench.cli", "click", "workbench.diagnostic"])
def test_control_c_while_the_command_is_imported(module: str) -> None:
    script = INTERRUPTED_IMPORT.format(module=module, project=str(BOOKSHOP))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=FUSE)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


FIRST_USE = {
    "no network at first use": (
        {"WORKBENCH_CACHE": "{tmp}/cache", "npm_config_registry": "http://127.0.0.1:9"},
        (2, "npm-unreachable"),
    ),
    "a cache that cannot be written": ({"WORKBENCH_CACHE": "/dev/null/cache"}, (2, "cache-folder")),
}


@pytest.mark.parametrize("name", FIRST_USE)
def test_a_first_use_that_cannot_be(name: str, tmp_path: Path) -> None:
    variables, (code, said) = FIRST_USE[name]
    env = {**os.environ, **{key: value.replace("{tmp}", str(tmp_path)) for key, value in variables.items()}}
    arguments = ["translate", str(BOOKSHOP), "--python", sys.executable, "--queryset", "Book.objects.all()"]
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *arguments], capture_output=True, text=True, env=env, timeout=FUSE
    )
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert f"[{said}]" in done.stderr and "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    """Nothing is written where nothing may be; what a home would keep goes to the temporary folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("WORKBENCH_", "XDG_"))}
    env = {**kept, "HOME": "/dev/null", "TMPDIR": str(tmp_path)}
    arguments = ["inspect", str(BOOKSHOP), "--python", sys.executable]
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *arguments], capture_output=True, text=True, env=env, timeout=FUSE
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["models"]
