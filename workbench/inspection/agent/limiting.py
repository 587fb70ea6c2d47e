"""A limit on the time that one expression's code may take: what waits for a network or loops is one diagnostic."""

import contextlib
import os
import signal
import threading

from . import context
from .rejection import FILE, Rejected

_OURS = os.path.dirname(__file__)
_SOON = 0.01  # seconds
SECONDS = 5  # a queryset is built in milliseconds; this is a fuse


class TimeUp(BaseException):
    """Raised where the code stands when its time is up; no ``except Exception`` of a project swallows it."""


@contextlib.contextmanager
def limited(text):
    """Rejected where the block takes longer. Without a limit outside of the main thread, where no signal arrives."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise)
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)  # again each second, should a finally clause wait, too
    try:
        yield
    except TimeUp:
        raise Rejected(_diagnostic(text)) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _raise(number, frame):
    """Not in the midst of our own code: what it has put in place of Django's has to be put back."""
    place = frame.f_code.co_filename
    if place == contextlib.contextmanager.__code__.co_filename or os.path.dirname(place) == _OURS:
        signal.setitimer(signal.ITIMER_REAL, _SOON, 1)
        return
    raise TimeUp


def _diagnostic(text):
    fact = "its code did not come to a query within %d s: it waits for something, or loops" % SECONDS
    thing = text.strip().splitlines()[-1]
    return context.diagnostic("queryset-endless", FILE, thing, fact, "evaluate the queryset itself", "unsupported")
