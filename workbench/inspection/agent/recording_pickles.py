"""The pickle of a recorded query, written without evaluating anything that it holds."""

import copyreg
import io
import operator
import pickle
import sys
from functools import lru_cache

from .holding import held

_MOST_BYTES = 1 << 18  # of a pickled query


def pickled(query):
    """The query's bytes, or None: functions of a test and open files do not pickle."""
    beginning, known, pickler, written = _begun()
    pickler.memo = dict(known) if isinstance(known, dict) else known  # CPython copies its own
    try:
        pickler.dump(query)
        data = beginning + written.getvalue()
    except Exception:  # whatever an object's own __reduce__ raises: the statement's SQL is kept in any case
        return None
    finally:
        pickler.clear_memo()  # what was pickled would live on
        written.seek(0)
        written.truncate()
    return data if len(data) <= _MOST_BYTES else None


@lru_cache(maxsize=None)
def _begun():
    """How each pickle begins, what is known then, and a pickler for all of them with what it writes to.

    Finding a class by its name takes longer than writing it, and so does making a pickler.
    """
    from django.db.models.expressions import Col
    from django.db.models.fields import _load_field
    from django.db.models.lookups import Exact
    from django.db.models.sql.datastructures import BaseTable, Join
    from django.db.models.sql.query import Query
    from django.db.models.sql.where import WhereNode

    begun, first = _pickler()
    first.dump((Query, WhereNode, BaseTable, Join, Col, Exact, _load_field))
    written, pickler = _pickler()
    return begun.getvalue()[:-1] + pickle.POP, first.memo, pickler, written  # POP in place of the end


def forked():
    """In a fork's child: what another thread of the parent's was just writing is not ours."""
    _begun.cache_clear()


def _pickler():
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=4)
    pickler.dispatch_table = _reducers
    return written, pickler


class _Reducers(dict):
    """How instances of each class are taken apart; asked once a class, so that pickling stays as fast as it is."""

    def __missing__(self, cls):
        if issubclass(cls, type):
            self[cls] = _by_name
            return _by_name
        names = [base.__name__ for base in cls.__mro__]
        evaluated = "QuerySet" in names or "LazyObject" in names
        plain = _instances() if _is_djangos_own(cls) else _shortest(cls)
        self[cls] = copyreg.dispatch_table.get(cls) or (_refuse if evaluated else plain)
        return self[cls]


def _shortest(cls):
    """What ``__reduce_ex__(4)`` of an instance comes down to, where all of its class is Django's own Python code."""
    own = all(base.__module__.startswith("django.") for base in cls.__mro__[:-1])
    if not own or cls.__reduce_ex__ is not object.__reduce_ex__ or _has_more_state(cls):
        return _PLAIN
    if cls.__reduce__ is not object.__reduce__:
        return cls.__reduce__
    state_of = getattr(cls, "__getstate__", _NO_STATE)
    return _from_attributes if state_of is _NO_STATE else lambda thing: (_NEW, (cls,), state_of(thing))


def _has_more_state(cls):
    """Whether an instance is more than its attributes: slots, or arguments of ``__new__``."""
    slots = any(vars(base).get("__slots__") for base in cls.__mro__)
    return slots or hasattr(cls, "__getnewargs__") or hasattr(cls, "__getnewargs_ex__")


def _from_attributes(thing):
    return _NEW, (type(thing),), thing.__dict__ or None


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


_NEW = copyreg.__newobj__
_NO_STATE = getattr(object, "__getstate__", None)  # what every object has since Python 3.11
_PLAIN = operator.methodcaller("__reduce_ex__", 4)
_reducers = held(_Reducers())
