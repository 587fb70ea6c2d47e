"""Every address of the project with its view and the guards that stand before it, as they really are at run time."""

import inspect

from . import failing, guard_actions, guard_admin, guard_functions, guard_wrappers, places


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
        found += guard_wrappers.of_class(kind, guard_functions.made(callback, kind))
        found += guard_wrappers.of_rest(callback, kind, methods_of(callback))
    model = model_of(callback, kind)
    label = model._meta.label if model is not None else None
    named = guard_functions.dotted(thing)
    return _row(address, address.name or "", named, _is_own(thing), label, origin, _middleware(callback) + found)


def _middleware(callback):
    """Django's ``LoginRequiredMiddleware`` asks before every view that ``login_not_required`` does not mark."""
    asked = getattr(callback, "login_required", True) and guard_wrappers.login_middleware()
    return [guard_wrappers.of_middleware(asked)] if asked else []


def _admin(address):
    """A page of the admin; its own view is the method of the site or of the model's admin class."""
    admin = guard_admin.admin_of(address.callback)
    thing = type(admin) if admin is not None else type(guard_admin.site_of(address.callback))
    page = getattr(address.callback, "__name__", "")
    view = "%s.%s" % (guard_functions.dotted(thing), page)
    name = "%s:%s" % (":".join(address.namespaces), address.name) if address.name else ""
    label = admin.model._meta.label if admin is not None else None
    found = _middleware(address.callback) + guard_admin.guards(address.callback)
    return _row(address, name, view, _is_own(thing), label, guard_functions.origin(thing), found)


def _row(address, name, view, own, model, origin, guards):
    return {
        "route": address.route,
        "name": name,
        "view": view,
        "own": own,
        "model": model,
        "origin": origin,
        "methods": methods_of(address.callback),
        "actions": guard_actions.actions_of(address.callback, class_of(address.callback), methods_of(address.callback)),
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


def model_of(callback, kind):
    """The model a class-based view is about, where an attribute says so."""
    view = guard_functions.made(callback, kind) if kind is not None else None
    serializer = getattr(view, "serializer_class", None)
    candidates = (
        getattr(view, "model", None),
        getattr(getattr(view, "queryset", None), "model", None),
        getattr(getattr(serializer, "Meta", None), "model", None),
    )
    for model in candidates:
        if inspect.isclass(model) and hasattr(model, "_meta"):
            return model
    return None


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def methods_of(callback):
    """The HTTP methods that a view takes; a function that does not say is taken to answer GET and POST."""
    if guard_admin.site_of(callback) is not None:
        return ["GET", "POST"]
    kind, actions = class_of(callback), getattr(callback, "actions", None)
    if kind is None:
        return [name for name in _METHODS if name in _required(callback)]
    if actions:
        return _taken(kind, [name for name in _METHODS if name.lower() in actions])
    known = getattr(kind, "http_method_names", _METHODS)
    return [name for name in _METHODS if name.lower() in known and hasattr(kind, name.lower())] or ["GET"]


def _taken(kind, methods):
    """Less those that a permission class of the REST framework answers with 405: its map does not name them."""
    maps = [getattr(item, "perms_map", None) for item in getattr(kind, "permission_classes", None) or ()]
    return [name for name in methods if all(not isinstance(known, dict) or name in known for known in maps)]


def _required(callback):
    """What ``require_http_methods`` asks for."""
    while callback is not None:
        code = getattr(callback, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            return callback.__closure__[code.co_freevars.index("request_method_list")].cell_contents
        callback = getattr(callback, "__wrapped__", None)
    return ("GET", "POST")
