"""The operation ``perform``: a write run for real on a scratch database, what all tables hold then, and a rollback.

Variables, the clock and defaults hold the values that stand in for them, as in the statements that were translated.
"""

import contextlib

from . import caching, content_types, giving, signal_receivers, standing_writes
from .evaluating import evaluate_call
from .limiting import limited
from .patching import patched
from .pointing import point_to
from .quiet import quiet
from .rejection import Rejected


def perform(request):
    """``{"error", "created", "statements", "rows"}`` of ``expression`` on ``database``.

    ``before`` is run first, ``dump`` reads the tables; with ``keep`` what the write did stays, and nothing is dumped.
    """
    from django.db import connections, transaction

    point_to(request.get("database") or {})
    connection, statements = connections["default"], []
    with transaction.atomic():
        _run(connection, request["before"])
        answer = _performed(request["expression"], connection, statements)
        rows = [] if request["keep"] else _run(connection, [request["dump"]])
        transaction.set_rollback(not request["keep"])
    return dict(answer, statements=statements, rows=[[number, text] for number, text in rows])


def _performed(text, connection, statements):
    from django.db import transaction

    try:
        with transaction.atomic(), content_types.uncached(), _standing(), limited(text):
            with connection.execute_wrapper(_noting(statements)):
                value = _called(text)
            connection.check_constraints()
    except Rejected as rejected:
        return {"error": "not run: %s" % rejected.diagnostic["fact"], "created": None}
    except Exception as error:  # whatever the database or the project's code refuses
        return {"error": "%s: %s" % (type(error).__name__, _first_line(error)), "created": None}
    pair = isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bool)
    return {"error": None, "created": value[1] if pair else None}


def _called(text):
    receiver, method, positional, named = evaluate_call(text)
    positional, named = giving.given(method, receiver, positional, named)
    return getattr(receiver, method)(*positional, **named)


@contextlib.contextmanager
def _standing():
    with patched(standing_writes.patches() + signal_receivers.silenced() + caching.patches()), quiet():
        yield


def _noting(statements):
    def note(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    return note


def _run(connection, texts):
    """The rows of the last one. Without parameters a driver reads no placeholders."""
    found = []
    with connection.cursor() as cursor:
        for text in texts:
            cursor.execute(text, None)
            found = cursor.fetchall() if cursor.description else []
    return found


def _first_line(error):
    return (str(error).splitlines() or [""])[0]
