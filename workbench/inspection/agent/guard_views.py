"""Every address of the project with its view and the guards that stand before it, as they really are at run time."""

import inspect

from . import failing, guard_admin, guard_functions, guard_wrappers, places


def read_views(diagnostics):
    """``[{"route", "name", "view", "own", "model", "origin", "guards"}]``; a broken URLconf is a diagnostic."""
    return [view_of(address) for address in addresses(diagnostics)]


class Address:
    """One URL pattern with the patterns that lead to it, outermost first."""

    def __init__(self, chain, namespaces):
        self.chain, self.namespaces = chain, namespaces
        self.route = "".join(str(pattern.pattern) for pattern in chain)
        self.callback, self.name = chain[-1].callback, chain[-1].name


def addresses(diagnostics):
    """Every address of the project, in the order of its URLconf; one that cannot be imported is a diagnostic."""
    from django.conf import settings
    from django.urls import get_resolver

    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    try:
        patterns = get_resolver().url_patterns
    except (Exception, SystemExit) as error:
        diagnostics.append(failing.diagnose(error, "URLconf " + settings.ROOT_URLCONF))
        return []
    return list(_walk(patterns, (), (), diagnostics))


def _walk(patterns, chain, namespaces, diagnostics):
    for pattern in patterns:
        within = (*chain, pattern)
        if not hasattr(pattern, "url_patterns"):
            yield Address(within, namespaces)
            continue
        try:
            inner = pattern.url_patterns
        except (Exception, SystemExit) as error:
            route = "".join(str(part.pattern) for part in within)
            diagnostics.append(failing.diagnose(error, "URLconf of " + route))
            continue
        named = namespaces + ((pattern.namespace,) if getattr(pattern, "namespace", None) else ())
        for address in _walk(inner, within, named, diagnostics):
            yield address


def view_of(address):
    """The view behind an address, and its guards."""
    callback = address.callback
    if guard_admin.site_of(callback) is not None:
        return _admin(address)
    inner = inspect.unwrap(callback) if callable(callback) else callback
    kind = class_of(callback)
    thing = kind or inner
    origin = guard_functions.origin(thing)
    found = guard_wrappers.of_function(callback)
    if kind is not None:
        found += guard_wrappers.of_class(kind)
    model = model_of(kind)
    label = model._meta.label if model is not None else None
    return _row(address.route, address.name or "", guard_functions.dotted(thing), _is_own(thing), label, origin, found)


def _admin(address):
    """A page of the admin; its own view is the method of the site or of the model's admin class."""
    admin = getattr(address.callback, "model_admin", None)
    thing = type(admin) if admin is not None else type(guard_admin.site_of(address.callback))
    page = getattr(address.callback, "__name__", "")
    view = "%s.%s" % (guard_functions.dotted(thing), page)
    name = "%s:%s" % (":".join(address.namespaces), address.name) if address.name else ""
    label = admin.model._meta.label if admin is not None else None
    found = guard_admin.guards(address.callback)
    return _row(address.route, name, view, _is_own(thing), label, guard_functions.origin(thing), found)


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


def class_of(callback):
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


def model_of(kind):
    """The model a class-based view is about, where a class attribute says so."""
    serializer = getattr(kind, "serializer_class", None)
    candidates = (
        getattr(kind, "model", None),
        getattr(getattr(kind, "queryset", None), "model", None),
        getattr(getattr(serializer, "Meta", None), "model", None),
    )
    for model in candidates:
        if inspect.isclass(model) and hasattr(model, "_meta"):
            return model
    return None
