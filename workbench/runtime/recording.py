"""``workbench record``: runs a command under an environment that records, and joins what its processes wrote."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.recorder import environment, laid_out
from workbench.queries.recording_parts import Joined, join, lines
from workbench.runtime.cache import cache_folder

VERSION = 1
_FORWARDED = (signal.SIGTERM, signal.SIGHUP)


def record(command: Sequence[str], out: Path, root: Path, redact: bool = False) -> tuple[int, str]:
    """Runs the command to its end, whatever that is; its exit code, and what was recorded in a sentence.

    The recording is written in every case: after Ctrl-C and after the command was killed, too.
    """
    parts = parts_of(out)
    shutil.rmtree(parts, ignore_errors=True)
    try:
        parts.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise _refused(str(out), error.strerror or str(error)) from None
    folder = laid_out(cache_folder() / "recorder")
    code = _run(command, environment(folder, parts, root, redact, os.environ))
    return code, write(parts, out, command, redact)


def parts_of(out: Path) -> Path:
    """Where the processes write while they run: beside the recording."""
    return out.with_name(out.name + ".parts")


def write(parts: Path, out: Path, command: Sequence[str], redact: bool) -> str:
    """Joins the parts into the recording, signs the pickled queries, and removes the parts."""
    joined, key = join(parts), signing_key()
    with out.open("wb") as file:
        file.write(json.dumps(_head(joined, command, redact, key)).encode() + b"\n")
        file.writelines(line + b"\n" for line in lines(joined, lambda pickle: signature(pickle, key)))
    shutil.rmtree(parts)
    count, models = len(joined.statements), len(joined.models)
    return f"{count} statements at {len(joined.sites)} call sites over {models} tables"


def _run(command: Sequence[str], env: dict[str, str]) -> int:
    """The exit code as a shell counts it: 128 and the number for a signal."""
    try:
        process = subprocess.Popen(command, env=env)
    except OSError as error:
        raise _refused(command[0], error.strerror or str(error)) from None
    with _passing_signals(process):
        code = process.wait()
    return code if code >= 0 else 128 - code


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


def _head(joined: Joined, command: Sequence[str], redact: bool, key: bytes) -> dict[str, Any]:
    first = joined.processes[0] if joined.processes else {}
    facts = {name: first.get(name) for name in ("django", "python", "settings", "time_zone", "use_tz")}
    return {
        "record": "recording",
        "version": VERSION,
        "command": list(command),
        "processes": len(joined.processes),
        "redacted": redact,
        "key": key_name(key),
        **facts,
    }


def signature(pickle: str, key: bytes) -> str:
    """HMAC-SHA256 of a pickled query's text, in hexadecimal."""
    return hmac.digest(key, pickle.encode(), "sha256").hex()


def signing_key() -> bytes:
    """This user's key, made at first use: readable by nobody else."""
    file = cache_folder() / "recording.key"
    with (
        contextlib.suppress(FileExistsError),
        os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as made,
    ):
        made.write(os.urandom(32))
    return file.read_bytes()


def key_name(key: bytes) -> str:
    """Tells keys apart without telling them."""
    return hashlib.sha256(b"workbench recording key" + key).hexdigest()[:12]


def _refused(thing: str, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("record-refused", Origin("workbench record"), thing, fact, "", Fidelity.ERROR))
