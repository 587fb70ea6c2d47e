"""The last fuse of a budget: whatever runs in Python is stopped, wherever it stands."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.25  # seconds: an exception raised while an object is being deleted is lost


class OutOfTime(BaseException):
    """The time is up. Not an ``Exception``: nobody who handles errors shall take it for one."""


@contextmanager
def fuse(seconds: float) -> Iterator[None]:
    """Raises ``OutOfTime`` in the block after so many seconds.

    Works in the main thread of systems with ``setitimer``; elsewhere only the deadlines that every rung looks at hold.
    What the block was working on may be left half done: the caller drops it.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTime
