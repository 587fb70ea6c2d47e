"""A statement at its first execution, described: what its SQL does not say, and the query itself where it pickles."""

import base64
import copyreg
import hashlib
import io
import operator
import pickle
import sys
from functools import lru_cache

from . import describing, recording_models, recording_parts
from .wire import parameter

_KINDS = (("SQLInsertCompiler", "insert"), ("SQLUpdateCompiler", "update"), ("SQLDeleteCompiler", "delete"))
_MOST_VALUES = 5000  # parameters that are kept
_MOST_BYTES = 1 << 18  # of a pickled query
_HOLDING = ("children", "lhs", "rhs", "query", "condition", "resolved_condition")  # attributes that hold expressions
_COLUMN, _QUERY, _HELD, _ASKED = range(1, 5)  # a part without others, a query, others in attributes, also asked for
_forms = {}  # type: dict  # a class -> one of these
_PLAIN_VALUES = frozenset([str, int, float, bool, bytes, type(None)])
_NONE = {}  # type: dict
_texts = {}  # the values of an output or a source -> its JSON
_blocks = {}  # id of an Atomic -> its number, and the Atomic, so that the id stays its own


class Seen:
    """What ``describing`` reads of a query."""

    def __init__(self, stack):
        self.compiler, self.intent, self.queryset = stack.compiler, stack.intent, stack.iterable


def describe(recorder, connection, sql, values, many, stack):
    """The line of a statement."""
    record = _plain(recorder, connection, str(sql), values, many, stack)
    try:
        if stack.compiler is not None:
            _explain(recorder, record, connection, stack)
        elif stack.raw is not None:
            record["kind"] = "raw"
    except Exception as error:
        recorder.failed(error)
    record["id"] = identity(record)
    return record


def identity(record):
    """Equal for the same statement over the same tables, in whatever process it was met."""
    parts = "\0".join([record["dialect"], record["sql"], *record["models"]])
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def line(record):
    """The statement's line, which ends with its pickled query."""
    facts = dict(record)
    key, pickled_query, lists = facts.pop("id"), facts.pop("pickle"), [facts.pop("outputs"), facts.pop("sources")]
    outputs, sources = ("[%s]" % ", ".join(map(_text, records)) for records in lists)
    end = "null" if pickled_query is None else '"%s"' % pickled_query
    text = recording_parts.encode(facts)[:-1]
    return 'statement %s %s, "outputs": %s, "sources": %s, "pickle": %s}\n' % (key, text, outputs, sources, end)


def _text(record):
    """JSON of an output or a source; the same columns and tables are met in many statements."""
    key = tuple(record.values())
    if key not in _texts:
        _texts[key] = recording_parts.encode(record)
    return _texts[key]


def _plain(recorder, connection, sql, values, many, stack):
    """What is known of any statement, one written by hand included."""
    values = (values[0] if values else ()) if many and hasattr(values, "__getitem__") else () if many else values
    listed = list(values.values() if isinstance(values, dict) else values or ())
    return {
        "kind": "cursor",
        "dialect": {"postgresql": "postgres"}.get(connection.vendor, connection.vendor),
        "sql": sql,
        "parameters": [_wire(value, recorder.redact) for value in listed] if len(listed) <= _MOST_VALUES else [],
        "named": sorted(values) if isinstance(values, dict) else [],
        "bound": values is not None,
        "many": many,
        "cut": len(listed) > _MOST_VALUES,
        "model": "",
        "intent": stack.intent,
        "shape": "instance",
        "outputs": [],
        "sources": [],
        "ordered": False,
        "models": [],
        "returning": [],
        "pickle": None,
    }


def _wire(value, redact):
    """The parameter, or only what kind of value it is."""
    found = parameter(value)
    if not redact or found is None:
        return found
    return {"$": "redacted", "v": found["$"] if isinstance(found, dict) else type(found).__name__}


