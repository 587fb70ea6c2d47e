"""``setup``: the project is loaded in stages, and each stage that fails says so."""

import faulthandler
import importlib
import linecache
import os
import re
import sys
import time

from . import context, databases, drivers
from .failing import AgentError, diagnose


def setup(request):
    """Loads the project; answers what failed, and which app to leave out for the rest to load.

    An error of the settings is fatal (AgentError); one of an app is a diagnostic and ``retry_without``.
    """
    context.remember(root=request["root"], dialect=request["dialect"], settings=request["settings"], diagnostics=[])
    sys.path[:0] = request["paths"]
    # a crash, and an endless import before the time-out kills us, leave their stack where the workbench reads it
    faulthandler.enable(file=2)
    faulthandler.dump_traceback_later(request["trace_after"], file=2)
    try:
        started = time.perf_counter()
        settings = _settings(request["settings"])
        _prepare(settings, request)
        with context.no_collection():
            answer = _apps(settings)
        context.remember(seconds=time.perf_counter() - started)
    finally:
        faulthandler.cancel_dump_traceback_later()
    return answer


def import_urls(request):
    """``urls``: imports the URLconf, which loading the models does not need; answers diagnostics."""
    from django.conf import settings

    try:
        if getattr(settings, "ROOT_URLCONF", None):
            importlib.import_module(settings.ROOT_URLCONF)
    except (Exception, SystemExit) as error:
        return {"diagnostics": [diagnose(error, "URLconf " + settings.ROOT_URLCONF)]}
    return {"diagnostics": []}


def _settings(module):
    """The settings object, its module imported."""
    try:
        import django
    except ImportError:
        fact = "Django is not installed in the project's interpreter"
        help = "name the interpreter that has it: python=… (--python …)"
        raise AgentError("load-no-django", fact, thing="django", help=help) from None
    os.environ["DJANGO_SETTINGS_MODULE"] = module
    stage = "settings module " + module
    try:
        if "DJANGO_CONFIGURATION" in os.environ:
            importlib.import_module("configurations.importer").install()
        from django.conf import settings

        list(settings.INSTALLED_APPS)  # the first attribute imports the module
    except (Exception, SystemExit) as error:
        raise AgentError(
            "load-settings", str(error), diagnostic=diagnose(error, stage), django=django.__version__
        ) from error
    return settings


def _prepare(settings, request):
    """Ours instead of theirs, before anything reads it: databases; no log files are opened; apps left out."""
    drivers.lend(request["psycopg"], request["libpq"], needed=request["dialect"] == "postgres")
    records, differences = databases.configured(settings)
    context.remember(databases=records)
    context.CURRENT["diagnostics"] += differences
    databases.override(settings, request["dialect"], request["databases"], request["absent"])
    settings.LOGGING_CONFIG = None
    left_out = set(request["without"])
    settings.INSTALLED_APPS = [entry for entry in settings.INSTALLED_APPS if entry not in left_out]


def _apps(settings):
    import django
    from django.apps import apps

    try:
        django.setup()
    except (Exception, SystemExit) as error:
        entry, config = _blamed(error)
        if not apps.models_ready:
            found = diagnose(error, "app " + entry if entry else "INSTALLED_APPS", _mention(entry))
            if entry is None:
                raise AgentError("load-failed", str(error), diagnostic=found) from error
            return {"retry_without": entry, "diagnostics": [found]}
        _finish_ready(apps, config, error)
    return {"retry_without": None, "diagnostics": context.CURRENT["diagnostics"]}


def _mention(entry):
    """(file, line) of the settings that name an app; line None where they compute the name."""
    file = getattr(sys.modules.get(context.CURRENT["settings"]), "__file__", None)
    lines = linecache.getlines(file) if file else []
    mentions = (number for number, line in enumerate(lines, 1) if re.search(r"['\"]%s['\"]" % entry, line))
    return file, next(mentions, None)


def _blamed(error):
    """(entry of INSTALLED_APPS, AppConfig) that the registry was loading: a local variable of its ``populate``."""
    step = error.__traceback__
    while step is not None:
        frame = step.tb_frame
        if frame.f_code.co_name == "populate" and frame.f_globals.get("__name__") == "django.apps.registry":
            config = frame.f_locals.get("app_config")
            entry = frame.f_locals["entry"] if not _configs_loaded(frame) else _entry_of(config)
            return entry, config
        step = step.tb_next
    return None, None


def _configs_loaded(frame):
    return frame.f_locals["self"].apps_ready


def _entry_of(config):
    """The entry that made this AppConfig: its module, or the dotted path of its class."""
    from django.conf import settings

    path = type(config).__module__ + "." + type(config).__qualname__
    return next((entry for entry in settings.INSTALLED_APPS if entry in (config.name, path)), config.name)


def _finish_ready(apps, failed, error):
    """One ``ready()`` failed, all models are there: says so, and runs those after it."""
    waiting = list(apps.get_app_configs())
    while failed is not None:
        found = diagnose(error, "ready() of app " + failed.name)
        context.CURRENT["diagnostics"].append(found)
        waiting = waiting[waiting.index(failed) + 1 :]
        failed, error = _first_failure(waiting)
    apps.ready = True
    apps.ready_event.set()


def _first_failure(configs):
    for config in configs:
        try:
            config.ready()
        except (Exception, SystemExit) as error:
            return config, error
    return None, None
