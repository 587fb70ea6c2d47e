"""What the stack says of a statement: who asked for it, from which line, inside which test, request or command."""

import os
import weakref

from . import recording_places

OWN, COMPILER, CALLER, PREFETCH, SCOPE, RAW, QUERYSET, CURSOR = range(1, 9)

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
_ROLES = {
    ("django/db/models/sql/compiler.py", "execute_sql"): (COMPILER, "self"),
    ("django/db/models/sql/query.py", "_execute_query"): (RAW, "self"),
    ("django/db/backends/utils.py", "execute"): (CURSOR, ""),
    ("django/db/backends/utils.py", "executemany"): (CURSOR, ""),
    ("django/db/backends/utils.py", "_execute_with_wrappers"): (CURSOR, ""),
    ("django/db/backends/utils.py", "__enter__"): (CURSOR, ""),
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
# Where repetition is counted anew: a call of the function, known by the object in a local variable.
_ROLES.update(
    {
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
_known = {}  # id of a code object -> (the code object, its role, what the role names, whether it is internal)
_scopes = {}  # id of a test, request or command -> (weak reference, its number)
_numbers = [0]


class Stack:
    """One look at the stack."""

    file = line = function = compiler = model = raw = iterable = None
    caller, intent, scope, internal = "", "rows", 0, False


def look(frame):
    """The ``Stack`` around a frame of ``CursorWrapper._execute``."""
    stack, known, step = Stack(), _known, frame.f_back
    inside = True  # still inside the queryset's own methods
    entry = known.get(id(step.f_code)) or _classified(step.f_code)
    while entry[1] == CURSOR and step.f_back is not None:
        step = step.f_back
        entry = known.get(id(step.f_code)) or _classified(step.f_code)
    if entry[1] not in (COMPILER, RAW):  # nothing but cursors below the one who asked
        stack.caller, stack.internal = "cursor", entry[3]
        if stack.internal:
            return stack
    while step is not None:
        code = step.f_code
        entry = known.get(id(code)) or _classified(code)
        role = entry[1]
        if role:
            if role == SCOPE:
                stack.scope = _scope(step, entry[2])
                break
            if stack.file is None:
                inside = _note(stack, step, role, entry[2], inside)
        step = step.f_back
    return stack


def _note(stack, step, role, name, inside):
    """One frame between the cursor and the project's own code; whether the intent is still open after it."""
    if role == OWN:
        code = step.f_code
        stack.file, stack.line, stack.function = code.co_filename, step.f_lineno, code.co_name
    elif role == COMPILER and stack.compiler is None:
        stack.compiler = step.f_locals["self"]
        stack.model = getattr(stack.compiler.query, "model", None)
    elif role == RAW and stack.compiler is None:
        stack.raw = step.f_locals["self"]
    elif role == QUERYSET:
        _note_iterable(stack, step.f_locals.get("self"))
    elif role == CALLER:
        if inside and name in _INTENTS:
            stack.intent, inside = _INTENTS[name], False
        if stack.caller != "prefetch":
            stack.caller = name
    elif role == PREFETCH:
        stack.caller, inside = name, False
    return inside


def _note_iterable(stack, iterable):
    """The queryset behind ``ModelIterable.__iter__`` and the like; its own ``__iter__`` says that rows are wanted."""
    if stack.iterable is None and hasattr(iterable, "chunked_fetch"):
        stack.iterable = iterable.queryset
    if not stack.caller:
        stack.caller = "iterate"


def _classified(code):
    file = code.co_filename
    role, name = (OWN, "") if recording_places.is_own(file) else _role(file, code.co_name)
    internal = role != OWN and any(part in file for part in _INTERNAL)
    entry = _known[id(code)] = (code, role, name, internal)
    return entry


def _role(file, name):
    parts = file.replace(os.sep, "/").split("/")
    for size in (5, 4, 3, 2):
        found = _ROLES.get(("/".join(parts[-size:]), name))
        if found:
            return found
    return 0, ""


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
