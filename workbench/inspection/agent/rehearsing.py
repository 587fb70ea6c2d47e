"""Django's own code of a write, run without a database: each statement is met, and answered with values that stand in.

What later statements hold of such an answer is so seen, not guessed. No receiver of a signal runs: they are named.
"""

import contextlib

from . import caching, content_types, describing, signal_receivers, standing_writes
from .intercepting import noting_compilers, noting_queryset
from .patching import patched
from .quiet import quiet

_INTENTS = {"get": "get", "first": "first", "last": "last", "exists": "exists", "count": "count"}


@contextlib.contextmanager
def rehearsal(stage):
    """Inside, every statement of Django's is met by the stage; nothing reaches a database."""
    from django.db import connections
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.deletion import Collector
    from django.db.models.query import BaseIterable, QuerySet
    from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler
    from django.db.transaction import Atomic

    patches = [(SQLCompiler, "execute_sql", _execute(stage)), (SQLInsertCompiler, "execute_sql", _insert(stage))]
    patches += [(SQLCompiler, "as_sql", noting_compilers(SQLCompiler.as_sql, stage.stack))]
    patches += [(SQLCompiler, "get_converters", lambda compiler, expressions: {})]
    patches += [(BaseIterable, "__init__", noting_queryset(BaseIterable.__init__, stage))]
    patches += [(Collector, "related_objects", _related(Collector.related_objects))]
    patches += signal_receivers.noted(stage.receivers)
    patches += [(Atomic, "__enter__", lambda atomic: None), (Atomic, "__exit__", lambda atomic, *error: None)]
    patches += [(BaseDatabaseWrapper, name, _refuse(name)) for name in ("cursor", "chunked_cursor")]
    patches += [(BaseDatabaseWrapper, "ensure_connection", _refuse("a connection"))]
    patches += [(BaseDatabaseWrapper, "get_autocommit", lambda connection: False)]
    patches += [(QuerySet, name, _within(getattr(QuerySet, name), _INTENTS[name], stage)) for name in _INTENTS]
    patches += standing_writes.patches() + caching.patches()
    with patched(patches), _in_transaction(list(connections)), content_types.uncached(), quiet():
        yield


@contextlib.contextmanager
def _in_transaction(aliases):
    """``on_commit`` only notes what it is given; that is dropped."""
    from django.db import connections

    known = [connections[alias] for alias in aliases]
    saved = [(c, c.in_atomic_block, c.run_on_commit, c.needs_rollback) for c in known]
    try:
        for connection in known:
            connection.in_atomic_block, connection.run_on_commit = True, []
        yield
    finally:
        for connection, inside, later, broken in saved:
            connection.in_atomic_block, connection.run_on_commit, connection.needs_rollback = inside, later, broken


def _execute(stage):
    def execute_sql(compiler, result_type="multi", *args, **kwargs):
        from django.core.exceptions import EmptyResultSet

        del stage.stack[:]
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            sql, params = "", ()
        return _shaped(result_type, *(_found(stage, compiler, sql, params) if sql else ([], 0)))

    return execute_sql


def _found(stage, compiler, sql, params):
    """(rows, number of changed rows)"""
    kind = {"UpdateQuery": "update", "DeleteQuery": "delete"}.get(type(compiler.query).__name__, "select")
    act = stage.meet(compiler, sql, params, kind)
    if kind != "select":
        return [], stage.rows(act, stage.acts)
    found = stage.answer(act, [expression for expression, _ in describing.expressions(compiler)])
    return found, len(found)


def _shaped(result_type, rows, count):
    if result_type == "multi":
        return iter([rows])
    if result_type == "single":
        return rows[0] if rows else None
    if result_type == "cursor":
        return _Cursor(count)
    return count if result_type == "row count" else None


class _Cursor:
    """What ``execute_sql(CURSOR)`` gives."""

    def __init__(self, rowcount):
        self.rowcount = rowcount

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def _insert(stage):
    def execute_sql(compiler, returning_fields=None):
        compiler.returning_fields = returning_fields
        statements = compiler.as_sql()
        acts = [stage.meet(compiler, sql, params, "insert") for sql, params in statements]
        if not returning_fields:
            return []
        acts[-1].columns = [field.column for field in returning_fields]
        acts[-1].fields = list(returning_fields)
        columns = [field.get_col(compiler.query.get_meta().db_table) for field in returning_fields]
        acts[-1].answers = [[stage.value(column) for column in columns] for _ in compiler.query.objs]
        return [tuple(row) for row in acts[-1].answers]

    return execute_sql


def _within(original, intent, stage):
    def within(self, *args, **kwargs):
        stage.calls.append(intent)
        try:
            return original(self, *args, **kwargs)
        finally:
            stage.calls.pop()

    within.queryset_only = getattr(original, "queryset_only", None)
    return within


def _related(original):
    """The rows that hang on those to be deleted, marked with the field that leads to them."""

    def related_objects(collector, related_model, related_fields, objs):
        found = original(collector, related_model, related_fields, objs)
        fields = related_fields if isinstance(related_fields, (list, tuple)) else [related_fields]
        found.query._workbench_relation = fields[0]
        return found

    return related_objects


def _refuse(what):
    def refuse(*args, **kwargs):
        raise standing_writes.refusal(what, "the project's code asks the database past Django's ORM")

    return refuse
