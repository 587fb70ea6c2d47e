"""A statement at its first execution, described: what its SQL does not say, and the query itself where it pickles."""

import hashlib
import itertools
import json
from functools import lru_cache

from . import describing, raw_queries, recording_models, recording_parts, recording_pickles, recording_subqueries
from .holding import held
from .wire import parameter

_KINDS = (("SQLInsertCompiler", "insert"), ("SQLUpdateCompiler", "update"), ("SQLDeleteCompiler", "delete"))
_MOST_VALUES = 5000  # parameters that are kept
_BARE = frozenset([str, int, bool, type(None)])  # their own wire form
_blocks = held({})  # id of an Atomic -> its number, and the Atomic, so that the id stays its own
_numbers = itertools.count(1)


class Seen:
    """What ``describing`` reads of a query."""

    def __init__(self, stack):
        self.compiler, self.intent, self.queryset = stack.compiler, stack.intent, stack.iterable


def describe(recorder, connection, sql, values, many, stack):
    """The facts of a statement."""
    record = _known(recorder, connection, str(sql), values, many, stack)
    try:
        if stack.compiler is not None:
            _explain(recorder, record, connection, stack)
        else:
            _explain_text(recorder, record, connection, values, stack)
    except Exception as error:
        recorder.failed(error)
    record["id"] = identity(record)
    return record


def identity(record):
    """Equal for the same statement over the same tables, in whatever process it was met."""
    parts = "\0".join([record["dialect"], record["sql"], *record["models"]])
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def packed(record):
    """The bytes of a record; Django and projects give names that are more than texts, and are made plain here."""
    try:
        return recording_parts.packed(record)
    except ValueError:
        facts = {name: value for name, value in record.items() if name != "pickle"}
        return recording_parts.packed(dict(_plain(facts), pickle=record["pickle"]))


def _known(recorder, connection, sql, values, many, stack):
    """What is known of any statement, one written by hand included."""
    values = (values[0] if values else ()) if many and hasattr(values, "__getitem__") else () if many else values
    listed = list(values.values() if isinstance(values, dict) else values or ())
    parameters = _parameters(recorder, listed)
    return {
        "kind": "cursor",
        "dialect": {"postgresql": "postgres"}.get(connection.vendor, connection.vendor),
        "sql": sql,
        "parameters": parameters or [],
        "named": sorted(values) if isinstance(values, dict) else [],
        "bound": values is not None,
        "many": many,
        "cut": parameters is None,
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


def _parameters(recorder, values):
    """The wire form of all, or None: there are too many, or one is a document that is no JSON."""
    if len(values) > _MOST_VALUES:
        return None
    try:
        return [_wire(value, recorder.redact) for value in values]
    except (TypeError, ValueError) as error:
        recorder.failed(error)
        return None


def _wire(value, redact):
    """The parameter, or only what kind of value it is. TypeError and ValueError where it has no JSON form."""
    if type(value) in _BARE and not redact:
        return value
    found = parameter(value)
    if not redact or found is None:
        return _plain(found) if _holds(found) else found
    return {"$": "redacted", "v": found["$"] if isinstance(found, dict) else type(found).__name__}


def _holds(found):
    """Whether a wire form holds other values, which may be anything."""
    return isinstance(found, list) or (isinstance(found, dict) and type(found["v"]) not in _BARE)


def _plain(value):
    return json.loads(recording_parts.encode(value))


def _explain(recorder, record, connection, stack):
    """What the compiler knows of its statement."""
    seen, query = Seen(stack), stack.compiler.query
    record["kind"] = _kind_of(type(stack.compiler))
    if getattr(query, "explain_info", None) or getattr(query, "explain_query", False):
        record["kind"] = "explain"
    found = recording_subqueries.queries_of(query, record["sql"])
    models = {getattr(inner, "model", None) for inner, _ in found}
    record["sources"] = [source for inner, depth in found for source in _sources(inner, depth, models)]
    record["models"] = recording_models.identities(recorder, connection, models - {None})
    record["model"] = describing.model_label(seen)
    if record["kind"] == "select":
        record["shape"] = describing.shape(seen)
        record["outputs"] = describing.outputs(seen)
        record["ordered"] = describing.ordered(seen)
    if record["kind"] == "insert":
        fields = getattr(stack.compiler, "returning_fields", None) or ()
        record["returning"] = [field.name for field in fields if hasattr(field, "name")]
    if not recorder.redact:  # a pickled query holds its values
        record["pickle"] = recording_pickles.pickled(query)


def _explain_text(recorder, record, connection, values, stack):
    """Of SQL written by hand the tables that it names; of ``raw()`` what the model reads of the columns, too."""
    queryset = stack.iterable if stack.raw is not None else None
    record.update(kind="cursor" if stack.raw is None else "raw", raw=[])
    if isinstance(values, dict):
        record["sql"], placed = raw_queries.positional(record["sql"], values)
        parameters = _parameters(recorder, placed)
        record.update(parameters=parameters or [], cut=parameters is None, named=[])
    models = recording_models.named_in(record["sql"])
    if hasattr(queryset, "model_fields"):
        models.add(queryset.model)
        record.update(model=queryset.model._meta.label, raw=raw_queries.fields(queryset))
    record["models"] = recording_models.identities(recorder, connection, models)


@lru_cache(maxsize=None)
def _kind_of(compiler):
    """The kind of statement that a class of compilers makes."""
    names = [cls.__name__ for cls in compiler.__mro__]
    return next((kind for name, kind in _KINDS if name in names), "select")


def _sources(query, depth, models):
    """Each table of a query; its model is added to ``models``."""
    joins = getattr(query, "alias_map", {})
    for alias, join in joins.items():
        model = recording_models.of_join(query, join)
        models.add(model)
        yield {
            "alias": alias,
            "table": join.table_name,
            "model": model._meta.label if model is not None else None,
            "path": describing.path(joins, alias) if join.parent_alias else "",
            "depth": depth,
        }


def transaction(connection):
    """``None`` in autocommit; else the numbers of the atomic blocks around the statement, outermost first."""
    if not connection.in_atomic_block:
        return None
    blocks = getattr(connection, "atomic_blocks", ())
    return [(_blocks.get(id(block)) or _numbered(block))[0] for block in blocks]


def _numbered(block):
    found = _blocks[id(block)] = (next(_numbers), block)
    return found
