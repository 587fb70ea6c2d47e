"""What ``add()``, ``set()`` and ``remove()`` of a relation are given: variables among it become keys or instances."""

from . import context, sample_values, standing
from .rejection import FILE

_FORMS = ("add", "set", "remove")


def is_many_to_many(form, receiver):
    """Whether it is a method of a many-to-many relation that is given keys."""
    return form in _FORMS and hasattr(receiver, "through")


def _is_reverse(form, receiver):
    """Whether it is one of the other end of a foreign key, which is given instances."""
    field = getattr(receiver, "field", None)
    return form in _FORMS and not hasattr(receiver, "through") and getattr(field, "many_to_one", False)


def listed(form, receiver, positional):
    """The variable that holds a whole list: ``set(x)``, ``add(*x)``."""
    if not (is_many_to_many(form, receiver) or _is_reverse(form, receiver)) or not positional:
        return None
    first = positional[0]
    whole = isinstance(first, standing.Variable) and (form == "set" or first.starred)
    return first if whole else None


def given(form, receiver, positional, named, other=False):
    """The arguments with a value for each variable."""
    if is_many_to_many(form, receiver):
        field = receiver.target_field
        make, key = lambda value: value, field.target_field if field.is_relation else field
    elif _is_reverse(form, receiver):
        make, key = _related_to(form, receiver), receiver.model._meta.pk
    else:
        return positional, named
    whole = listed(form, receiver, positional)
    values = positional[0] if form == "set" else positional
    if whole is not None:
        apart = other and is_many_to_many(form, receiver)  # whose keys are named as answers are
        values = [make(value) for value in _keys(key, whole, apart)]
    elif isinstance(values, (list, tuple, set)):
        values = [make(sample_values.sample(key, v) if isinstance(v, standing.Variable) else v) for v in values]
    return ([values] if form == "set" else values), named


def notes(form, receiver):
    """The diagnostic of what Python looks at before it sends a statement."""
    if form != "remove" or not _is_reverse(form, receiver):
        return []
    fact = "Django raises DoesNotExist for a row that does not belong to it; the statement leaves that row as it is"
    help = "compare the row's key before, where that matters"
    return [context.diagnostic("queryset-related", FILE, "remove()", fact, help, "approximate")]


def _related_to(form, receiver):
    """Makes an instance of a key, and rows that are to be removed ones that belong to the relation."""

    def make(value):
        if not hasattr(value, "_meta"):
            value = standing.instance(receiver.model, 0, own=value)
        if form == "remove" and getattr(value, "_workbench_stands", False):
            for own, target in receiver.field.related_fields:
                setattr(value, own.attname, getattr(receiver.instance, target.attname))
        return value

    return make


def _keys(key, variable, other):
    """Two keys that stand for a list of them; generated rows have such."""
    numbers = (310, 311) if variable.other or other else (-13, -12)
    plain = [standing.Variable(variable.name, number) for number in numbers]
    return variable.stands([sample_values.sample(key, each) for each in plain])
