"""The engine on the real server that all rooms share, and how to wait for the end of a process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine


@pytest.fixture(scope="session")
def engine(server: PostgresServer) -> PostgresEngine:
    return PostgresEngine(server)


def gone(process: int) -> bool:
    """Whether a process has ended (a zombie that its new parent has not reaped counts as ended)."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{process}/stat")
    if not state.exists():
        return Path("/proc/self").exists()
    return state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def eventually(condition: Callable[[], bool], limit: float = 60.0) -> bool:
    """Waits until the condition holds; the limit is only a fuse."""
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
