"""The operation ``recompile``: recorded queries, unpickled and compiled again for the agent's own database.

The workbench sends only pickles that carry this user's signature: unpickling runs whatever they say.
"""

import base64
import pickle

from . import describing
from .capturing import Captured, Watch, watching
from .evaluating import Rejected

# The iterable classes by which ``describing`` tells what one row is.
_ITERABLES = {shape: type(name, (), {}) for name, shape in describing.SHAPES.items()}


class _Shape:
    """Stands for the queryset, which a query does not know."""

    def __init__(self, shape):
        self._iterable_class = _ITERABLES.get(shape, object)


def recompile(request):
    """``{"queries": […]}``: for each of ``pickles`` ({"pickle", "intent", "shape"}) a Query record, or ``{"fact"}``."""
    return {"queries": [_record(item) for item in request["pickles"]]}


def _record(item):
    from .compiling import describe

    try:
        query = pickle.loads(base64.b64decode(item["pickle"]))
        captured = _captured(query)
    except Rejected as rejected:
        return {"fact": rejected.diagnostic["fact"]}
    except Exception as error:  # a model of a test is not there, a class was renamed: whatever unpickling runs into
        return {"fact": "%s: %s" % (type(error).__name__, error)}
    captured.intent, captured.queryset = item["intent"], _Shape(item["shape"])
    return describe(captured.sql, captured)


def _captured(query):
    with watching(Watch()):
        try:
            query.get_compiler("default").execute_sql()
        except Captured as captured:
            return captured
    raise ValueError("it runs no query")