def _explain(recorder, record, connection, stack):
    """What the compiler knows of its statement."""
    seen, query = Seen(stack), stack.compiler.query
    record["kind"] = _kind_of(type(stack.compiler))
    if getattr(query, "explain_info", None) or getattr(query, "explain_query", False):
        record["kind"] = "explain"
    found = list(queries(query))
    joined = [join for inner, depth in found for join in _joins(inner, depth)]
    models = {getattr(inner, "model", None) for inner, _ in found}.union(join[-1] for join in joined)
    record["models"] = recording_models.identities(recorder, connection, models - {None})
    record["model"] = describing.model_label(seen)
    if record["kind"] == "select":
        record["shape"] = describing.shape(seen)
        record["outputs"] = describing.outputs(seen)
        record["ordered"] = describing.ordered(seen)
    if record["kind"] == "insert":
        fields = getattr(stack.compiler, "returning_fields", None) or ()
        record["returning"] = [field.name for field in fields if hasattr(field, "name")]
    record["sources"] = [_source(*join) for join in joined]
    if not recorder.redact:  # a pickled query holds its values
        record["pickle"] = pickled(query)


@lru_cache(maxsize=None)
def _kind_of(compiler):
    """The kind of statement that a class of compilers makes."""
    names = [cls.__name__ for cls in compiler.__mro__]
    return next((kind for name, kind in _KINDS if name in names), "select")


def _joins(query, depth):
    """(all joins, alias, depth, model) of each table of a query."""
    joins = getattr(query, "alias_map", {})
    return [(joins, alias, depth, recording_models.of_join(query, joins[alias])) for alias in joins]


def _source(joins, alias, depth, model):
    return {
        "alias": alias,
        "table": joins[alias].table_name,
        "model": model._meta.label if model is not None else None,
        "path": describing._path(joins, alias),
        "depth": depth,
    }


def queries(query, depth=0, done=None):
    """(query, depth) of a query and of those inside it: subqueries, set operations, lookups' right sides."""
    done = set() if done is None else done
    if id(query) in done:
        return
    done.add(id(query))
    yield query, depth
    parts = [getattr(query, "inner_query", None), getattr(query, "where", None)]
    parts += getattr(query, "combined_queries", ())
    parts += getattr(query, "annotations", {}).values()
    parts += getattr(query, "select", ())
    parts += query.order_by
    parts += [value for _, _, value in getattr(query, "values", None) or ()]
    parts += [getattr(join, "filtered_relation", None) for join in getattr(query, "alias_map", {}).values()]
    for inner in _inside(parts):
        yield from queries(inner, depth + 1, done)


def _inside(waiting):
    """The queries that expressions, conditions and lookups hold directly; ``waiting`` is used up."""
    seen = set()
    while waiting:
        part = waiting.pop()
        cls = type(part)
        if cls in _PLAIN_VALUES or id(part) in seen:
            continue
        if cls is list or cls is tuple:
            waiting += part
            continue
        seen.add(id(part))
        form = _forms.get(cls) or _form_of(part)
        if form == _COLUMN:
            continue
        if form == _QUERY:
            yield part
            continue
        own = getattr(part, "__dict__", _NONE)  # asking for other attributes could run the project's code
        for name in _HOLDING:
            if name in own:
                waiting.append(own[name])
        if form == _ASKED:
            waiting += part.get_source_expressions()


def _form_of(part):
    """Where instances of its class hold others; asked once a class."""
    from django.db.models.lookups import Lookup
    from django.db.models.sql.where import WhereNode

    cls, ask = type(part), getattr(part, "get_source_expressions", None)
    told = [base.get_source_expressions for base in (Lookup, WhereNode)]  # nothing that is in no attribute
    if cls.__name__ == "Col":  # there are more of them than of all others
        form = _COLUMN
    elif hasattr(part, "alias_map"):
        form = _QUERY
    else:
        form = _HELD if ask is None or getattr(ask, "__func__", None) in told else _ASKED
    _forms[cls] = form
    return form


