"""Stand-ins for values that a call site has in local names, and for the instances whose relations it follows.

``variable("user.id")`` takes the type of the lookup it is compared with: a fixed value, another for each variable.
``instance(Book, "self")`` is a row that was never loaded: every key is 1. ``otherwise`` gives one of them other
values: the parameters of a query that then differ are those that hold it.
"""

import contextlib
import sys

from . import context, places
from .rejection import FILE, Rejected

_STATE = {"met": {}, "other": None}


class Variable:
    """A value known only while the project's code runs; ``name`` is its text there, ``values`` what it stood for."""

    def __init__(self, name, number, other=False):
        self.name, self.number, self.other, self.values = name, number, other, []
        self.starred = False  # it holds a list whose items are arguments

    def stands(self, value):
        """Notes a value that is used in its place."""
        self.values.append(value)
        return value

    def __bool__(self):
        raise refusal(self.name, "the query depends on whether it is true")

    def __eq__(self, other):
        """Unknown for a value of the call site: code of the project's that asks goes one of two ways."""
        if other is not self and places.is_own(sys._getframe(1).f_code.co_filename):
            raise refusal(self.name, "the query depends on what it equals")
        return self is other

    __hash__ = object.__hash__

    def __getattr__(self, attribute):
        raise AttributeError("what %s holds is known only while the code runs" % vars(self).get("name", "it"))

    def __repr__(self):
        return "variable(%r)" % self.name


class Keys:
    """The keys of an instance and of those it leads to, by path: all 1, or each another number."""

    def __init__(self, name, other):
        self.name, self.other, self.numbers = name, other, {}

    def of(self, path):
        """The key at a path ("author_id", "author.publisher_id")."""
        number = self.numbers.setdefault(path, 201 + len(self.numbers))
        return number if self.other else 1


@contextlib.contextmanager
def otherwise(name):
    """Inside, the stand-in of that name holds its other values."""
    _STATE["other"] = name
    try:
        yield
    finally:
        _STATE["other"] = None


@contextlib.contextmanager
def another(name):
    """The same for a stand-in of Django's own (``named``), of an expression that is not evaluated again."""
    held = _STATE["met"].pop(name)
    try:
        with otherwise(name):
            yield
    finally:
        _STATE["met"][name] = held


def met():
    """The stand-ins of the expression that was evaluated last, by name."""
    return dict(_STATE["met"])


def named(name, number=None):
    """A stand-in that the expression does not name: of what Django gives by itself (the time, a new UUID).

    ``number`` decides its value; without one it is the next.
    """
    known = _STATE["met"]
    return known.setdefault(name, Variable(name, len(known) if number is None else number, _STATE["other"] == name))


def names():
    """What an expression may call; variables are numbered in the order in which it names them."""
    known = _STATE["met"] = {}

    def variable(name, sample=None):
        other = _STATE["other"] == name
        return known.setdefault(name, Variable(name, len(known), other)) if sample is None else sample

    def named_instance(model, name):
        if not _is_model(model):
            return variable(name)
        keys = known.setdefault(name, Keys(name, _STATE["other"] == name))
        return instance(model, keys=keys.of) if isinstance(keys, Keys) else instance(model)

    return {"variable": variable, "instance": named_instance}


def _is_model(thing):
    """Whether rows of it exist: call sites name classes by their annotations, of which not all are models."""
    from django.db.models import Model

    return isinstance(thing, type) and issubclass(thing, Model) and not thing._meta.abstract


def instance(model, depth=2, keys=lambda path: 1, path="", own=None):
    """An instance whose keys hold 1, or what ``keys`` gives; its related instances too, as deep as sites follow them.

    ``own`` is its primary key where what leads to it knows it.
    """
    made = model()
    for field in model._meta.concrete_fields:
        if field.primary_key or field.is_relation:
            value = own if own is not None and field.primary_key else keys(path + field.attname)
            setattr(made, field.attname, value)
        if depth and field.is_relation and field.related_model:
            inner = path + field.name + "."
            related = instance(field.related_model, depth - 1, keys, inner, getattr(made, field.attname))
            field.set_cached_value(made, related)
    made._state.db, made._state.adding = "default", False  # it stands for a row
    made._workbench_stands = True
    return made


def related(field, variable):
    """The instance that a variable stands for where a relation is set."""
    made = instance(field.related_model, 0, own=2 if variable.other else None)
    variable.stands(made.pk)
    return made


def refusal(name, why):
    fact = "what it holds is known only while the code runs, and %s" % why
    help = "evaluate the queryset with a value in its place"
    return Rejected(context.diagnostic("queryset-variable", FILE, name, fact, help, "manual"))
