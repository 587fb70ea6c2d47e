"""``workbench record``: runs a command under an environment that records, and joins what its processes write."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.recorder import environment, laid_out
from workbench.runtime.cache import cache_folder

_RUNNING = "running"  # a file of the parts, locked while their command runs
_FORWARDED = (signal.SIGTERM, signal.SIGHUP)


def record(command: Sequence[str], out: Path, root: Path, redact: bool = False) -> tuple[int, str]:
    """Runs the command to its end, whatever that is; its exit code, and what was recorded in a sentence.

    The recording is written in every case: after Ctrl-C and after the command was killed, too.
    """
    parts = parts_of(out)
    refuse_running(parts)
    shutil.rmtree(parts, ignore_errors=True)
    try:
        parts.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise _refused(str(out), error.strerror or str(error)) from None
    folder = laid_out(cache_folder() / "recorder")
    with _running(parts):
        with _started(command, environment(folder, parts, root, redact, os.environ)) as process:
            # what joins the parts is imported while the command runs, and works beside it
            from workbench.runtime.joining import follow, joining_of, write

            joining = joining_of(parts)
            with _meanwhile(partial(follow, joining)):
                code = _ended(process)
        return code, write(joining, out, command, redact)


def parts_of(out: Path) -> Path:
    """Where the processes write while they run: beside the recording."""
    return out.with_name(out.name + ".parts")


@contextlib.contextmanager
def _running(parts: Path) -> Iterator[None]:
    """Says to other commands of ours that the parts are being written; to none where files have no locks."""
    with (parts / _RUNNING).open("w") as file:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def refuse_running(parts: Path) -> None:
    """WorkbenchError where another ``record`` writes there now: whoever joined or removed its parts would lose them."""
    try:
        with (parts / _RUNNING).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _refused(str(parts), "another `workbench record` writes there now; wait for its end") from None
    except OSError:  # nobody ever wrote there, or files have no locks
        return


@contextlib.contextmanager
def _started(command: Sequence[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The command's process, which gets the signals that we do; it has ended afterwards."""
    try:
        process = subprocess.Popen(command, env=env)
    except OSError as error:
        raise _refused(command[0], error.strerror or str(error)) from None
    with _passing_signals(process):
        try:
            yield process
        finally:
            process.wait()


def _ended(process: subprocess.Popen[bytes]) -> int:
    """The exit code as a shell counts it: 128 and the number for a signal."""
    code = process.wait()
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def _meanwhile(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """``work`` in a thread of its own, which is told when to end."""
    ended = threading.Event()
    thread = threading.Thread(target=work, args=(ended,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextlib.contextmanager
def _passing_signals(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ctrl-C reaches the command by the terminal, and we wait for it; other ends are passed on to it."""
    handlers: dict[int, Any] = {signal.SIGINT: lambda number, frame: None}
    handlers.update({number: lambda number, frame: process.send_signal(number) for number in _FORWARDED})
    saved = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in saved.items():
            signal.signal(number, handler)


def _refused(thing: str, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("record-refused", Origin("workbench record"), thing, fact, "", Fidelity.ERROR))