class _Reducers(dict):
    """How instances of each class are taken apart; asked once a class, so that pickling stays as fast as it is."""

    def __missing__(self, cls):
        if issubclass(cls, type):
            self[cls] = _by_name
            return _by_name
        names = [base.__name__ for base in cls.__mro__]
        evaluated = "QuerySet" in names or "LazyObject" in names
        plain = _instances() if _is_djangos_own(cls) else _PLAIN
        self[cls] = copyreg.dispatch_table.get(cls) or (_refuse if evaluated else plain)
        return self[cls]


def _is_djangos_own(cls):
    """Whether a model leaves its pickling to Django."""
    from django.db.models import Model

    own = issubclass(cls, Model) and cls.__reduce_ex__ is object.__reduce_ex__
    return own and all(getattr(cls, name) is getattr(Model, name) for name in ("__reduce__", "__getstate__"))


@lru_cache(maxsize=None)
def _instances():
    """What ``Model.__reduce__`` gives, without the copies that it makes: nothing changes while it is written."""
    import django
    from django.db.models.base import model_unpickle

    def taken_apart(instance):
        state = dict(instance.__dict__, _django_version=django.__version__)
        if memoryview in map(type, state.values()):
            return instance.__reduce__()
        return model_unpickle, ((instance._meta.app_label, instance._meta.object_name),), state

    return taken_apart


def _by_name(cls):
    """A class goes by its name; a many-to-many field's own table has none in any module, and goes by its key."""
    options = getattr(cls, "_meta", None)
    if options is not None and options.auto_created and options.pk is not None:
        return getattr, (options.pk, "model")
    if cls.__module__ not in sys.modules:  # looking for it would import: a migration's stand-in for a model
        raise pickle.PicklingError("%s is in no module" % cls.__name__)
    return cls.__qualname__


def _refuse(thing):
    """What would run a query, or the project's code, to be pickled."""
    raise pickle.PicklingError("%s is evaluated when it is pickled" % type(thing).__name__)


_PLAIN = operator.methodcaller("__reduce_ex__", 4)
_reducers = _Reducers()


def pickled(query):
    """The query as base64 text, or None: functions of a test and open files do not pickle."""
    beginning, known = _begun()
    written = io.BytesIO()
    pickler = _pickler(written)
    pickler.memo = dict(known) if isinstance(known, dict) else known  # CPython copies its own
    try:
        pickler.dump(query)
    except Exception:  # whatever an object's own __reduce__ raises: the statement's SQL is kept in any case
        return None
    data = beginning + written.getvalue()
    return base64.b64encode(data).decode("ascii") if len(data) <= _MOST_BYTES else None


def _pickler(written):
    pickler = pickle.Pickler(written, protocol=4)
    pickler.dispatch_table = _reducers
    return pickler


@lru_cache(maxsize=None)
def _begun():
    """How each pickle begins, and what is known then: finding a class by its name takes longer than writing it."""
    from django.db.models.expressions import Col
    from django.db.models.fields import _load_field
    from django.db.models.lookups import Exact
    from django.db.models.sql.datastructures import BaseTable, Join
    from django.db.models.sql.query import Query
    from django.db.models.sql.where import WhereNode

    written = io.BytesIO()
    pickler = _pickler(written)
    pickler.dump((Query, WhereNode, BaseTable, Join, Col, Exact, _load_field))
    return written.getvalue()[:-1] + pickle.POP, pickler.memo  # in place of the end


def transaction(connection):
    """``None`` in autocommit; else the numbers of the atomic blocks around the statement, outermost first."""
    if not connection.in_atomic_block:
        return None
    blocks = getattr(connection, "atomic_blocks", ())
    return [_blocks.setdefault(id(block), (len(_blocks) + 1, block))[0] for block in blocks]
