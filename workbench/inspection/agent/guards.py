"""``guards``: who may do what, as the project's code says it: rules, views with their guards, places that ask."""

from . import (
    context,
    guard_access,
    guard_backends,
    guard_grants,
    guard_links,
    guard_managers,
    guard_methods,
    guard_registry,
    guard_source,
    guard_views,
    guard_wrappers,
)


def guards(request):
    """Reads everything without a database; each part that fails is a diagnostic, the others are still answered."""
    diagnostics = []
    parts = {}
    for name, read in _PARTS:
        parts[name] = _tried(name, read, diagnostics)
    for name, reach in _REACHED:
        parts[name] = _tried(name, lambda said, reach=reach: reach(parts, said), diagnostics)
    return dict(parts, diagnostics=diagnostics)


def _tried(name, read, diagnostics):
    try:
        return read(diagnostics)
    except (Exception, SystemExit) as error:
        fact = "%s: %s" % (type(error).__name__, error)
        diagnostics.append(context.diagnostic("guards-unread", name, name, fact, fidelity="error"))
        return _EMPTY[name]


def _middleware(diagnostics):
    """Middleware that asks for a login on every page; Django's own is a guard before each view."""
    from django.conf import settings

    names = [name for name in getattr(settings, "MIDDLEWARE", None) or [] if "LoginRequired" in name.rsplit(".", 1)[-1]]
    return [] if guard_wrappers.login_middleware() else names


def _templates(diagnostics):
    return guard_source.read_templates()


def _links(diagnostics):
    return guard_links.read_links()


# Views before rules: importing the URLconf is what registers the rules of some projects.
_PARTS = (
    ("backends", guard_backends.read_backends),
    ("middleware", _middleware),
    ("views", guard_views.read_views),
    ("access", guard_access.read_access),
    ("registered", guard_registry.read_registered),
    ("predicates", guard_registry.read_predicates),
    ("guardian", guard_grants.read_guardian),
    ("backend_bodies", guard_grants.read_backend_bodies),
    ("user_methods", guard_grants.read_user_methods),
    ("hiding", guard_managers.read_hiding),
    ("places", guard_source.read_places),
    ("templates", _templates),
    ("links", _links),
)
# What the parts before call in their turn
_REACHED = (
    ("methods", guard_methods.read_methods),
    ("querysets", guard_methods.read_querysets),
)
_MAPPINGS = {"predicates", "methods", "querysets", "backend_bodies", "user_methods"}
_EMPTY = {name: {} if name in _MAPPINGS else [] for name, _ in _PARTS + _REACHED}
_EMPTY["guardian"] = None
