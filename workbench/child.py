"""Child: one process of its own group, two pipes for frames, and the tail of what it printed. POSIX only."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path

_TAIL_LINES = 200  # of what the child printed: enough for any traceback, small enough to keep for ever
_SLICE = 0.2  # seconds of one wait: Ctrl-C that another thread received is heeded between two
_GRACE = 2.0  # seconds between end of input, SIGTERM and SIGKILL


class Child:
    """The process, its two pipes, and the tail of what it printed."""

    def __init__(
        self,
        argv: list[str | os.PathLike[str]],
        env: Mapping[str, str] | None,
        cwd: str | Path | None,
        request_env: tuple[str, str],
    ) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        names = {request_env[0]: str(theirs_in), request_env[1]: str(theirs_out)}
        try:
            self.process = subprocess.Popen(
                argv,
                env={**(os.environ if env is None else env), **names},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(theirs_in, theirs_out),
                start_new_session=True,  # Ctrl-C in a terminal reaches us alone; killpg reaches what it started
            )
        except BaseException:
            self._close_pipes()
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        os.set_blocking(self._out, False)
        self._lines: deque[bytes] = deque(maxlen=_TAIL_LINES)
        self._drain = threading.Thread(target=self._collect, daemon=True)
        self._drain.start()

    def write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            _wait(deadline, writing=self._out)
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(self._out, rest) :]

    def read(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            _wait(deadline, reading=self._in)
            piece = os.read(self._in, size - len(data))
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)

    def status(self) -> int | None:
        """The exit status (negative: the signal); None where it closed its pipes and still runs."""
        return self._wait(_GRACE)

    def tail(self) -> str:
        self._drain.join(_GRACE)  # a grandchild may hold the pipe open
        return b"".join(self._lines).decode(errors="replace")

    def kill(self) -> None:
        """SIGKILL to the child and what it started; reaps it."""
        self._signal(signal.SIGKILL)
        self._wait(_GRACE)

    def end(self, owner: int) -> None:
        """End of input, then SIGTERM, then SIGKILL. A forked copy of the owner leaves the child alone."""
        if os.getpid() != owner:
            return
        self._close_pipes()
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._wait(_GRACE) is not None:
                break
            self._signal(number)
        self._wait(_GRACE)

    def _close_pipes(self) -> None:
        for descriptor in (self._out, self._in):
            os.close(descriptor)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for a group of zombies
            os.killpg(self.process.pid, number)

    def _wait(self, timeout: float) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout)
        return None

    def _collect(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as printed:
            self._lines.extend(printed)


def _wait(deadline: float, *, reading: int | None = None, writing: int | None = None) -> None:
    """Returns when the descriptor is ready; TimeoutError at the deadline (a ``time.monotonic()``)."""
    poll = select.poll()  # not select(): descriptors over 1024 are common in a notebook server
    if reading is not None:
        poll.register(reading, select.POLLIN)
    if writing is not None:
        poll.register(writing, select.POLLOUT)
    while not poll.poll(max(0.0, min(_SLICE, deadline - time.monotonic())) * 1000):
        if time.monotonic() >= deadline:
            raise TimeoutError
