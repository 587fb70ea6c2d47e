"""Whether a request came through all guards: the body of its view was entered, seen by the interpreter itself."""

import functools
import inspect
import re
import sys
import threading

from . import guard_admin

# The names under which decorators without functools.wraps keep what they wrap
_WRAPPED = ("view_func", "view", "func", "function", "fn", "f", "method", "callback", "wrapped")


def bodies_of(callback, kind, method):
    """The code objects that run behind a view's guards for one HTTP method; () where Python has none to watch."""
    inside = guard_admin.after_guards(callback)
    if inside:
        return inside
    if kind is not None:
        actions = getattr(callback, "actions", None) or {}
        handler = getattr(kind, actions.get(method, method), None)
        handler = getattr(kind, "dispatch", None) if handler is None else handler
    else:
        handler = callback
    code = getattr(innermost(handler), "__code__", None)
    return () if code is None else (code,)


def innermost(function):
    """What a person wrote, inside every decorator."""
    seen = set()
    while function is not None and id(function) not in seen:
        seen.add(id(function))
        inner = wrapped(function)
        inner = function.func if isinstance(function, functools.partial) else inner
        if inner is None:
            break
        function = inner
    if not inspect.isroutine(function) and callable(function) and not inspect.isclass(function):
        function = vars(type(function)).get("__call__")
    return getattr(function, "__func__", function)


def wrapped(function):
    """What one wrapper stands around, whether it says so or not; None where it is none."""
    return getattr(function, "__wrapped__", None) or _enclosed(function)


def _enclosed(function):
    """The function in the closure of a wrapper that does not say what it wraps."""
    code = getattr(function, "__code__", None)
    if code is None or "<locals>" not in getattr(function, "__qualname__", ""):
        return None
    cells = dict(zip(code.co_freevars, function.__closure__ or ()))
    for name in _WRAPPED:
        try:
            value = cells[name].cell_contents if name in cells else None
        except ValueError:  # not assigned yet
            continue
        if callable(value) and not inspect.isclass(value):
            return value
    return None


class Stopped(BaseException):
    """The guards were passed, and that was all there was to learn: no handler of the project may catch it."""


class Watch:
    """Inside ``with Watch(codes) as watch``: ``watch.reached`` says whether one of them began to run.

    ``stop``: it does not go on from there; ``Stopped`` ends the request.
    """

    def __init__(self, codes, stop):
        self.codes, self.stop, self.reached = {id(code) for code in codes}, stop, False
        self._names = tuple(getattr(code, "co_qualname", code.co_name) + "() " for code in codes)

    def __enter__(self):
        if self.codes:
            sys.setprofile(self._seen)
            threading.setprofile(self._seen)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)
        threading.setprofile(None)

    def note(self, error):
        """A body that was called with arguments it does not take was reached, too: Python says so by its name."""
        if type(error) is TypeError and str(error).startswith(self._names):
            self.reached = True

    def _seen(self, frame, event, argument):
        if event == "call" and id(frame.f_code) in self.codes:
            self.reached = True
            sys.setprofile(None)
            if self.stop:
                raise Stopped


class Writing:
    """An execute wrapper: ``tables`` are those into which a request wrote."""

    _STATEMENT = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?([^"\s(]+)', re.IGNORECASE)

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, parameters, many, context):
        match = self._STATEMENT.match(str(sql))
        if match:
            self.tables.add(match.group(1))
        return execute(sql, parameters, many, context)
