"""Stand-ins for values that a call site has in local names, and for the instances whose relations it follows.

``variable("user.id")`` takes the type of the lookup it is compared with: a fixed value, another for each variable.
``instance(Book, "self")`` is a row that was never loaded: every key is 1.
"""

import datetime
import decimal
import uuid

from . import context
from .rejection import FILE, Rejected


class Variable:
    """A value known only while the project's code runs; ``name`` is its text there."""

    def __init__(self, name, number):
        self.name, self.number = name, number

    def __bool__(self):
        raise _refusal(self.name, "the query depends on whether it is true")

    def __getattr__(self, attribute):
        raise AttributeError("what %s holds is known only while the code runs" % vars(self).get("name", "it"))

    def __repr__(self):
        return "variable(%r)" % self.name


def names():
    """What an expression may call; variables are numbered in the order in which it names them."""
    known = {}

    def variable(name, sample=None):
        return known.setdefault(name, Variable(name, len(known))) if sample is None else sample

    def named_instance(model, name):
        return instance(model) if _is_model(model) else variable(name)

    return {"variable": variable, "instance": named_instance}


def _is_model(thing):
    """Whether rows of it exist: call sites name classes by their annotations, of which not all are models."""
    from django.db.models import Model

    return isinstance(thing, type) and issubclass(thing, Model) and not thing._meta.abstract


def instance(model, depth=2):
    """An instance whose keys all hold 1, its related instances the same, as deep as call sites follow them."""
    made = model()
    for field in model._meta.concrete_fields:
        if field.primary_key or field.is_relation:
            setattr(made, field.attname, 1)
        if depth and field.is_relation and field.related_model:
            field.set_cached_value(made, instance(field.related_model, depth - 1))
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
        return [_sample(lhs, variable, step) for step in (0, 1)]
    if lookup in _TEXT_LOOKUPS:
        return _TEXTS[variable.number % len(_TEXTS)]
    return _sample(lhs, variable)


def _sample(lhs, variable, step=0):
    return sample(getattr(lhs, "output_field", None), variable, step, type(lhs).__name__)


def sample(field, variable, step=0, thing="value"):
    """A value of a field's type; another for each variable and step."""
    while getattr(field, "target_field", None) is not None and field.is_relation:
        field = field.target_field
    kind = field.get_internal_type() if field is not None else ""
    choices = [value for value, _ in getattr(field, "flatchoices", None) or [] if value not in (None, "")]
    number = variable.number + step
    if choices:
        return choices[number % len(choices)]
    if kind == "ArrayField":
        return [_BY_KIND[field.base_field.get_internal_type()](number)]
    if kind not in _BY_KIND:
        raise _refusal(variable.name, "it stands beside a %s" % (kind or thing))
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


def _integer(number):
    return 15 + number


def _text(number):
    return _TEXTS[number % len(_TEXTS)]


_BY_KIND = {
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
