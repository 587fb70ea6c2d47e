"""Where clusters live, and who owns which.

The owner of a cluster holds a lock on its folder, which no dead process does: whoever starts a cluster removes the
folders that nobody holds, and ends a server that still runs in one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from workbench.runtime.binaries import Account, cannot_start

_SOCKET_LIMIT = 100  # bytes of a Unix socket's path: 107 on Linux, 103 on macOS
_SOCKET_NAME = ".s.PGSQL.5432"


def base_folder() -> Path:
    """The folder of this user's clusters: short enough for a socket's path, entered by any account, written by us."""
    name = f"workbench-{os.geteuid()}"
    sample = Path(tempfile.gettempdir()) / name / "cluster-12345678" / _SOCKET_NAME
    usable = len(os.fsencode(sample)) < _SOCKET_LIMIT and "," not in str(sample)  # libpq splits hosts at commas
    base = (Path(tempfile.gettempdir()) if usable else Path("/tmp")) / name
    with suppress(FileExistsError):
        base.mkdir(mode=0o711)
    if base.is_symlink() or base.stat().st_uid != os.geteuid():
        raise cannot_start(f"{base} belongs to another user", "Remove that folder, or set TMPDIR to a folder of yours.")
    base.chmod(0o711)
    return base


def claim(base: Path, account: Account) -> tuple[Path, int]:
    """A new cluster folder and the lock that says its owner lives; folders of dead owners go first."""
    with (base / "lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        for old in base.glob("cluster-*"):
            _remove_if_abandoned(old)
        folder = Path(tempfile.mkdtemp(prefix="cluster-", dir=base))
        account.own(folder)
        lock = os.open(folder / "owner", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def _remove_if_abandoned(folder: Path) -> None:
    try:
        lock = os.open(folder / "owner", os.O_CREAT | os.O_RDWR, 0o600)
    except FileNotFoundError:  # its owner has removed it just now
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return
    _kill_server_of(folder)
    remove(folder, lock)


def _kill_server_of(folder: Path) -> None:
    """Ends a server that survived its owner, if the process of that number still is that server."""
    try:
        number = int((folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if str(folder / "data") in _command_of(number):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGQUIT)


def _command_of(number: int) -> str:
    """The command line of a process; empty where it is gone."""
    entry = Path(f"/proc/{number}/cmdline")
    if entry.parent.parent.joinpath("self").exists():
        with suppress(OSError):
            return entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    return subprocess.run(["ps", "-p", str(number), "-o", "command="], capture_output=True, text=True).stdout


def remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # a server that still shuts down may write: the next start tries again
    os.close(lock)
