"""Stopping Django at the moment it would run a query: the compiler in hand is exactly the one it would execute."""

import contextlib
import os

from . import content_types, context, explaining, sample_values, writing
from .evaluating import diagnose, evaluate, outermost
from .raw_queries import Raw
from .rejection import FILE, Rejected

# The caller's method, and what it makes of the rows.
INTENTS = {
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
    "iterator": "rows",
}
WRITES = ("bulk_update", "get_or_create", "update_or_create")
_ITERATING = ("list()", "tuple()", "set()", "iter()", "len()", "bool()", "sorted()", "[]")


class Captured(BaseException):
    """Raised in place of executing: no ``except Exception`` of a project can swallow it."""

    def __init__(self, compiler, sql, params, empty, compilers):
        super().__init__()
        self.compiler, self.sql, self.params, self.empty = compiler, sql, params, empty
        self.compilers = compilers  # (compiler, depth) of the query and of every subquery
        self.intent, self.queryset = "rows", None
        self.pieces = False  # whether its rows are fetched piece by piece
        self.explain = ""  # what stands before it where its plan is asked for


class Watch:
    """What happened while an expression ran: the first terminal method, the queryset iterated last."""

    def __init__(self):
        self.method, self.queryset, self.explain = "", None, ""


def capture(text):
    """The ``Captured`` query of an expression, or a ``Raw`` one; raises Rejected where there is none."""
    watch, value = Watch(), None
    with watching(watch, _ending(text)):
        try:
            value = _queryset(text, evaluate(text), watch)
            if isinstance(value, Raw):
                return value
            if watch.method != "iterator":
                watch.queryset, watch.method = value, ""
            list(value)
        except Captured as captured:
            if value is None and not _ends(text, captured, watch):
                fact = "%s runs a query, and the expression goes on with its result" % (
                    watch.method + "()" if watch.method else "a loop"
                )
                help = "translate the two queries one by one"
                raise Rejected(_note("queryset-goes-on", text, fact, help, "unsupported")) from captured
            _require_own(captured, value, text)
            captured.intent, captured.queryset = _intent(captured, watch), watch.queryset
            captured.pieces, captured.explain = watch.method == "iterator", watch.explain
            return captured
        except Rejected:
            raise
        except Exception as error:  # Django finds some mistakes only when it compiles
            raise Rejected(diagnose(text, error)) from error
    raise Rejected(_note("queryset-no-query", text, "it runs no query at all", "", "note"))


def _ending(text):
    """The method that ends the expression; "" where the text is no expression."""
    try:
        return outermost(text)
    except (SyntaxError, AttributeError, IndexError):
        return ""


def _require_own(captured, value, text):
    """Rejected where what was captured is a query that Django runs before the queryset's own."""
    from django.db.models.query import QuerySet

    other = getattr(captured.compiler.query, "model", None)
    if isinstance(value, QuerySet) and other is not None and other is not value.model:
        fact = "Django asks for rows of %s before it can compile it" % other._meta.label
        help = "translate the two queries one by one"
        raise Rejected(_note("queryset-goes-on", text, fact, help, "unsupported"))


def _intent(captured, watch):
    """What the caller does with the rows, or the kind of write."""
    written = writing.QUERIES.get(type(captured.compiler.query).__name__)
    if watch.method in writing.METHODS and not written:
        fact = "Django reads the keys of the rows first: it is more than one statement"
        raise Rejected(_note("queryset-write", watch.method + "()", fact, "", "unsupported"))
    return written or INTENTS.get(watch.method, "rows")


def _ends(text, captured, watch):
    """Whether the captured query is the expression's last act."""
    method = outermost(text)
    last = method in _ITERATING if watch.method in ("", "iterator") else method == watch.method
    return last or _in_own_code(captured)


