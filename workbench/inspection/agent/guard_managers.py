"""Models whose reverse accessors may not answer as Django's own would: their manager or queryset class steps in."""

import inspect

# What the translation of ``thing.rows.filter(…).exists()`` relies on
_MANAGER = ("get_queryset", "filter", "all")
_QUERYSET = ("filter", "all", "exists", "_filter_or_exclude", "_filter_or_exclude_inplace", "_chain", "_clone")


def read_hiding(diagnostics):
    """Labels of the models whose default manager or its queryset class overrides one of these methods."""
    from django.apps import apps

    return [model._meta.label for model in apps.get_models(include_auto_created=True) if _steps_in(model)]


def _steps_in(model):
    manager = type(model._default_manager)
    queryset = getattr(manager, "_queryset_class", None)
    return any(_foreign(manager, name) for name in _MANAGER) or any(_foreign(queryset, name) for name in _QUERYSET)


def _foreign(kind, name):
    method = inspect.getattr_static(kind, name, None)
    return method is not None and not getattr(method, "__module__", "").startswith("django.db.models")
