"""What an expression of the user can name: Django's query API, the project's models, what stands in."""

import datetime
import decimal
import importlib
import sys
import uuid

from . import context, places, standing


def namespace():
    """What an expression can name: Django's query API, then models (by name, and by ``app_Model`` where shared)."""
    names = {}
    for module in _modules():
        exported = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
        names.update({name: getattr(module, name) for name in exported})
    names.update(_unexported_names())
    names.update(_standard_names())
    names.update(_model_names())
    names.update(standing.names())
    return names


def _modules():
    from django.contrib.auth import get_user_model  # noqa: F401  (proves that the registry is ready)
    from django.db import models
    from django.db.models import functions

    yield models
    yield functions
    if context.dialect() == "postgres":
        yield from _postgres_modules()


def _postgres_modules():
    try:
        from django.contrib.postgres import aggregates, expressions, search
    except ImportError:  # no driver: then PostgreSQL's own expressions cannot be written either
        return
    yield from (aggregates, expressions, search)


_UNEXPORTED = (
    ("django.db.models.expressions", ("RawSQL",)),
    ("django.db.models.fields.json", ("KT",)),
    ("django.db.backends.postgresql.psycopg_any", ("DateRange", "DateTimeTZRange", "NumericRange")),
)


def _unexported_names():
    """What Django documents under a module that has no list of its exports; older ones have fewer."""
    found = {}
    for name, wanted in _UNEXPORTED:
        try:
            module = importlib.import_module(name)
        except ImportError:  # no driver, or an older Django
            continue
        found.update({item: getattr(module, item) for item in wanted if hasattr(module, item)})
    return found


def _standard_names():
    from django.contrib.auth import get_user_model
    from django.db.models.functions import Coalesce
    from django.utils import timezone

    return {
        "Coalesce": Coalesce,
        "Decimal": decimal.Decimal,
        "UUID": uuid.UUID,
        "date": datetime.date,
        "datetime": datetime.datetime,
        "get_user_model": get_user_model,
        "time": datetime.time,
        "timedelta": datetime.timedelta,
        "timezone": timezone,
        "uuid": uuid,
    }


def _model_names():
    from django.apps import apps

    names, shared = {}, {}
    for model in apps.get_models(include_auto_created=True):
        shared.setdefault(model.__name__, []).append(model)
        names[model._meta.app_label + "_" + model.__name__] = model
    own = {name: _preferred(models) for name, models in shared.items()}
    names.update(own)
    return names


def _preferred(models):
    """Of several models of one name, one of the project's own apps; the others go by ``app_Model``."""
    own = [model for model in models if places.is_own(getattr(_module_of(model), "__file__", None))]
    return (own or models)[0]


def _module_of(model):
    return sys.modules.get(model.__module__)
