"""One temporary PostgreSQL cluster: a folder, a server process in it, and nothing left of either afterwards.

The server listens on a Unix socket only. It is our direct child; a watchdog ends it when we are killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
import weakref
from contextlib import suppress
from pathlib import Path

from workbench.runtime.binaries import Account, Binaries, cannot_start
from workbench.runtime.cluster_folder import base_folder, claim, remove
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
_START_TIMEOUT = 60.0  # seconds: 0.2 measured, a busy CI machine takes far longer
_STOP_TIMEOUT = 10.0
_POLL = 0.01  # seconds between two tries to connect
_WATCHDOG = 'read -r _; kill -QUIT "$1" 2>/dev/null'  # its input ends when we do


class Cluster:
    """A running server. ``folder`` holds its data and its socket; :meth:`close` removes both."""

    def __init__(self, binaries: Binaries | None = None, base: Path | None = None) -> None:
        self.account = Account.choose()
        self.folder, self._lock = claim(base or base_folder(), self.account)
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
            remove(self.folder, self._lock)

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
    remove(folder, lock)


def _last_lines(text: bytes) -> str:
    return " ".join(text.decode(errors="replace").strip().splitlines()[-3:]) or "it ended without a word"
