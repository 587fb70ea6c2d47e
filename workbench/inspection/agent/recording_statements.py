"""A statement at its first execution, described: what its SQL does not say, and the query itself where it pickles."""

import base64
import copyreg
import hashlib
import io
import operator
import pickle

from . import describing, recording_models
from .wire import to_wire

_KINDS = (("SQLInsertCompiler", "insert"), ("SQLUpdateCompiler", "update"), ("SQLDeleteCompiler", "delete"))
_MOST_VALUES = 5000  # parameters that are kept
_MOST_BYTES = 1 << 18  # of a pickled query
_HOLDING = ("children", "lhs", "rhs", "query", "condition", "resolved_condition")  # attributes that hold expressions
_PLAIN_VALUES = (str, int, float, bytes, type, type(None))
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
    parts = [record["dialect"], record["sql"], *record["models"]]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _plain(recorder, connection, sql, values, many, stack):
    """What is known of any statement, one written by hand included."""
    values = (values[0] if values else ()) if many and hasattr(values, "__getitem__") else () if many else values
    listed = list(values.values() if isinstance(values, dict) else values or ())
    return {
        "record": "statement",
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
    found = to_wire(value)
    if not redact or found is None:
        return found
    return {"$": "redacted", "v": found["$"] if isinstance(found, dict) else type(found).__name__}


def _explain(recorder, record, connection, stack):
    """What the compiler knows of its statement."""
    seen, query = Seen(stack), stack.compiler.query
    names = [cls.__name__ for cls in type(stack.compiler).__mro__]
    record["kind"] = next((kind for name, kind in _KINDS if name in names), "select")
    if getattr(query, "explain_info", None) or getattr(query, "explain_query", False):
        record["kind"] = "explain"
    found = list(queries(query))
    record["models"] = recording_models.identities(recorder, connection, found)
    record["model"] = describing.model_label(seen)
    if record["kind"] == "select":
        record["shape"] = describing.shape(seen)
        record["outputs"] = describing.outputs(seen)
        record["ordered"] = describing.ordered(seen)
    if record["kind"] == "insert":
        fields = getattr(stack.compiler, "returning_fields", None) or ()
        record["returning"] = [field.name for field in fields if hasattr(field, "name")]
    record["sources"] = [source for query, depth in found for source in _sources(query, depth)]
    if not recorder.redact:  # a pickled query holds its values
        record["pickle"] = pickled(query)


def queries(query, depth=0, done=None):
    """(query, depth) of a query and of those inside it: subqueries, set operations, lookups' right sides."""
    done = set() if done is None else done
    if id(query) in done:
        return
    done.add(id(query))
    yield query, depth
    parts = [getattr(query, "inner_query", None), *getattr(query, "combined_queries", ())]
    parts += [getattr(query, "where", None), *getattr(query, "annotations", {}).values()]
    parts += list(getattr(query, "select", ())) + [part for part in query.order_by if not isinstance(part, str)]
    parts += [value for _, _, value in getattr(query, "values", ()) or ()]
    parts += [getattr(join, "filtered_relation", None) for join in getattr(query, "alias_map", {}).values()]
    for part in parts:
        for inner in _inside(part):
            yield from queries(inner, depth + 1, done)


def _inside(part):
    """The queries that an expression, a condition or a lookup holds directly."""
    waiting, seen = [part], set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, _PLAIN_VALUES) or id(part) in seen:
            continue
        seen.add(id(part))
        if hasattr(part, "alias_map"):
            yield part
            continue
        if isinstance(part, (list, tuple)):
            waiting += part
            continue
        own = getattr(part, "__dict__", {})  # asking for other attributes could run the project's code
        waiting += [own[name] for name in _HOLDING if name in own]
        if hasattr(part, "get_source_expressions"):
            waiting += part.get_source_expressions()


def _sources(query, depth):
    joins, records = getattr(query, "alias_map", {}), []
    for alias in joins:
        model = recording_models.of_join(query, joins[alias])
        records.append(
            {
                "alias": alias,
                "table": joins[alias].table_name,
                "model": model._meta.label if model is not None else None,
                "path": describing._path(joins, alias),
                "depth": depth,
            }
        )
    return records


class _Reducers(dict):
    """How instances of each class are taken apart; asked once a class, so that pickling stays as fast as it is."""

    def __missing__(self, cls):
        if issubclass(cls, type):
            self[cls] = _by_name
            return _by_name
        names = [base.__name__ for base in cls.__mro__]
        evaluated = "QuerySet" in names or "LazyObject" in names
        self[cls] = copyreg.dispatch_table.get(cls) or (_refuse if evaluated else _PLAIN)
        return self[cls]


def _by_name(cls):
    """A class goes by its name; a many-to-many field's own table has none in any module, and goes by its key."""
    options = getattr(cls, "_meta", None)
    if options is not None and options.auto_created and options.pk is not None:
        return getattr, (options.pk, "model")
    return cls.__qualname__


def _refuse(thing):
    """What would run a query, or the project's code, to be pickled."""
    raise pickle.PicklingError("%s is evaluated when it is pickled" % type(thing).__name__)


_PLAIN = operator.methodcaller("__reduce_ex__", 4)
_reducers = _Reducers()


def pickled(query):
    """The query as base64 text, or None: functions of a test and open files do not pickle."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=4)
    pickler.dispatch_table = _reducers
    try:
        pickler.dump(query)
    except Exception:  # whatever an object's own __reduce__ raises: the statement's SQL is kept in any case
        return None
    data = written.getvalue()
    return base64.b64encode(data).decode("ascii") if len(data) <= _MOST_BYTES else None


def transaction(connection):
    """``None`` in autocommit; else the numbers of the atomic blocks around the statement, outermost first."""
    if not connection.in_atomic_block:
        return None
    blocks = getattr(connection, "atomic_blocks", ())
    return [_blocks.setdefault(id(block), (len(_blocks) + 1, block))[0] for block in blocks]
