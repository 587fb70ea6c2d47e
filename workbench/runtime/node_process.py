"""How a Node process of ours is started, and what its failures mean."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.process import Channel, ChannelDied, ChannelTimeout
from workbench.runtime.packages import ensure_packages, node_program

_MAIN = Path(__file__).with_name("worker") / "main.mjs"
_SHOWN_LINES = 3  # of what a process printed before it died


class NodeProcess:
    """A channel to ``worker/main.mjs`` with one module of operations; starts at the first request."""

    def __init__(self, operations: str, name: str, packages: Callable[[], Path] = ensure_packages) -> None:
        self._operations, self._name, self._packages = operations, name, packages
        self._channel: Channel | None = None
        self._starting = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The running process's id."""
        return self._channel.pid if self._channel else None

    def request(self, op: str, timeout: float, **payload: Any) -> Any:
        """The answer; ChannelError as the operation raised it, WorkbenchError where the process ended meanwhile."""
        try:
            return self._running().request(op, timeout=timeout, **payload)
        except ChannelTimeout:
            raise stopped("node-timeout", f"it did not end within {timeout:g} s, and its process was stopped") from None
        except ChannelDied as death:
            said = " ".join(death.tail.strip().splitlines()[-_SHOWN_LINES:])
            raise stopped("node-died", f"the {self._name} {death.fact} while this ran. {said}".strip()) from None

    def close(self) -> None:
        """Ends the process. A later request starts another."""
        if self._channel is not None:
            self._channel.close()

    def _running(self) -> Channel:
        with self._starting:  # two threads share one process
            if self._channel is None:
                self._channel = self._made()
            return self._channel

    def _made(self) -> Channel:
        ours = {"WORKBENCH_PACKAGES": str(self._packages()), "WORKBENCH_PARENT": str(os.getpid())}
        environment = {**os.environ, **ours, "TZ": "UTC", "NO_COLOR": "1"}
        environment.pop("NODE_OPTIONS", None)  # the user's own Node options are not meant for this process
        command = [str(node_program()), "--disable-warning=ExperimentalWarning", str(_MAIN), self._operations]
        return Channel(command, name=self._name, env=environment)


def stopped(code: str, fact: str) -> WorkbenchError:
    """The error of a request whose process ended."""
    advice = "The next request starts a fresh process."
    return WorkbenchError(Diagnostic(code, Origin("Node"), "TypeScript code", fact, advice, Fidelity.ERROR))
