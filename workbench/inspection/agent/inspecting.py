"""``inspect``: what the registry holds, as records; a model that fails is a diagnostic, the others go on."""

import platform
import time

import django
from django.apps import apps
from django.conf import settings
from django.utils import translation

from . import context, places, sources
from .failing import diagnose
from .model_records import model_record


def inspect(request):
    """The inspection without its call sites, which need no loaded project (``call_sites``)."""
    started = time.perf_counter()
    before = list(context.CURRENT["diagnostics"])
    with context.no_collection(), translation.override(None):  # texts as written, and no catalogue is read
        record = dict(_project(), models=_models(), permissions=_permissions())
    record["diagnostics"] = context.CURRENT["diagnostics"]
    context.CURRENT["diagnostics"] = before  # a second inspection finds its own
    record["seconds"] = {"setup": context.CURRENT["seconds"], "inspect": time.perf_counter() - started}
    return record


def _project():
    return {
        "django": django.get_version(),
        "python": platform.python_version(),
        "settings": context.CURRENT["settings"],
        "dialect": context.dialect(),
        "time_zone": settings.TIME_ZONE or "UTC",
        "use_tz": bool(settings.USE_TZ),
        "auth_user_model": settings.AUTH_USER_MODEL,
        "apps": [_app(config) for config in apps.get_app_configs()],
        "databases": context.CURRENT["databases"],
    }


def _app(config):
    return {
        "label": config.label,
        "name": config.name,
        "verbose_name": str(config.verbose_name),
        "path": places.shown(config.path),
        "own": places.is_own(config.path + "/__init__.py"),
    }


def _models():
    records = []
    for model in apps.get_models(include_auto_created=True, include_swapped=True):
        try:
            records.append(model_record(model))
        except Exception as error:
            found = diagnose(error, "model " + model._meta.label)
            context.CURRENT["diagnostics"].append(dict(found, code="inspect-model"))
    return records


def _permissions():
    """As ``django.contrib.auth`` would create them after a migration; none where it is not installed."""
    if not apps.is_installed("django.contrib.auth"):
        return []
    return [record for model in apps.get_models() for record in _permissions_of(model)]


def _permissions_of(model):
    from django.contrib.auth import get_permission_codename

    opts = model._meta
    for action in opts.default_permissions:
        name = "Can %s %s" % (action, opts.verbose_name_raw)
        yield _permission(opts, get_permission_codename(action, opts), name, True, sources.class_origin(model))
    for codename, name in opts.permissions:
        yield _permission(opts, codename, str(name), False, sources.meta_origin(model, codename))


def _permission(opts, codename, name, default, origin):
    record = {"app": opts.app_label, "codename": codename, "name": name, "model": opts.label}
    return dict(record, default=default, origin=origin)
