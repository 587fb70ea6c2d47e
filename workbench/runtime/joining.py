"""What a recorded command's processes wrote, as one file: joined while they run, signed with this user's key."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.recording_parts import Joining
from workbench.runtime.cache import cache_folder

VERSION = 1
_PERIOD = 0.25  # seconds between two looks at the parts of a running command
_REMOVED = "the folder of parts was removed while the command ran, and what was not read by then is lost"
_REST = 10  # times what a look took: many processes leave many parts


def joining_of(parts: Path) -> Joining:
    """The parts of a folder, none of them read so far."""
    return Joining(parts, partial(signature, key=signing_key()))


def follow(joining: Joining, ended: threading.Event) -> None:
    """Reads on until ``ended``. Where that fails, ``write`` meets the same record again, and says so."""
    spent = 0.0
    with contextlib.suppress(Exception):
        while not ended.wait(max(_PERIOD, _REST * spent)):
            begun = time.perf_counter()
            joining.take()
            spent = time.perf_counter() - begun


def write(joining: Joining, out: Path, command: Sequence[str], redact: bool) -> str:
    """Reads the parts to their end, writes the recording, and removes the parts; what was recorded in a sentence.

    Where the file cannot be written the parts stay, and WorkbenchError says so.
    """
    joining.take()
    if not joining.folder.is_dir():
        joining.troubles[_REMOVED] = None
    try:
        _write(out, _head(joining, command, redact, signing_key()), joining.lines())
    except OSError as error:
        raise _unwritten(out, joining.folder, error.strerror or str(error)) from None
    shutil.rmtree(joining.folder, ignore_errors=True)
    return _told(joining)


def _told(joining: Joining) -> str:
    sites = sum(map(len, joining.sites.values()))
    found = f"{len(joining.statements)} statements at {sites} call sites over {len(joining.models)} tables"
    return f"{found}; not all: {'; '.join(joining.troubles)}" if joining.troubles else found


def _write(out: Path, head: dict[str, Any], lines: Iterable[bytes]) -> None:
    """All of it, or no file: half of a recording would be taken for one."""
    try:
        with out.open("wb") as file:
            file.write(json.dumps(head).encode() + b"\n")
            file.writelines(line + b"\n" for line in lines)
    except BaseException:
        if out.is_file():
            out.unlink()
        raise


def _unwritten(out: Path, parts: Path, fact: str) -> WorkbenchError:
    advice = f"What was recorded stays in {parts}: `workbench check --recorded {out}` joins it."
    return WorkbenchError(
        Diagnostic("record-unwritten", Origin("workbench record"), str(out), fact, advice, Fidelity.ERROR)
    )


def _head(joining: Joining, command: Sequence[str], redact: bool, key: bytes) -> dict[str, Any]:
    first = joining.processes[0] if joining.processes else {}
    facts = {name: first.get(name) for name in ("django", "python", "settings", "time_zone", "use_tz")}
    return {
        "record": "recording",
        "version": VERSION,
        "command": list(command),
        "processes": len(joining.processes),
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
