"""Django's own code of a write, run without a database: each statement is met, and answered with values that stand in.

What later statements hold of such an answer is so seen, not guessed. No receiver of a signal runs: they are named.
"""

import contextlib

from . import standing, standing_writes
from .capturing import Captured, noting_compilers, noting_queryset
from .describing import kind_of
from .quiet import quiet
from .rejection import Rejected

_INTENTS = {"get": "get", "first": "first", "last": "last", "exists": "exists", "count": "count"}
_SIGNALS = ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
_FIRST = 60  # numbers of stand-ins: those of the expression's own variables are smaller
MOST_STATEMENTS = 60  # a fuse; and nobody would read more


class Act:
    """One statement: its query, what the caller does with it, and the values that it was answered with."""

    def __init__(self, captured, kind, phase):
        self.captured, self.kind, self.phase = captured, kind, phase
        self.relation = None  # the field whose ``on_delete`` asks for these rows
        self.again = False  # and asks again for the rows that hang on them, until there are none
        self.columns = []  # of an INSERT: the columns it gives back
        self.fields = []  # of the columns that it gives back
        self.answers = []  # rows of values

    def adapted(self, index, value):
        """The value as a parameter of a later statement holds it."""
        field, connection = self.fields[index], self.captured.compiler.connection
        if isinstance(value, Unknown) or field is None:
            return value
        return field.get_db_prep_value(value, connection)


class Stage:
    """A rehearsal: ``rows`` says how many rows (or changed rows) a statement finds; ``other``: with other values."""

    def __init__(self, rows, other=False):
        self.rows, self.other = rows, other
        self.acts, self.receivers, self.phase = [], {}, "before"
        self.stack, self.calls, self.queryset = [], [], None
        self.met, self.failure, self.loaded = {}, "", False
        self._next = _FIRST

    def begin(self, apart):
        """The method itself is called now; its answers are ``apart`` from those of its other way."""
        self.phase = "during"
        self._next += apart

    def meet(self, compiler, sql, params, kind):
        """Notes a statement and returns it, answered."""
        captured = Captured(compiler, sql, params, False, list(self.stack))
        captured.intent, captured.queryset = self.calls[-1] if self.calls else "rows", self.queryset
        act = Act(captured, kind, self.phase)
        act.relation = getattr(compiler.query, "_workbench_relation", None)
        self.acts.append(act)
        if len(self.acts) > MOST_STATEMENTS:
            raise _endless()
        return act

    def answer(self, act, expressions):
        """Rows for a SELECT list, as many as ``rows`` says; a column that must be an earlier answer is that one."""
        known = {repr(value) for other in self.acts for row in other.answers for value in row}
        query = act.captured.compiler.query
        columns = [_column(query, expression) for expression in expressions]
        demanded = {**_demanded(query, known), **_of_relation(act.captured.queryset, query)}
        act.fields = [getattr(expression, "target", None) for expression in expressions]
        for number in range(self.rows(act, self.acts)):
            row = {column: held[number % len(held)] for column, held in demanded.items()}
            for column, expression in zip(columns, expressions):
                if column not in row:
                    row[column] = self.value(expression)
            act.answers.append([row[column] for column in columns])
        return [tuple(row) for row in act.answers]

    def value(self, expression):
        """A value that stands for what a row holds; another for each."""
        self._next += 1
        variable = standing.Variable("row %d" % self._next, self._next, self.other)
        try:
            return standing.sample(getattr(expression, "target", None) or expression.output_field, variable)
        except (Rejected, AttributeError):  # of a type that nobody knows: refused where a later statement holds it
            return Unknown(kind_of(expression))


def _column(query, expression):
    """Of columns that a join makes equal, the first one's (alias, column); of anything else the expression itself."""
    target, alias = getattr(expression, "target", None), getattr(expression, "alias", None)
    if target is None or alias is None:
        return expression
    name = target.column
    while getattr(query.alias_map.get(alias), "parent_alias", None):
        join = query.alias_map[alias]
        left = next((left for left, right in join.join_cols if right == name), None)
        if left is None:
            break
        alias, name = join.parent_alias, left
    return alias, name


def _of_relation(queryset, query):
    """The key that rows of a related manager have: that of the instance it belongs to."""
    if getattr(queryset, "query", None) is not query:
        return {}
    held, found = getattr(queryset, "_known_related_objects", {}), {}
    for field, instances in held.items():
        if len(instances) == 1 and getattr(field, "column", None):
            ((key, _),) = instances.items()
            found[query.base_table, field.column] = [key]
    return found


