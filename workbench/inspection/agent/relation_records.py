"""The relation of a field as ``workbench.inspection.records.RelationRecord``."""

from . import context
from .naming import dotted


def relation(field, model):
    """The record; None for a field that refers to nothing."""
    remote = getattr(field, "remote_field", None)
    if not field.is_relation or remote is None:
        return None
    record = {
        "kind": _relation_kind(field),
        "to": remote.model._meta.label,
        "accessor": remote.get_accessor_name() if not remote.hidden else None,
        "query_name": field.related_query_name(),
        "db_constraint": bool(getattr(field, "db_constraint", False)),
        "parent_link": bool(getattr(remote, "parent_link", False)),
        "on_delete": on_delete(getattr(remote, "on_delete", None)),
        "to_field": getattr(getattr(field, "target_field", None), "name", None) if field.concrete else None,
    }
    if field.many_to_many:
        record.update(_through(field, remote, remote.through))
    return record


def _through(field, remote, through):
    """What a many-to-many adds; a swapped model's has no through model, taggit's manager no field names."""
    joined = through is not None and hasattr(field, "m2m_field_name")
    return {
        "through": through._meta.label if through is not None else None,
        "through_auto": bool(through is not None and through._meta.auto_created),
        "through_source": field.m2m_field_name() if joined else None,
        "through_target": field.m2m_reverse_field_name() if joined else None,
        "symmetrical": bool(getattr(remote, "symmetrical", False)),
        "db_constraint": bool(getattr(remote, "db_constraint", False)),
        "to_field": None,
        "on_delete": None,
    }


def _relation_kind(field):
    if field in field.model._meta.private_fields:
        return "generic"
    return "m2m" if field.many_to_many else "o2o" if field.one_to_one else "fk"


def on_delete(function):
    """``CASCADE``; ``SET(value)`` with its value or its callable's name."""
    if function is None:
        return None
    if hasattr(function, "deconstruct") and function.deconstruct()[1]:
        value = function.deconstruct()[1][0]
        return "SET(%s)" % (dotted(value) if callable(value) else repr(value))
    return getattr(function, "__name__", str(function))


def unresolved(field, model, origin):
    """A relation to a model that was not loaded: its name is all there is."""
    thing, to = "%s.%s" % (model._meta.label, field.name), field.remote_field.model
    fact = "refers to %s, which is not loaded" % to
    context.CURRENT["diagnostics"].append(
        context.diagnostic("inspect-unresolved", thing, thing, fact, "", "error", origin["file"], origin["line"])
    )
    return {"kind": _relation_kind(field), "to": to, "on_delete": on_delete(field.remote_field.on_delete)}
