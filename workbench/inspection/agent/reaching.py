"""Whether a request came through all guards: the body of its view was entered, seen by the interpreter itself."""

import functools
import inspect
import re
import sys
import threading

# The names under which decorators without functools.wraps keep what they wrap
_WRAPPED = ("view_func", "view", "func", "function", "fn", "f", "method", "callback", "wrapped")


def body_of(callback, kind, method):
    """The code object behind a view's guards for one HTTP method; None where Python has none to watch."""
    if kind is not None:
        actions = getattr(callback, "actions", None) or {}
        handler = getattr(kind, actions.get(method, method), None)
        handler = getattr(kind, "dispatch", None) if handler is None else handler
    else:
        handler = callback
    return getattr(innermost(handler), "__code__", None)


def innermost(function):
    """What a person wrote, inside every decorator."""
    seen = set()
    while function is not None and id(function) not in seen:
        seen.add(id(function))
        inner = getattr(function, "__wrapped__", None) or _enclosed(function)
        inner = function.func if isinstance(function, functools.partial) else inner
        if inner is None:
            break
        function = inner
    if not inspect.isroutine(function) and callable(function) and not inspect.isclass(function):
        function = vars(type(function)).get("__call__")
    return getattr(function, "__func__", function)


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


class Watch:
    """Inside ``with Watch(code) as watch``: ``watch.reached`` says whether that code began to run."""

    def __init__(self, code):
        self.code, self.reached = code, False

    def __enter__(self):
        if self.code is not None:
            sys.setprofile(self._seen)
            threading.setprofile(self._seen)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)
        threading.setprofile(None)

    def _seen(self, frame, event, argument):
        if event == "call" and frame.f_code is self.code:
            self.reached = True
            sys.setprofile(None)


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
