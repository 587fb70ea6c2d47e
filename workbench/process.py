"""Channel: one long-lived child process that answers framed JSON.

A frame is a 4-byte big-endian length and that many bytes of UTF-8 JSON. Frames travel on two pipes of their own,
whose descriptor numbers the child finds in its environment: a child that prints cannot break the protocol, and one
that reads its standard input meets the end of the file. A request is ``{"id", "op", **payload}``; its answer is
``{"id", "ok": …}`` or ``{"id", "error": {"kind", "message", …}}``. Only POSIX calls: Linux and macOS.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import threading
import time
import weakref
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_LENGTH = struct.Struct(">I")
_TAIL_LINES = 200  # of what the child printed: enough for any traceback, small enough to keep for ever
_GRACE = 2.0  # seconds between end of input, SIGTERM and SIGKILL


class ChannelFailure(Exception):
    """A request that brought no answer; ``name`` is the channel's, ``tail`` what the child printed last."""

    def __init__(self, name: str, fact: str, tail: str = "") -> None:
        super().__init__(f"{name}: {fact}")
        self.name, self.fact, self.tail = name, fact, tail


class ChannelDied(ChannelFailure):
    """The child ended before it answered: ``exit_code``, or the ``signal`` that killed it."""

    def __init__(self, name: str, status: int | None, tail: str) -> None:
        self.exit_code = status if status is not None and status >= 0 else None
        self.signal = signal.Signals(-status).name if status is not None and status < 0 else None
        super().__init__(name, f"ended by {self.signal}" if self.signal else f"ended with exit code {status}", tail)


class ChannelTimeout(ChannelFailure):
    """No answer within ``timeout`` seconds; the child was killed, the next request starts another."""

    def __init__(self, name: str, op: str, timeout: float, tail: str) -> None:
        super().__init__(name, f"{op} did not answer within {timeout:g} s", tail)
        self.op, self.timeout = op, timeout


class ChannelError(ChannelFailure):
    """The child answered with an error object: ``error`` holds it as sent."""

    def __init__(self, name: str, error: dict[str, Any]) -> None:
        super().__init__(name, f"{error.get('kind', 'error')}: {error.get('message', '')}")
        self.error = error


@dataclass(frozen=True)
class Hook:
    """A request that every new child gets first, before the one that started it."""

    op: str
    timeout: float
    payload: Mapping[str, Any] = field(default_factory=dict)


class Channel:
    """A child that starts at the first request, and again at the first request after it ended."""

    def __init__(
        self,
        argv: Sequence[str | os.PathLike[str]],
        *,
        name: str,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        request_env: tuple[str, str] = ("WORKBENCH_IN", "WORKBENCH_OUT"),
        hooks: Sequence[Hook] = (),
    ) -> None:
        """``env`` is the child's whole environment (ours if None); ``request_env`` names its two descriptors."""
        self.name = name
        self.hooks = tuple(hooks)
        self.greetings: list[Any] = []  # the running child's answers to the hooks
        self._argv, self._env, self._cwd, self._request_env = list(argv), env, cwd, request_env
        self._lock = threading.RLock()
        self._child: _Child | None = None
        self._end: weakref.finalize[..., Channel] | None = None
        self._last = 0

    @property
    def pid(self) -> int | None:
        """The running child's process id."""
        return self._child.process.pid if self._child else None

    @property
    def running(self) -> bool:
        """Whether a child runs that the next request will reach."""
        return self._child is not None and self._child.process.poll() is None

    def start(self) -> list[Any]:
        """Starts the child unless it runs; its answers to the hooks."""
        with self._lock:
            self._running()
            return self.greetings

    def request(self, op: str, *, timeout: float, **payload: Any) -> Any:
        """The child's answer, or a :class:`ChannelFailure`; after one the channel stays usable.

        Anything that interrupts the wait (Ctrl-C too) ends the child: its late answer could not be told apart.
        """
        with self._lock:
            return self._exchange(self._running(), op, timeout, payload)

    def close(self) -> None:
        """Ends the child: end of input, then SIGTERM, then SIGKILL; reaps it."""
        with self._lock:
            if self._end is not None:
                self._end()
            self._child = self._end = None

    def __enter__(self) -> Channel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> _Child:
        if self._child is not None and self.running:
            return self._child
        self.close()
        child = self._child = _Child(self._argv, self._env, self._cwd, self._request_env)
        self._end = weakref.finalize(self, _Child.end, child, os.getpid())
        self.greetings = []
        for hook in self.hooks:
            self.greetings.append(self._greeting(child, hook))
        return child

    def _greeting(self, child: _Child, hook: Hook) -> Any:
        try:
            return self._exchange(child, hook.op, hook.timeout, hook.payload)
        except ChannelError:
            self.close()  # a child that was not prepared must not answer the next request
            raise

    def _exchange(self, child: _Child, op: str, timeout: float, payload: Mapping[str, Any]) -> Any:
        self._last += 1
        frame = json.dumps({"id": self._last, "op": op, **payload}).encode()
        deadline = time.monotonic() + timeout
        try:
            child.write(_LENGTH.pack(len(frame)) + frame, deadline)
            answer = json.loads(child.read(_LENGTH.unpack(child.read(4, deadline))[0], deadline))
        except TimeoutError:
            raise ChannelTimeout(self.name, op, timeout, self._kill(child)) from None
        except (EOFError, BrokenPipeError):
            status = child.status()
            raise ChannelDied(self.name, status, self._kill(child)) from None
        except BaseException:
            self._kill(child)
            raise
        return self._result(answer)

    def _result(self, answer: dict[str, Any]) -> Any:
        if answer.get("error") is not None:
            raise ChannelError(self.name, answer["error"])
        return answer["ok"]

    def _kill(self, child: _Child) -> str:
        child.kill()
        self.close()
        return child.tail()


class _Child:
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
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError
