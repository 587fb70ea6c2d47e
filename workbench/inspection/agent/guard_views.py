"""Every address of the project with its view and the guards that stand before it, as they really are at run time."""

import inspect

from . import failing, guard_functions, guard_wrappers, places


def read_views(diagnostics):
    """``[{"route", "name", "view", "own", "model", "origin", "guards"}]``; a broken URLconf is a diagnostic."""
    from django.conf import settings
    from django.urls import get_resolver

    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    try:
        patterns = get_resolver().url_patterns
    except (Exception, SystemExit) as error:
        diagnostics.append(failing.diagnose(error, "URLconf " + settings.ROOT_URLCONF))
        return []
    return list(_walk(patterns, "", diagnostics))


def _walk(patterns, prefix, diagnostics):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if getattr(pattern, "app_name", None) == "admin":
            yield _admin(route)
        elif hasattr(pattern, "url_patterns"):
            try:
                inner = pattern.url_patterns
            except (Exception, SystemExit) as error:
                diagnostics.append(failing.diagnose(error, "URLconf of " + route))
                continue
            for view in _walk(inner, route, diagnostics):
                yield view
        else:
            yield _view(pattern, route)


def _admin(route):
    origin = {"name": "django.contrib.admin.site", "file": None, "line": None}
    guard = {"kind": "admin_site", "permissions": [], "origin": origin, "source": "", "test": None, "tree": None}
    return _row(route, "admin:index", "django.contrib.admin.site", False, None, origin, [guard])


def _view(pattern, route):
    callback = pattern.callback
    inner = inspect.unwrap(callback) if callable(callback) else callback
    kind = _class_of(callback)
    thing = kind or inner
    origin = guard_functions.origin(thing)
    found = guard_wrappers.of_function(callback)
    if kind is not None:
        found += guard_wrappers.of_class(kind)
    own = _is_own(thing)
    return _row(route, pattern.name or "", guard_functions.dotted(thing), own, _model(kind), origin, found)


def _row(route, name, view, own, model, origin, guards):
    return {
        "route": route,
        "name": name,
        "view": view,
        "own": own,
        "model": model,
        "origin": origin,
        "guards": guards,
    }


def _class_of(callback):
    """The class behind ``as_view()``, Django's or the REST framework's."""
    while callback is not None:
        kind = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
        if inspect.isclass(kind):
            return kind
        callback = getattr(callback, "__wrapped__", None)
    return None


def _is_own(thing):
    try:
        return places.is_own(inspect.getsourcefile(thing))
    except TypeError:
        return False


def _model(kind):
    """The label of the model a class-based view is about, where a class attribute says so."""
    serializer = getattr(kind, "serializer_class", None)
    candidates = (
        getattr(kind, "model", None),
        getattr(getattr(kind, "queryset", None), "model", None),
        getattr(getattr(serializer, "Meta", None), "model", None),
    )
    for model in candidates:
        if inspect.isclass(model) and hasattr(model, "_meta"):
            return model._meta.label
    return None
