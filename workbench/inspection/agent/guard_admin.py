"""The admin's guards: its site asks for staff, and each page for permissions on its model."""

import inspect

from . import guard_functions, places

# Page -> the methods of ModelAdmin of which one has to say yes, and the permissions that these ask for by default
_PAGES = {
    "changelist_view": (("has_view_permission", "has_change_permission"), ("view", "change")),
    "add_view": (("has_add_permission",), ("add",)),
    "change_view": (("has_view_permission", "has_change_permission"), ("view", "change")),
    "history_view": (("has_view_permission", "has_change_permission"), ("view", "change")),
    "delete_view": (("has_delete_permission",), ("delete",)),
    "user_change_password": (("has_change_permission",), ("change",)),
}
_OPEN = {"login", "logout"}  # the site asks nobody before these pages
_ASKED = ("has_view_permission", "has_change_permission", "has_add_permission", "has_delete_permission")


def site_of(callback):
    """The admin site whose page this is; None for any other view."""
    admin = getattr(callback, "model_admin", None)
    if admin is not None:
        return admin.admin_site
    site = getattr(callback, "admin_site", None) or getattr(callback, "__self__", None)
    return site if any(base.__name__ == "AdminSite" for base in type(site).__mro__) else None


def guards(callback):
    """The site's guard, then the page's own."""
    page = getattr(callback, "__name__", "")
    if page in _OPEN:
        return []
    site = site_of(callback)
    admin = getattr(callback, "model_admin", None)
    own = inspect.getattr_static(type(site), "has_permission", None)
    found = [_guard("admin_site", type(site), own if _is_own(own) else None)]
    if admin is not None and page in _PAGES:
        found.append(_of_page(admin, page))
    return found


def _of_page(admin, page):
    """``admin.permission``: one of the permissions; ``admin.method`` where the project overrides the methods."""
    methods, actions = _PAGES[page]
    overridden = [getattr_static(admin, name) for name in methods if not _is_djangos(getattr_static(admin, name))]
    options = admin.model._meta
    names = ["%s.%s_%s" % (options.app_label, action, options.model_name) for action in actions]
    if overridden:
        test = overridden[0] if len(methods) == 1 else None
        return _guard("admin.method", overridden[0], test, names)
    return _guard("admin.permission", type(admin), None, names)


def getattr_static(admin, name):
    """The method as the class holds it."""
    return inspect.getattr_static(type(admin), name, None)


def _is_djangos(method):
    return guard_functions.module_of(method) == "django.contrib.admin.options"


def _is_own(thing):
    return inspect.isfunction(thing) and places.is_own(thing.__code__.co_filename)


def _guard(kind, place, test=None, permissions=()):
    """The site sends everybody it refuses to its login page, a page answers 403."""
    return {
        "kind": kind,
        "permissions": list(permissions),
        "origin": guard_functions.origin(place),
        "source": guard_functions.source(place) if _is_own(place) else "",
        "test": guard_functions.body(test) if test is not None else None,
        "tree": None,
        "refusal": [401, 401] if kind == "admin_site" else [403, 403],
    }
