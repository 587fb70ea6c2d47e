"""A model class as ``workbench.inspection.records.ModelRecord``."""

import inspect

from django.db import models, router

from . import sources
from .constraint_records import constraint_record, index_record
from .field_records import field_record
from .naming import dotted


def model_record(model):
    """The record: fields are those the model's own table holds, and its many-to-many and generic relations."""
    opts = model._meta
    record = _identity(model, opts)
    record.update(
        fields=[field_record(field, model) for field in _own_fields(opts)],
        primary_key=[field.name for field in getattr(opts, "pk_fields", None) or [opts.pk] if field is not None],
        parents={parent._meta.label: link.name for parent, link in opts.parents.items() if link is not None},
        abstract_bases=[dotted(base) for base in model.__mro__[1:] if _is_abstract(base)],
        ordering=[str(item) for item in opts.ordering or ()],
        managers=[_manager(manager, opts) for manager in opts.managers],
        default_permissions=list(opts.default_permissions),
        permissions=[(code, str(name)) for code, name in opts.permissions],
        unique_together=[list(names) for names in opts.unique_together],
        constraints=[constraint_record(item, model) for item in opts.constraints],
        indexes=[index_record(item, model) for item in opts.indexes],
        generic_keys=[_generic_key(field) for field in opts.private_fields if _is_generic_key(field)],
    )
    return record


def _identity(model, opts):
    made = bool(opts.auto_created)
    return {
        "label": opts.label,
        "app": opts.app_label,
        "name": opts.object_name,
        "class_name": dotted(model),
        "table": opts.db_table,
        "managed": bool(opts.managed),
        "proxy": bool(opts.proxy),
        "auto_created": made,
        "swapped": opts.swapped or None,
        "concrete": opts.concrete_model._meta.label if opts.concrete_model else opts.label,
        "comment": getattr(opts, "db_table_comment", None) or None,
        "tablespace": opts.db_tablespace or None,
        "database": router.db_for_write(model),
        "verbose_name": str(opts.verbose_name),
        "doc": _doc(model, opts),
        "source": "" if made else sources.class_source(model),
        "origin": _through_origin(opts) if made else sources.class_origin(model),
    }


def _through_origin(opts):
    """An automatic through table is written where its many-to-many field is."""
    owner = opts.auto_created
    field = next(f for f in owner._meta.local_many_to_many if f.remote_field.through._meta is opts)
    return dict(sources.attribute_origin(owner, field.name), name=opts.label)


def _own_fields(opts):
    inherited = [field.creation_counter for parent in _concrete_parents(opts) for field in parent._meta.private_fields]
    generic = [
        field
        for field in opts.private_fields
        if field.is_relation and not _is_generic_key(field) and field.creation_counter not in inherited
    ]
    return list(opts.local_fields) + list(opts.local_many_to_many) + [f for f in generic if f not in opts.local_fields]


def _concrete_parents(opts):
    bases = [base for base in opts.model.__mro__[1:] if hasattr(base, "_meta")]
    return [base for base in bases if not base._meta.abstract]


def _is_generic_key(field):
    return hasattr(field, "ct_field") and hasattr(field, "fk_field")


def _generic_key(field):
    return {"name": field.name, "content_type_field": field.ct_field, "object_id_field": field.fk_field}


def _is_abstract(base):
    return hasattr(base, "_meta") and base._meta.abstract


def _doc(model, opts):
    """The class's own docstring, not the signature that Django writes where there is none."""
    written = "%s(%s)" % (opts.object_name, ", ".join(field.name for field in opts.fields))
    doc = vars(model).get("__doc__") or ""
    return "" if doc == written else inspect.cleandoc(doc)


def _manager(manager, opts):
    cls = type(manager)
    return {
        "name": manager.name,
        "class_name": dotted(cls),
        "default": opts.default_manager is not None and manager.name == opts.default_manager.name,
        "methods": sorted(_added(cls, models.Manager) | _added(getattr(cls, "_queryset_class", None), models.QuerySet)),
        "origin": sources.class_origin(cls) if cls.__module__.partition(".")[0] != "django" else None,
    }


def _added(cls, known):
    """Public functions that a class and its bases have beyond Django's own."""
    bases = [base for base in getattr(cls, "__mro__", ()) if not base.__module__.startswith("django.db.models")]
    names = {name for base in bases for name, item in vars(base).items() if inspect.isfunction(item)}
    return {name for name in names if not name.startswith("_") and not hasattr(known, name)}
