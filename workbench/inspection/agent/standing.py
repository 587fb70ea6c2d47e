"""Stand-ins for values that a call site has in local names, and for the instances whose relations it follows.

``variable("user.id")`` takes the type of the lookup it is compared with: a fixed value, another for each variable.
``instance(Book, "self")`` is a row that was never loaded: every key is 1. ``otherwise`` gives one of them other
values: the parameters of a query that then differ are those that hold it.
"""

import contextlib
import datetime
import decimal
import uuid

from . import context
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
        raise _refusal(self.name, "the query depends on whether it is true")

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


def lookup_init(original):
    """``Lookup.__init__`` that gives variables a value of the left side's type."""

    def __init__(self, lhs, rhs):
        if isinstance(rhs, Variable):
            rhs = _sample_for(self.lookup_name, lhs, rhs)
        elif isinstance(rhs, (list, tuple, set)) and any(isinstance(item, Variable) for item in rhs):
            rhs = type(rhs)(_sample(lhs, item) if isinstance(item, Variable) else item for item in rhs)
        original(self, lhs, rhs)

    return __init__


def value_init(original):
    """``Value.__init__`` that refuses variables: nothing says of which type they are."""

    def __init__(self, value, *args, **kwargs):
        if isinstance(value, Variable):
            raise _refusal(value.name, "it is an operand of its own, of a type that only the running code knows")
        original(self, value, *args, **kwargs)

    return __init__


def _sample_for(lookup, lhs, variable):
    if lookup == "isnull":
        raise _refusal(variable.name, "it decides between IS NULL and IS NOT NULL")
    if lookup in ("in", "range"):
        return variable.stands([_value(_field(lhs), variable, step, type(lhs).__name__) for step in (0, 1)])
    if lookup in _TEXT_LOOKUPS:
        return variable.stands(_other_text(variable.number) if variable.other else _text(variable.number))
    return _sample(lhs, variable)


def _sample(lhs, variable):
    return sample(_field(lhs), variable, type(lhs).__name__)


def _field(lhs):
    return getattr(lhs, "output_field", None)


def sample(field, variable, thing="value"):
    """A value of a field's type; another for each variable."""
    return variable.stands(_value(field, variable, 0, thing))


def _value(field, variable, step, thing):
    while getattr(field, "target_field", None) is not None and field.is_relation:
        field = field.target_field
    kind = _YEAR if thing in _OF_YEARS else field.get_internal_type() if field is not None else ""
    choices = [value for value, _ in getattr(field, "flatchoices", None) or [] if value not in (None, "")]
    number = variable.number + step
    if choices:
        return choices[(number + variable.other) % len(choices)]
    if kind == "ArrayField":
        return [_of_kind(field.base_field.get_internal_type(), variable, number, thing)]
    return _of_kind(kind, variable, number, thing)


def _of_kind(kind, variable, number, thing):
    if kind not in _BY_KIND:
        raise _refusal(variable.name, "it stands beside a %s" % (kind or thing))
    if variable.other:
        return _OTHERS[kind](number) if kind in _OTHERS else _BY_KIND[kind](number + 37)
    return _BY_KIND[kind](number)


def _refusal(name, why):
    fact = "what it holds is known only while the code runs, and %s" % why
    help = "evaluate the queryset with a value in its place"
    return Rejected(context.diagnostic("queryset-variable", FILE, name, fact, help, "manual"))


def _moment(number):
    from django.conf import settings

    naive = datetime.datetime(2020, 6, 15, 12, 30) + datetime.timedelta(days=number)
    return naive.replace(tzinfo=datetime.timezone.utc) if settings.USE_TZ else naive


_TEXTS = ("a", "ab", "classic", "x")
_TEXT_LOOKUPS = ("contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "regex", "iregex")


def _other_text(number):
    """With all that LIKE and quoting treat specially."""
    return "o'%%_\\%d" % number


def _integer(number):
    return 15 + number


def _text(number):
    return _TEXTS[number % len(_TEXTS)]


_YEAR, _OF_YEARS = "year", ("ExtractYear", "ExtractIsoYear")
_BY_KIND = {
    _YEAR: lambda number: 2020 + number,
    "BinaryField": lambda number: b"a" * (number + 1),
    "BooleanField": lambda number: True,
    "DateField": lambda number: datetime.date(2020, 6, 15) + datetime.timedelta(days=number),
    "DateTimeField": _moment,
    "DecimalField": lambda number: decimal.Decimal(_integer(number)),
    "DurationField": lambda number: datetime.timedelta(days=1 + number),
    "FloatField": lambda number: 1.5 + number,
    "GenericIPAddressField": lambda number: "192.0.2.%d" % (1 + number),
    "IPAddressField": lambda number: "192.0.2.%d" % (1 + number),
    "JSONField": lambda number: {"a": number},
    "NullBooleanField": lambda number: True,
    "TimeField": lambda number: datetime.time(12, 30, number % 60),
    "UUIDField": lambda number: uuid.UUID(int=15 + number),
}
_INTEGERS = ("AutoField", "BigAutoField", "BigIntegerField", "IntegerField", "PositiveBigIntegerField")
_INTEGERS += ("PositiveIntegerField", "PositiveSmallIntegerField", "SmallAutoField", "SmallIntegerField")
_BY_KIND.update(dict.fromkeys(_INTEGERS, _integer))
_KINDS_OF_TEXT = ("CharField", "EmailField", "FilePathField", "FileField", "ImageField", "SlugField", "TextField")
_BY_KIND.update(dict.fromkeys((*_KINDS_OF_TEXT, "URLField", "CommaSeparatedIntegerField"), _text))
_OTHERS = {"BooleanField": lambda number: False, "NullBooleanField": lambda number: False}
_OTHERS.update(dict.fromkeys((*_KINDS_OF_TEXT, "URLField", "CommaSeparatedIntegerField"), lambda n: _other_text(n)))
