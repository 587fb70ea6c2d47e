"""Content types in querysets: only the database knows their keys, so that each is a value of the call site.

The stand-in of a model is its number among all models, as a first migration would give it, and another one. Writes of
several statements look them up themselves (``rehearsing``).
"""

import contextlib

from . import context, standing
from .rejection import FILE

LABEL = "contenttypes.ContentType"
_APART = 300
_SUFFIX = "_content_type.id"
_ASKING = "get_for_model"


def patches(method=""):
    """(class, attribute, replacement) that put stand-ins in place; none where the expression asks for a content type.

    ``method`` ends the expression.
    """
    from django.apps import apps

    if not apps.is_installed("django.contrib.contenttypes") or method == _ASKING:
        return []
    from django.contrib.contenttypes.models import ContentTypeManager

    return [(ContentTypeManager, _ASKING, _for_model)]


def _models():
    from django.apps import apps

    return [model._meta.label for model in apps.get_models(include_auto_created=True)]


def met():
    """The names of those that the expression evaluated last, or its prefetches, have asked for."""
    return [name for name in standing.met() if name.endswith(_SUFFIX)]


def notes(names):
    """A diagnostic of each, by its name among the values of the call site."""
    return [_note(each) for each in names]


def _note(name):
    model = name[: -len(_SUFFIX)]
    fact = "the key of the content type of %s is a parameter: only the database knows it" % model
    help = "look it up once: the row of django_content_type whose model is %r" % model
    return context.diagnostic("queryset-content-type", FILE, name, fact, help, "note")


def _for_model(manager, model, for_concrete_model=True):
    """A row that stands for the model's, with a key that stands in."""
    named = (model._meta.concrete_model if for_concrete_model else model)._meta
    variable, number = standing.named(named.model_name + _SUFFIX, 0), _models().index(named.label) + 1
    key = variable.stands(number + _APART if variable.other else number)
    made = manager.model(pk=key, app_label=named.app_label, model=named.model_name)
    made._state.db, made._state.adding = manager.db, False
    return made


@contextlib.contextmanager
def uncached():
    """Content types are cached by the process: none that stands in may stay there."""
    from django.apps import apps

    if not apps.is_installed("django.contrib.contenttypes"):
        yield
        return
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        ContentType.objects.clear_cache()
