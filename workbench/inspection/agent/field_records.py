"""A field as ``workbench.inspection.records.FieldRecord``."""

import sys

from django.db.models import NOT_PROVIDED
from django.utils.functional import Promise

from . import context, expressions, relation_records, sources
from .failing import diagnose
from .field_facts import facts
from .naming import dotted
from .wire import to_wire


def field_record(field, model):
    """The record; what fails in the project's own field classes becomes a diagnostic and stays empty."""
    owner = declaring_class(field, model)
    record = facts(field)
    record.update(
        name=field.name or "",
        attname=getattr(field, "attname", None) or field.name or "",
        column=None if field.many_to_many else getattr(field, "column", None),
        kind=field.get_internal_type(),
        class_name=dotted(type(field)),
        verbose_name=str(getattr(field, "verbose_name", "") or ""),
        help_text=str(getattr(field, "help_text", "") or ""),
        declared_on=dotted(owner),
        validators=[_validator(item) for item in _declared_validators(field)],
        origin=sources.attribute_origin(owner, field.name) if field.name else None,
    )
    if isinstance(getattr(getattr(field, "remote_field", None), "model", None), str):
        record["relation"] = relation_records.unresolved(field, model, record["origin"])
    else:
        record.update({key: _guarded(read, field, model, key, empty) for key, read, empty in _GUARDED})
    record["generated_stored"] = getattr(field, "db_persist", None) is not False
    return record


def declaring_class(field, model):
    """The class whose body holds the field: copies made for heirs keep the counter of the original."""
    for base in reversed(model.__mro__):
        own = getattr(base, "_meta", None)
        if own is None or not (own.abstract or base is model):
            continue
        for other in own.local_fields + own.local_many_to_many + own.private_fields:
            if other.name == field.name and other.creation_counter == field.creation_counter:
                return base
    return model


def _guarded(read, field, model, key, empty):
    try:
        return read(field, model)
    except Exception as error:
        origin = sources.attribute_origin(declaring_class(field, model), field.name)
        found = diagnose(error, "%s.%s" % (model._meta.label, field.name), (origin["file"], origin["line"]))
        fact = "%s cannot be read: %s" % (key.replace("_", " "), found["fact"])
        context.CURRENT["diagnostics"].append(dict(found, code="inspect-field", fact=fact, fidelity="unsupported"))
        return empty


def _db_type(field, model):
    return field.db_type(expressions.connection())


def _choices(field, model):
    return [(to_wire(value), str(label)) for value, label in field.flatchoices] if has_choices(field) else []


def has_choices(field):
    return bool(getattr(field, "choices", None))


def _choices_name(field, model):
    """The callable, or the one Choices class in sight that offers just these."""
    if not has_choices(field):
        return None
    function = getattr(field.choices, "func", None)  # CallableChoiceIterator, Django 5.0
    if function is not None:
        return dotted(getattr(function, "__self__", function))
    scopes = [vars(base) for base in model.__mro__]
    scopes += [vars(sys.modules[base.__module__]) for base in model.__mro__ if base.__module__ in sys.modules]
    offered = [value for value, _ in field.flatchoices]
    matching = {dotted(item) for scope in scopes for item in list(scope.values()) if _offers(item, offered)}
    return matching.pop() if len(matching) == 1 else None


def _offers(item, offered):
    from django.db.models import Choices

    if not (isinstance(item, type) and issubclass(item, Choices) and len(item)):
        return False
    return [value for value in item.values if value is not None] == [value for value in offered if value is not None]


def _default(field, model):
    default = getattr(field, "default", NOT_PROVIDED)
    if default is NOT_PROVIDED:
        return None
    if callable(default):
        return {"value": None, "callable": dotted(default)}
    return {"value": to_wire(getattr(default, "value", default)), "callable": None}


def _db_default(field, model):
    if getattr(field, "db_default", NOT_PROVIDED) is NOT_PROVIDED:
        return None
    return expressions.executed(*expressions.editor().db_default_sql(field))


def _generated(field, model):
    if not getattr(field, "generated", False):
        return None
    return expressions.quoted(*field.generated_sql(expressions.connection()))


def _base_field(field, model):
    base = getattr(field, "base_field", None)
    return None if base is None else dict(field_record(base, model), origin=None, declared_on="")


def _declared_validators(field):
    return list(getattr(field, "default_validators", ())) + list(getattr(field, "_validators", ()))


def _validator(validator):
    """The dotted name, with its arguments where Django can take the validator apart (an instance, not its class)."""
    if isinstance(validator, type) or not hasattr(validator, "deconstruct"):
        return dotted(validator)
    path, args, kwargs = validator.deconstruct()
    given = [_argument(item) for item in args]
    given += ["%s=%s" % (name, _argument(item)) for name, item in sorted(kwargs.items())]
    return "%s(%s)" % (path, ", ".join(given)) if given else path


def _argument(value):
    """Regular expressions by their pattern, translations by their text: their own ``repr`` holds an address."""
    if hasattr(value, "pattern"):
        return repr(value.pattern)
    if isinstance(value, Promise):
        return repr(str(value))
    return dotted(value) if callable(value) else repr(value)


# What the project's own classes compute: each is tried on its own.
_GUARDED = (
    ("db_type", _db_type, None),
    ("choices", _choices, []),
    ("choices_name", _choices_name, None),
    ("default", _default, None),
    ("db_default", _db_default, None),
    ("generated", _generated, None),
    ("base_field", _base_field, None),
    ("relation", relation_records.relation, None),
)
