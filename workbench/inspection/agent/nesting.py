"""The operation ``execute_nested``: querysets with their prefetched relations, run by Django itself, as nested values.

An instance is ``{"cells": values of its query's outputs, "related": {to: …}}``; ``to`` names a prefetch (``Link.to``)
and holds a list of instances, an instance, or null. Where select_related found no row, its cells are
``{"$": "absent"}``.
"""

from . import content_types
from .capturing import capture
from .compiling import query_record
from .decoding import djangos
from .patching import patched
from .pointing import point_to
from .rejection import Rejected
from .wire import document, to_wire

ABSENT = {"$": "absent", "v": None}


def execute_nested(request):
    """``{"results": […]}``: for each of ``expressions`` its ``instances``, an ``error`` or a ``diagnostic``."""
    point_to(request.get("database") or {})
    return {"results": [_result(text) for text in request["expressions"]]}


def _result(text):
    from django.db import DatabaseError

    empty = {"instances": [], "error": None, "diagnostic": None}
    try:
        record = query_record(text)
        captured = capture(text)
        return dict(empty, instances=_instances(captured, record))
    except Rejected as rejected:
        return dict(empty, diagnostic=rejected.diagnostic)
    except (ArithmeticError, AttributeError, DatabaseError, LookupError, TypeError, ValueError) as error:
        return dict(empty, error="%s %s" % (type(error).__name__, error))


def _instances(captured, record):
    from django.db import connections, transaction
    from django.db.models.sql.compiler import SQLCompiler

    using = captured.compiler.using
    original = SQLCompiler.get_converters
    SQLCompiler.get_converters = _own_converters(original)
    try:
        with transaction.atomic(using=using), patched(content_types.patches()):
            if connections[using].vendor == "postgresql" and not captured.compiler.query.select_for_update:
                with connections[using].cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
            found = list(captured.queryset._chain())
            transaction.set_rollback(True, using=using)
    finally:
        SQLCompiler.get_converters = original
    tree = _Tree(record)
    return [tree.instance("", row) for row in found]


def _own_converters(original):
    """Django's own converters alone: rows are compared before what a project's fields make of them."""

    def get_converters(compiler, expressions):
        found = original(compiler, expressions)
        return {index: ([djangos(each) for each in given], part) for index, (given, part) in found.items()}

    return get_converters


class _Tree:
    """The queries of a queryset by their place in the result."""

    def __init__(self, record):
        self.outputs = {"": record["outputs"]}
        self.links = {}
        for further in record["prefetches"]:
            self.outputs[further["link"]["to"]] = further["outputs"]
            self.links.setdefault(further["link"]["parent"], []).append(further["link"])

    def instance(self, to, row):
        """One instance with everything below it."""
        cells = [_cell(row, output) for output in self.outputs[to]]
        return {"cells": cells, "related": {link["to"]: self.related(row, link) for link in self.links.get(to, ())}}

    def related(self, row, link):
        """What hangs on an instance by one prefetch; null where there is no instance to hang on."""
        owner = _along(row, link["via"])
        found = None if owner is None else _held(owner, link)
        if found is None or link["single"]:
            return None if found is None else self.instance(link["to"], found)
        return [self.instance(link["to"], each) for each in found]


def _held(owner, link):
    """What Django left on the instance; no query is run for it."""
    if link["attribute"] in vars(owner):
        return vars(owner)[link["attribute"]]
    if link["single"]:
        return owner._state.fields_cache[link["cache"]]
    return owner._prefetched_objects_cache[link["cache"]]._result_cache


def _cell(row, output):
    owner = _along(row, output["path"])
    if owner is None:
        return ABSENT
    value = vars(owner)[output["name"]]
    return document(value) if output["kind"] == "JSONField" else to_wire(value)


def _along(row, path):
    """The instance that select_related put at a path; None where it found no row."""
    for name in path.split("__") if path else ():
        if row is None:
            return None
        row = _cached(row, name)
    return row


def _cached(row, name):
    cache = row._state.fields_cache
    return cache[name] if name in cache else row._meta.get_field(name).get_cached_value(row)
