"""What the stack says of a statement: who asked for it, from which line, inside which test, request or command."""

import os
import weakref
from functools import lru_cache

from . import recording_places
from .holding import held

COMPILER, CALLER, PREFETCH, SCOPE, RAW, QUERYSET, CURSOR = range(1, 8)

# Functions by the end of their file and their name: what a frame of theirs means.
_QUERYSET_METHODS = [
    "get",
    "first",
    "last",
    "earliest",
    "latest",
    "count",
    "exists",
    "contains",
    "aggregate",
    "in_bulk",
    "iterator",
    "explain",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
    "dates",
    "datetimes",
    "raw",
    "_raw_delete",
    "_insert",
]
_CURSORS = (CURSOR, "")
_ROLES = {
    ("django/db/models/sql/compiler.py", "execute_sql"): (COMPILER, "self"),
    ("django/db/models/sql/query.py", "_execute_query"): (RAW, "self"),
    ("django/db/backends/utils.py", "execute"): _CURSORS,
    ("django/db/backends/utils.py", "executemany"): _CURSORS,
    ("django/db/backends/utils.py", "_execute_with_wrappers"): _CURSORS,
    ("django/db/backends/utils.py", "__enter__"): _CURSORS,
    ("django/db/models/query.py", "__iter__"): (QUERYSET, "self"),
    ("django/db/models/query.py", "prefetch_related_objects"): (PREFETCH, "prefetch"),
    ("django/db/models/query.py", "prefetch_one"): (PREFETCH, "prefetch"),
    ("django/db/models/deletion.py", "collect"): (PREFETCH, "delete"),
    ("django/db/models/deletion.py", "delete"): (PREFETCH, "delete"),
    ("django/db/models/base.py", "save"): (CALLER, "save"),
    ("django/db/models/base.py", "delete"): (CALLER, "delete"),
    ("django/db/models/base.py", "refresh_from_db"): (CALLER, "refresh_from_db"),
    ("django/db/models/fields/related_descriptors.py", "__get__"): (CALLER, "related"),
}
_ROLES.update({("django/db/models/query.py", name): (CALLER, name) for name in _QUERYSET_METHODS})
_ROLES.update(
    {
        ("django/db/models/fields/related_descriptors.py", name): (CALLER, name)
        for name in ["add", "set", "remove", "clear", "create", "get_or_create", "update_or_create"]
    }
)
# Where repetition is counted anew: a call of the function, known by the object in a local variable. Those that have
# few variables stand beside the one that calls them: a frame's are copied, all of them, to be read.
_ROLES.update(
    {
        ("unittest/case.py", "_callTestMethod"): (SCOPE, "self"),
        ("unittest/case.py", "_callSetUp"): (SCOPE, "self"),
        ("unittest/case.py", "_callTearDown"): (SCOPE, "self"),
        ("unittest/case.py", "run"): (SCOPE, "self"),
        ("unittest/suite.py", "_handleClassSetUp"): (SCOPE, "test"),
        ("_pytest/python.py", "pytest_pyfunc_call"): (SCOPE, "pyfuncitem"),
        ("django/core/handlers/base.py", "get_response"): (SCOPE, "request"),
        ("django/core/handlers/base.py", "get_response_async"): (SCOPE, "request"),
        ("django/core/management/base.py", "execute"): (SCOPE, "self"),
        ("celery/app/trace.py", "trace_task"): (SCOPE, "uuid"),
    }
)
# Django's own upkeep with cursors of its own: making databases, migrating, flushing between tests.
_INTERNAL = tuple(
    os.path.join("", "django", *part)
    for part in (("db", "backends"), ("db", "migrations"), ("core", "management"), ("test",), ("db", "transaction"))
)
_INTENTS = {
    "get": "get",
    "earliest": "get",
    "latest": "get",
    "first": "first",
    "last": "last",
    "count": "count",
    "exists": "exists",
    "contains": "exists",
    "aggregate": "aggregate",
    "in_bulk": "in_bulk",
}
_OWN = {"": ""}  # in place of roles: each function of the file is the project's
_scopes = held({})  # id of a test, request or command -> (weak reference, its number)
_numbers = [0]


class _Files(dict):
    """The roles of a file's functions by their name; looked for once."""

    def __missing__(self, file):
        path = file.replace(os.sep, "/")
        found = {name: role for (end, name), role in _ROLES.items() if path.endswith("/" + end)}
        self[file] = _OWN if recording_places.is_own(file) else found
        return self[file]


_files = _Files()


class Stack:
    """One look at the stack. What only a description needs stays in the frames: asking for their variables is slow."""

    file = line = function = compiler = model = raw = None
    caller, intent, scope, internal, iterating = "", "rows", 0, False, ()

    @property
    def iterable(self):
        """The queryset behind ``ModelIterable.__iter__`` and the like, whose own ``__iter__`` may be among them."""
        found = (step.f_locals.get("self") for step in self.iterating)
        return next((one.queryset for one in found if hasattr(one, "chunked_fetch")), None)


def look(frame):
    """The ``Stack`` around a frame of ``CursorWrapper._execute``."""
    stack, files, step, code, role = Stack(), _files, frame, frame.f_code, _CURSORS
    while role is _CURSORS and step.f_back is not None:  # compiled code has no frames
        step = step.f_back
        code = step.f_code
        role = files[code.co_filename].get(code.co_name)
    if role is None or role[0] not in (COMPILER, RAW):  # nothing but cursors below the one who asked
        stack.caller, stack.internal = "cursor", _is_internal(code.co_filename)
        if stack.internal:
            return stack
    open_intent = True  # still inside the queryset's own methods
    while step is not None:
        code = step.f_code
        roles = files[code.co_filename]
        if roles is _OWN:
            if stack.file is None:
                stack.file, stack.line, stack.function = code.co_filename, step.f_lineno, code.co_name
        elif roles:
            role = roles.get(code.co_name)
            if role is not None:
                if role[0] == SCOPE:
                    stack.scope = _scope(step, role[1])
                    break
                if stack.file is None:
                    open_intent = _note(stack, step, *role, open_intent)
        step = step.f_back
    return stack


def _note(stack, step, role, name, open_intent):
    """One frame between the cursor and the project's own code; whether the intent is still open after it."""
    if role == CALLER:
        if open_intent and name in _INTENTS:
            stack.intent, open_intent = _INTENTS[name], False
        if stack.caller != "prefetch":
            stack.caller = name
    elif role == QUERYSET:
        stack.iterating += (step,)
        stack.caller = stack.caller or "iterate"
    elif role == COMPILER and stack.compiler is None:
        stack.compiler = step.f_locals["self"]
        stack.model = getattr(stack.compiler.query, "model", None)
    elif role == RAW and stack.compiler is None:
        stack.raw = step.f_locals["self"]
    elif role == PREFETCH:
        stack.caller, open_intent = name, False
    return open_intent


@lru_cache(maxsize=None)
def _is_internal(file):
    return not recording_places.is_own(file) and any(part in file for part in _INTERNAL)


def _scope(step, name):
    """A number for the test, request or command; a frame without such an object counts as itself."""
    thing = step.f_locals.get(name)
    try:
        entry = _scopes.get(id(thing))
        if entry is not None and entry[0]() is thing:
            return entry[1]
        _numbers[0] += 1
        _scopes[id(thing)] = (weakref.ref(thing), _numbers[0])
        return _numbers[0]
    except TypeError:  # a text or a dict takes no weak reference
        return hash(thing) if isinstance(thing, str) else 0
