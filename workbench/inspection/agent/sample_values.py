"""Sample values of each field type, another for each variable; lookups are given them in a variable's place."""

import datetime
import decimal
import uuid

from .standing import Variable, refusal


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
            raise refusal(value.name, "it is an operand of its own, of a type that only the running code knows")
        original(self, value, *args, **kwargs)

    return __init__


def _sample_for(lookup, lhs, variable):
    if lookup == "isnull":
        raise refusal(variable.name, "it decides between IS NULL and IS NOT NULL")
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
        raise refusal(variable.name, "it stands beside a %s" % (kind or thing))
    if variable.other:
        return _OTHERS[kind](number) if kind in _OTHERS else _BY_KIND[kind](number + 37)
    return _BY_KIND[kind](number)


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
