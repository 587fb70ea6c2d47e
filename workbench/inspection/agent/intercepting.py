"""Interception of Django: a compiler stops at the query that it would run, writes and cursors are refused."""

import contextlib
from functools import lru_cache

from . import content_types, context, explaining, sample_values, standing_writes, writing
from .patching import patched
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
_WRITES = ("bulk_update", "get_or_create", "update_or_create")


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
    patches += standing_writes.hashing()
    patches += [(RawQuery, "_execute_query", _refuse_raw)]
    patches += _features()
    patches += content_types.patches(method)
    patches += [(Lookup, "__init__", sample_values.lookup_init(Lookup.__init__))]
    patches += [(Value, "__init__", sample_values.value_init(Value.__init__))]
    patches += [(Model, name, _refuse(name + "()")) for name in ("save", "delete")]
    patches += [(QuerySet, name, _refuse(name + "()")) for name in _WRITES]
    patches += [(QuerySet, "explain", explaining.explain(watch))]
    patches += [(QuerySet, "update", writing.update(QuerySet.update, watch))]
    patches += [(QuerySet, "create", writing.create(watch, _written))]
    patches += [(QuerySet, "delete", writing.delete(watch, _written))]
    patches += [(QuerySet, "bulk_create", writing.bulk_create(watch, _written))]
    patches += [
        (QuerySet, name, _watched(name, getattr(QuerySet, name), watch)) for name in INTENTS if hasattr(QuerySet, name)
    ]
    with patched(patches):
        yield


def _features():
    """What Django would ask the connection: whether SQLite was built with its functions of JSON."""
    if context.dialect() != "sqlite":
        return []
    from django.db.backends.sqlite3.features import DatabaseFeatures

    return [(DatabaseFeatures, "supports_json_field", _has_json())]


@lru_cache(maxsize=None)
def _has_json():
    import sqlite3

    with contextlib.closing(sqlite3.connect(":memory:")) as memory:
        try:
            memory.execute("SELECT JSON('{}')")
        except sqlite3.OperationalError:
            return False
    return True


def _stop(stack):
    def execute_sql(compiler, *args, **kwargs):
        from django.core.exceptions import EmptyResultSet

        if getattr(compiler.query, "related_updates", None):
            fact = "it changes rows of more than one table"
            help = "update the tables one by one"
            raise _refusal("queryset-write", "update()", fact, help, "unsupported")
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
        raise _refusal("queryset-writes", what, fact, "give the queryset that selects the rows", "error")

    return refuse


def _refuse_raw(*args, **kwargs):
    fact = "it runs SQL written by hand, and the expression goes on with its rows"
    raise _refusal("queryset-goes-on", "raw()", fact, "give the raw() itself", "unsupported")


def _refusal(code, thing, fact, help, fidelity):
    return Rejected(context.diagnostic(code, FILE, thing, fact, help, fidelity))