def _demanded(query, known):
    """The earlier answers, one of which a column of every row must be: ``column = x``, ``column IN (x, y)``."""
    where, found = query.where, {}
    for child in where.children if where.connector == "AND" and not where.negated else ():
        if getattr(child, "lookup_name", None) in ("exact", "in") and getattr(child.lhs, "target", None) is not None:
            held = list(child.rhs) if isinstance(child.rhs, (list, tuple, set)) else [child.rhs]
            if held and all(repr(value) in known for value in held):
                found[_column(query, child.lhs)] = held
    return found


class Unknown:
    """In place of a value whose type is not known."""

    def __init__(self, kind):
        self.kind = kind

    def __eq__(self, other):
        return self is other

    __hash__ = object.__hash__


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


@contextlib.contextmanager
def rehearsal(stage):
    """Inside, every statement of Django's is met by the stage; nothing reaches a database."""
    from django.db import connections
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.deletion import Collector
    from django.db.models.query import BaseIterable, QuerySet
    from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler
    from django.db.transaction import Atomic
    from django.dispatch import Signal

    patches = [(SQLCompiler, "execute_sql", _execute(stage)), (SQLInsertCompiler, "execute_sql", _insert(stage))]
    patches += [(SQLCompiler, "as_sql", noting_compilers(SQLCompiler.as_sql, stage.stack))]
    patches += [(SQLCompiler, "get_converters", lambda compiler, expressions: {})]
    patches += [(BaseIterable, "__init__", noting_queryset(BaseIterable.__init__, stage))]
    patches += [(Collector, "related_objects", _related(Collector.related_objects))]
    patches += [(Signal, "send", _send(Signal.send, stage))]
    patches += [(Atomic, "__enter__", lambda atomic: None), (Atomic, "__exit__", lambda atomic, *error: None)]
    patches += [(BaseDatabaseWrapper, name, _refuse(name)) for name in ("cursor", "chunked_cursor")]
    patches += [(BaseDatabaseWrapper, "ensure_connection", _refuse("a connection"))]
    patches += [(BaseDatabaseWrapper, "get_autocommit", lambda connection: False)]
    patches += [(QuerySet, name, _within(getattr(QuerySet, name), _INTENTS[name], stage)) for name in _INTENTS]
    patches += standing_writes.patches()
    with patched(patches), _in_transaction(list(connections)), own_content_types(), quiet():
        yield


@contextlib.contextmanager
def patched(patches):
    """Attributes of classes replaced, and put back."""
    saved = [(owner, name, owner.__dict__.get(name)) for owner, name, _ in patches]
    try:
        for owner, name, replacement in patches:
            setattr(owner, name, replacement)
        yield
    finally:
        for owner, name, original in saved:
            if original is None:
                delattr(owner, name)
            else:
                setattr(owner, name, original)


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


@contextlib.contextmanager
def own_content_types():
    """Content types are cached by the process: none that stands in may stay there."""
    from django.apps import apps

    if not apps.is_installed("django.contrib.contenttypes"):
        yield
        return
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        ContentType.objects.clear_cache()


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
    found = stage.answer(act, [expression for expression, *_ in compiler.select])
    return found, len(found)


def _shaped(result_type, rows, count):
    if result_type == "multi":
        return iter([rows])
    if result_type == "single":
        return rows[0] if rows else None
    if result_type == "cursor":
        return _Cursor(count)
    return count if result_type == "row count" else None


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


def _send(original, stage):
    def send(signal, sender, **named):
        from django.db.models import signals

        name = next((name for name in _SIGNALS if getattr(signals, name) is signal), None)
        if name is None:
            return original(signal, sender, **named)
        found = signal._live_receivers(sender)
        for receiver in found[0] + found[1] if isinstance(found, tuple) else found:
            stage.receivers.setdefault(receiver, name)
        return []

    return send


def silenced():
    """(class, attribute, replacement) that keep receivers of a write's signals from being called."""
    from django.dispatch import Signal

    return [(Signal, "send", _send(Signal.send, Stage(None)))]


def _refuse(what):
    def refuse(*args, **kwargs):
        raise standing_writes.refusal(what, "the project's code asks the database past Django's ORM")

    return refuse


def _endless():
    return standing_writes.refusal("statements", "it sends more than %d, or never ends" % MOST_STATEMENTS)
