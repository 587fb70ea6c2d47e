"""One temporary PostgreSQL cluster: a folder, a server process in it, and nothing left of either afterwards.

The server listens on a Unix socket only. It is our direct child; a watchdog ends it when we are killed. A folder
whose owner died is removed when the next cluster starts: its owner held a lock on it that no dead process holds.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path

from workbench.runtime.binaries import Account, Binaries, cannot_start
from workbench.runtime.driver import psycopg

_INITDB = (
    "-U",
    "postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
)
# durability is of no use to a scratch cluster; JIT costs more than any scratch query takes
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "log_checkpoints": "off",
    "file_copy_method": "copy",
}
_SOCKET_LIMIT = 100  # bytes of a Unix socket's path: 107 on Linux, 103 on macOS
_SOCKET_NAME = ".s.PGSQL.5432"
_START_TIMEOUT = 60.0  # seconds: 0.2 measured, a busy CI machine takes far longer
_STOP_TIMEOUT = 10.0
_POLL = 0.01  # seconds between two tries to connect
_WATCHDOG = 'read -r _; kill -QUIT "$1" 2>/dev/null'  # its input ends when we do


class Cluster:
    """A running server. ``folder`` holds its data and its socket; :meth:`close` removes both."""

    def __init__(self, binaries: Binaries | None = None, base: Path | None = None) -> None:
        self.account = Account.choose()
        self.folder, self._lock = _claim(base or _base_folder(), self.account)
        try:
            self.binaries = (binaries or Binaries()).for_account(self.account, self.folder)
            self._initialize()
            self.process, self._watchdog = self._start()
            self._end = weakref.finalize(self, _end, os.getpid(), self.process, self._watchdog, self.folder, self._lock)
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether the server process runs."""
        return self.process.poll() is None

    def close(self) -> None:
        """Stops the server (SIGINT: a fast shutdown), reaps it and removes the folder."""
        end = getattr(self, "_end", None)
        if end is not None:
            end()
        else:
            _remove(self.folder, self._lock)

    def _initialize(self) -> None:
        command = [self.binaries.program("initdb"), "-D", str(self.folder / "data"), *_INITDB]
        arguments = self.account.popen_arguments()
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                env=self._environment(),
                cwd=self.folder,
                timeout=_START_TIMEOUT,
                **arguments,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise cannot_start(f"initdb: {error}") from None
        if done.returncode:
            raise cannot_start(f"initdb: {_last_lines(done.stderr)}")

    def _start(self) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [
            self.binaries.program("postgres"),
            "-D",
            str(self.folder / "data"),
            "-k",
            f'"{self.folder}"',
            *settings,
        ]
        common = {**self.account.popen_arguments(), "cwd": self.folder, "env": self._environment(), "process_group": 0}
        quiet = subprocess.DEVNULL
        with (self.folder / "server.log").open("wb") as log:
            server = subprocess.Popen(command, stdin=quiet, stdout=log, stderr=log, **common)
        watch = ["/bin/sh", "-c", _WATCHDOG, "watchdog", str(server.pid)]
        watchdog = subprocess.Popen(watch, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, **common)
        return server, watchdog

    def _environment(self) -> dict[str, str]:
        return {"HOME": str(self.folder), "PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_TIMEOUT
        while True:
            if not self.alive:
                raise cannot_start(_last_lines((self.folder / "server.log").read_bytes()))
            try:
                psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres").close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise cannot_start(f"no answer within {_START_TIMEOUT:g} s: {error}") from None
            time.sleep(_POLL)


def _base_folder() -> Path:
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


def _claim(base: Path, account: Account) -> tuple[Path, int]:
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
    lock = os.open(folder / "owner", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return
    _kill_server_of(folder)
    _remove(folder, lock)


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


def _end(
    owner: int, server: subprocess.Popen[bytes], watchdog: subprocess.Popen[bytes], folder: Path, lock: int
) -> None:
    """Stops server and watchdog, in the process that started them only (a forked copy leaves them alone)."""
    if os.getpid() != owner:
        return
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            break
        server.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            server.wait(_STOP_TIMEOUT)
    watchdog.kill()
    watchdog.wait()
    if watchdog.stdin is not None:
        watchdog.stdin.close()
    _remove(folder, lock)


def _remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # a server that still shuts down may write: the next start tries again
    os.close(lock)


def _last_lines(text: bytes) -> str:
    return " ".join(text.decode(errors="replace").strip().splitlines()[-3:]) or "it ended without a word"
