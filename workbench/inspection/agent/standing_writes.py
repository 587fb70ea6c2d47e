"""Values that stand in where a write saves them: of variables, of the clock, of defaults that differ at each call.

The rehearsal of a write and its run on a scratch database see the same ones.
"""

from . import context, sample_values, standing
from .rejection import FILE, Rejected

_NOW, _DEFAULT, _HASH = 40, 41, 42  # whichever way the code goes, they are the same
_HASHED = "hashed password"


def patches():
    """(class, attribute, replacement) that put stand-ins in place."""
    from django.db.models import DateField, DateTimeField, Field, Lookup, Model, TimeField, Value
    from django.db.models.query import QuerySet

    found = [(Lookup, "__init__", sample_values.lookup_init(Lookup.__init__))]
    found += [(Value, "__init__", sample_values.value_init(Value.__init__))]
    found += [(kind, "pre_save", _clock(kind.pre_save)) for kind in (DateField, DateTimeField, TimeField)]
    found += [(Field, "get_default", _default(Field.get_default))]
    found += [(Model, "__init__", _made(Model.__init__)), (Model, "save_base", _saved(Model.save_base))]
    found += [(QuerySet, "update", _updated(QuerySet.update))]
    found += hashing()
    return found + [
        (QuerySet, name, _with_defaults(getattr(QuerySet, name))) for name in ("get_or_create", "update_or_create")
    ]


def hashing():
    """The same where Django's users hash their passwords, with a salt of its own each time."""
    from django.apps import apps

    if not apps.is_installed("django.contrib.auth"):
        return []
    from django.contrib.auth import base_user, models

    return [(module, "make_password", _hashed) for module in (base_user, models) if hasattr(module, "make_password")]


def notes(names):
    """The diagnostic of a hashed password among the stand-ins."""
    if _HASHED not in names:
        return []
    fact = "Django keeps a hash of it, with a salt of its own; the parameter is that hash"
    help = "hash it before, in the form that the sign-in reads"
    return [context.diagnostic("queryset-password", FILE, "password", fact, help, "manual")]


def _hashed(password, *salted):
    """A text in place of a password's hash: the caller's, however it makes it."""
    from django.db.models import CharField

    return sample_values.sample(CharField(), standing.named(_HASHED, _HASH))


def refusal(thing, fact, help="record the command that runs it: workbench record"):
    """The diagnostic of a write that is not translated, as an error."""
    return Rejected(context.diagnostic("queryset-write", FILE, thing, fact, help, "unsupported"))


def value(model, name, given):
    """A value of the field's type in place of a variable; a related instance where the name is a relation's."""
    from django.core.exceptions import FieldDoesNotExist

    if not isinstance(given, standing.Variable):
        return given
    try:
        field = model._meta.get_field("pk" if name != "pk" else model._meta.pk.name) if name == "pk" else None
        field = field or model._meta.get_field(name)
    except FieldDoesNotExist:
        raise refusal(name, "%s has no such field" % model._meta.label) from None
    sample = sample_values.sample(field, given)
    if field.is_relation and name != getattr(field, "attname", name):
        return standing.instance(field.related_model, 0, own=sample)
    return sample


def values(model, given):
    """Keyword arguments with a value for each variable."""
    return {name: value(model, name, each) for name, each in given.items()}


def _clock(original):
    """``auto_now`` and ``auto_now_add``: one moment for all."""

    def pre_save(self, instance, add):
        if self.auto_now or (self.auto_now_add and add):
            moment = sample_values.sample(self, standing.named("now", _NOW))
            setattr(instance, self.attname, moment)
            return moment
        return original(self, instance, add)

    return pre_save


def _default(original):
    def get_default(self):
        first = original(self)
        if callable(self.default) and not _same(first, original(self)):
            return sample_values.sample(self, standing.named(self.name, _DEFAULT))
        return first

    return get_default


def _same(first, second):
    """Whether two calls of a default gave one value."""
    return type(first) is type(second) and (first == second or type(first).__eq__ is object.__eq__)


def _made(original):
    def __init__(self, *args, **named):
        original(self, *args, **(values(type(self), named) if named else named))

    return __init__


def _saved(original):
    """Attributes that hold a variable get a value; an instance that only stands for one has none to save."""

    def save_base(self, *args, **named):
        for field in self._meta.concrete_fields:
            given = self.__dict__.get(field.attname)
            if isinstance(given, standing.Variable):
                setattr(self, field.attname, sample_values.sample(field, given))
        if getattr(self, "_workbench_stands", False):
            fact = "what its columns hold is known only while the code runs"
            raise refusal(self._meta.label, fact, "load the row, change it, save it: three lines")
        return original(self, *args, **named)

    save_base.alters_data = True
    return save_base


def _updated(original):
    def update(self, **given):
        return original(self, **values(self.model, given))

    update.alters_data = True
    return update


def _with_defaults(original):
    def called(self, defaults=None, *more, **named):
        model = self.model
        given = {key: values(model, each) for key, each in (("defaults", defaults),) if each}
        if named.get("create_defaults"):
            named["create_defaults"] = values(model, named["create_defaults"])
        return original(self, *([given["defaults"]] if given else [defaults]), *more, **named)

    return called