def _in_own_code(captured):
    """Whether a function that the expression calls last ran the query, and not the expression itself."""
    trace, files = captured.__traceback__, []
    while trace:
        files.append(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    called = files[max(i for i, file in enumerate(files) if file == FILE) + 1]
    return called != __file__ and os.path.join("django", "db", "models") not in called


def _queryset(text, value, watch):
    """The queryset of an expression's value; Rejected says what it is instead."""
    from django.db.models import Manager, Model
    from django.db.models.query import QuerySet, RawQuerySet

    if isinstance(value, QuerySet):
        return value._chain()
    if isinstance(value, Manager):
        return value.all()
    if isinstance(value, RawQuerySet):
        return Raw(value)
    if watch.method == "iterator" and hasattr(value, "gi_frame"):
        return value
    if watch.method:
        raise Rejected(_note("queryset-no-query", text, "%s() answers without a query" % watch.method, "", "note"))
    if isinstance(value, type) and issubclass(value, Model):
        help = "write %s.objects.all()" % value.__name__
        raise Rejected(_note("queryset-not-a-queryset", text, "this is the model class %s" % value.__name__, help))
    if hasattr(value, "close") and hasattr(value, "cr_code"):
        value.close()
        raise Rejected(_note("queryset-async", text, "this is a coroutine", "use the method without its leading a"))
    fact = "this is a value of type %s, not a queryset" % type(value).__name__
    raise Rejected(_note("queryset-not-a-queryset", text, fact, "end with a queryset or a call like .count()"))


def _note(code, thing, fact, help="", fidelity="error"):
    return context.diagnostic(code, FILE, thing.strip(), fact, help, fidelity)


@contextlib.contextmanager
def watching(watch, method=""):
    """Django with its doors closed: compilers stop before executing, writes and cursors are refused.

    ``method`` ends the expression.
    """
    from django.contrib.auth import hashers
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Lookup, Model, Value
    from django.db.models.query import BaseIterable, QuerySet
    from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler
    from django.db.models.sql.query import RawQuery

    stack = []  # compilers seen since the outermost as_sql began, with their depth
    patches = [(SQLCompiler, "execute_sql", _stop(stack)), (SQLInsertCompiler, "execute_sql", _refuse("insert"))]
    patches += [(SQLCompiler, "as_sql", noting_compilers(SQLCompiler.as_sql, stack))]
    patches += [(BaseIterable, "__init__", noting_queryset(BaseIterable.__init__, watch))]
    patches += [(BaseDatabaseWrapper, name, _refuse("a cursor")) for name in ("cursor", "chunked_cursor")]
    patches += [(BaseDatabaseWrapper, "ensure_connection", _refuse("a connection"))]
    patches += [(BaseDatabaseWrapper, "get_autocommit", lambda connection: False)]  # select_for_update() asks
    patches += [(hashers, "get_hasher", lambda algorithm="default": hashers.MD5PasswordHasher())]  # nothing is saved
    patches += [(RawQuery, "_execute_query", _refuse_raw)]
    patches += content_types.patches(method)
    patches += [(Lookup, "__init__", sample_values.lookup_init(Lookup.__init__))]
    patches += [(Value, "__init__", sample_values.value_init(Value.__init__))]
    patches += [(Model, name, _refuse(name + "()")) for name in ("save", "delete")]
    patches += [(QuerySet, name, _refuse(name + "()")) for name in WRITES]
    patches += [(QuerySet, "explain", explaining.explain(watch))]
    patches += [(QuerySet, "update", writing.update(QuerySet.update, watch))]
    patches += [(QuerySet, "create", writing.create(watch, _written))]
    patches += [(QuerySet, "delete", writing.delete(watch, _written))]
    patches += [(QuerySet, "bulk_create", writing.bulk_create(watch, _written))]
    patches += [
        (QuerySet, name, _watched(name, getattr(QuerySet, name), watch)) for name in INTENTS if hasattr(QuerySet, name)
    ]
    saved = [(owner, name, owner.__dict__[name]) for owner, name, _ in patches]
    try:
        for owner, name, replacement in patches:
            setattr(owner, name, replacement)
        yield
    finally:
        for owner, name, original in saved:
            setattr(owner, name, original)


def _stop(stack):
    def execute_sql(compiler, *args, **kwargs):
        from django.core.exceptions import EmptyResultSet

        if getattr(compiler.query, "related_updates", None):
            fact = "it changes rows of more than one table"
            raise Rejected(_note("queryset-write", "update()", fact, "update the tables one by one", "unsupported"))
        del stack[:]
        try:
            sql, params = compiler.as_sql()
            empty = not sql
        except EmptyResultSet:
            sql, params, empty = "", (), True
        if empty:
            sql, params = _spelled_out(compiler)
        raise Captured(compiler, sql, params, empty, list(stack))

    return execute_sql


def _written(compiler, sql, params):
    raise Captured(compiler, sql, params, False, [])


def _spelled_out(compiler):
    """The SQL of a query that Django knows to be empty, with its false condition written down."""
    from django.core.exceptions import EmptyResultSet

    try:
        compiler.elide_empty = False
        return compiler.as_sql()
    except EmptyResultSet:
        return "", ()


def noting_compilers(original, stack):
    """``as_sql()`` that adds (compiler, depth) of the query and of every subquery to the stack."""
    depth = [0]

    def as_sql(compiler, *args, **kwargs):
        stack.append((compiler, depth[0]))
        depth[0] += 1
        try:
            return original(compiler, *args, **kwargs)
        finally:
            depth[0] -= 1

    return as_sql


def noting_queryset(original, watch):
    """``__init__()`` of an iterable of rows that keeps its queryset on ``watch``."""

    def __init__(self, queryset, *args, **kwargs):
        watch.queryset = queryset
        original(self, queryset, *args, **kwargs)

    return __init__


def _watched(name, original, watch):
    def watched(self, *args, **kwargs):
        watch.method = watch.method or name
        if watch.queryset is None:  # whether it is empty would be a query
            watch.queryset = self
        return original(self, *args, **kwargs)

    watched.__name__ = name
    watched.queryset_only = getattr(original, "queryset_only", None)
    return watched


def _refuse(what):
    def refuse(*args, **kwargs):
        fact = "%s would write to the database or read it; only queries are compiled here" % what
        raise Rejected(_note("queryset-writes", what, fact, "give the queryset that selects the rows"))

    return refuse


def _refuse_raw(*args, **kwargs):
    fact = "it runs SQL written by hand, and the expression goes on with its rows"
    raise Rejected(_note("queryset-goes-on", "raw()", fact, "give the raw() itself", "unsupported"))
