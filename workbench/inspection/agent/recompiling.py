"""The operation ``recompile``: recorded queries, unpickled and compiled again for the agent's own database.

The workbench sends only pickles that carry this user's signature: unpickling runs whatever they say.
"""

import base64
import pickle

from . import describing
from .compiling import describe
from .intercepting import Captured, Watch, watching
from .rejection import Rejected
from .writing import QUERIES

# The iterable classes by which ``describing`` tells what one row is.
_ITERABLES = {shape: type(name, (), {}) for name, shape in describing.SHAPES.items()}


class _Shape:
    """Stands for the queryset, which a query does not know."""

    def __init__(self, shape):
        self._iterable_class = _ITERABLES.get(shape, object)


def recompile(request):
    """``{"queries": […]}``: for each of ``pickles`` a Query record, or ``{"fact"}`` where it cannot be had again."""
    return {"queries": [_record(item) for item in request["pickles"]]}


def _record(item):
    try:
        query = pickle.loads(base64.b64decode(item["pickle"]))
        captured = _captured(query, item["returning"])
        captured.intent = QUERIES.get(type(query).__name__, item["intent"])
        captured.queryset = _Shape(item["shape"])
        return describe(captured.sql, captured)
    except Rejected as rejected:
        return {"fact": rejected.diagnostic["fact"]}
    except Exception as error:  # a model of a test is not there, a class was renamed: whatever unpickling runs into
        return {"fact": "%s: %s" % (type(error).__name__, error)}


def _captured(query, returning):
    compiler = query.get_compiler("default")
    with watching(Watch()):
        if type(query).__name__ in QUERIES:
            return _write(compiler, query, returning)
        try:
            compiler.execute_sql()
        except Captured as captured:
            return captured
    raise ValueError("it runs no query")


def _write(compiler, query, returning):
    """What the compiler of an insert, an update or a delete writes; for rows of an insert it can be many statements."""
    if QUERIES[type(query).__name__] == "insert":
        compiler.returning_fields = [query.get_meta().get_field(name) for name in returning]
        statements = compiler.as_sql()
    else:
        statements = [compiler.as_sql()]
    if len(statements) != 1:
        raise ValueError("here it takes %d statements" % len(statements))
    return Captured(compiler, statements[0][0], statements[0][1], False, [(compiler, 0)])
