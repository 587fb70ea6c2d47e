"""Channel: one long-lived child process that answers framed JSON.

A frame is a 4-byte big-endian length and that many bytes of UTF-8 JSON. Frames travel on two pipes of their own,
whose descriptor numbers the child finds in its environment: a child that prints cannot break the protocol, and one
that reads its standard input meets the end of the file. A request is ``{"id", "op", **payload}``; its answer is
``{"id", "ok": …}`` or ``{"id", "error": {"kind", "message", …}}``. Only POSIX calls: Linux and macOS.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.child import Child

_LENGTH = struct.Struct(">I")


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
        self._child: Child | None = None
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

    def _running(self) -> Child:
        if self._child is not None and self.running:
            return self._child
        self.close()
        child = self._child = Child(self._argv, self._env, self._cwd, self._request_env)
        self._end = weakref.finalize(self, Child.end, child, os.getpid())
        self.greetings = []
        for hook in self.hooks:
            self.greetings.append(self._greeting(child, hook))
        return child

    def _greeting(self, child: Child, hook: Hook) -> Any:
        try:
            return self._exchange(child, hook.op, hook.timeout, hook.payload)
        except ChannelError:
            self.close()  # a child that was not prepared must not answer the next request
            raise

    def _exchange(self, child: Child, op: str, timeout: float, payload: Mapping[str, Any]) -> Any:
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

    def _kill(self, child: Child) -> str:
        child.kill()
        self.close()
        return child.tail()
