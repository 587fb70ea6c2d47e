"""The operation ``execute``: queries of expressions, run on the database of the agent's settings, decoded by Django."""

from . import describing, raw_queries
from .capturing import capture
from .decoding import decoded
from .pointing import point_to
from .rejection import Rejected
from .wire import document, to_wire


def execute(request):
    """``{"results": […]}``: for each of ``expressions`` its rows in wire form, an ``error``, or a ``diagnostic``.

    ``database`` names the scratch database to run on (entries of DATABASES); without it, that of the settings.
    """
    point_to(request.get("database") or {})
    return {"results": [_result(text) for text in request["expressions"]]}


def _result(text):
    from django.db import Error

    try:
        captured = capture(text)
    except Rejected as rejected:
        return {"columns": [], "rows": [], "error": None, "diagnostic": rejected.diagnostic}
    if isinstance(captured, raw_queries.Raw):
        return _raw(captured)
    columns = [output["name"] for output in describing.outputs(captured)]
    try:
        return {"columns": columns, "rows": rows(captured), "error": None, "diagnostic": None}
    except Error as error:
        return {"columns": columns, "rows": [], "error": _message(error), "diagnostic": None}
    except (ArithmeticError, TypeError, ValueError) as error:  # a converter that cannot read the database's value
        message = "Django cannot read its value: %s %s" % (type(error).__name__, error)
        return {"columns": columns, "rows": [], "error": message, "diagnostic": None}


def _raw(captured):
    """The result of a raw queryset; what Django says where its columns make no instance is its error."""
    from django.core.exceptions import FieldDoesNotExist
    from django.db import Error, connections, transaction

    using = captured.queryset.db
    try:
        with transaction.atomic(using=using):
            if connections[using].vendor == "postgresql":
                with connections[using].cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
            found = raw_queries.rows(captured)
            transaction.set_rollback(True, using=using)
        return {"columns": captured.queryset.columns, "rows": found, "error": None, "diagnostic": None}
    except Error as error:
        return {"columns": [], "rows": [], "error": _message(error), "diagnostic": None}
    except (ArithmeticError, FieldDoesNotExist, TypeError, ValueError) as error:
        return {"columns": [], "rows": [], "error": "%s %s" % (type(error).__name__, error), "diagnostic": None}


def rows(captured):
    """The rows of a captured query as Django's converters decode them, in wire form; the transaction is rolled back."""
    from django.db import transaction

    if captured.empty and captured.intent not in ("count", "aggregate"):
        return []
    compiler = captured.compiler
    kinds = [describing.kind_of(expression) for expression, _ in describing.expressions(compiler)]
    with transaction.atomic(using=compiler.using):
        found = _fetch(compiler, captured.sql, captured.params)
        transaction.set_rollback(True, using=compiler.using)
    return [[_wire(kind, value) for kind, value in zip(kinds, row)] for row in decoded(compiler, found)]


def _fetch(compiler, sql, params):
    with compiler.connection.cursor() as cursor:
        if compiler.connection.vendor == "postgresql" and not compiler.query.select_for_update:
            cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(sql, params)
        return [list(row) for row in cursor.fetchall()]


def _wire(kind, value):
    return document(value) if kind == "JSONField" else to_wire(value)


def _message(error):
    """SQLSTATE where the driver gives one, and the first line."""
    cause = error.__cause__ or error
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    first = (str(error).splitlines() or [""])[0]
    return "%s %s" % (state, first) if state else first
