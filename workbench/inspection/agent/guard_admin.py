"""The admin's guards: its site asks for staff, and each page for permissions on its model."""

import inspect

from . import guard_functions, places

# Page -> by HTTP methods: the methods of ModelAdmin of which one has to say yes, and the permissions that they ask for
_SEEING = ((), ("has_view_permission", "has_change_permission"), ("view", "change"))
_PAGES = {
    "changelist_view": (_SEEING,),
    "add_view": (((), ("has_add_permission",), ("add",)),),
    "change_view": ((("GET",), *_SEEING[1:]), (("POST",), ("has_change_permission",), ("change",))),
    "history_view": (_SEEING,),
    "delete_view": (((), ("has_delete_permission",), ("delete",)),),
    "user_change_password": (((), ("has_change_permission",), ("change",)),),
}
_OPEN = {"login"}  # the site asks nobody before this page
_USERS = "django.contrib.auth.admin.UserAdmin"  # its page to add a user asks for the permission to change them, too
_SITE, _PAGE, _HIDDEN = (401, 401), (403, 403), (404, 404)


def site_of(callback):
    """The admin site whose page this is; None for any other view."""
    admin = admin_of(callback)
    site = admin.admin_site if admin is not None else getattr(callback, "admin_site", None)
    site = site or getattr(callback, "__self__", None)
    return site if any(base.__name__ == "AdminSite" for base in type(site).__mro__) else None


def admin_of(callback):
    """The model's admin whose page this is; None for pages of the site."""
    while callback is not None:
        admin = getattr(callback, "model_admin", None) or getattr(callback, "__self__", None)
        if hasattr(admin, "admin_site") and hasattr(admin, "model"):
            return admin
        callback = getattr(callback, "__wrapped__", None)
    return None


def guards(callback):
    """The site's guard, then the page's own."""
    page = getattr(callback, "__name__", "")
    if page in _OPEN:
        return []
    site, admin = site_of(callback), admin_of(callback)
    own = inspect.getattr_static(type(site), "has_permission", None)
    found = [_guard("admin_site", type(site), _SITE, own if _is_own(own) else None)]
    if admin is not None:
        found += [guard for asked in _PAGES.get(page, ()) for guard in _of_page(admin, page, *asked)]
    return found


def _of_page(admin, page, verbs, methods, actions):
    """``admin.permission``: one of the permissions; ``admin.method`` where the project overrides a method."""
    found = [static(admin, name) for name in methods]
    overridden = [method for method in found if guard_functions.module_of(method) != "django.contrib.admin.options"]
    if overridden:
        test = overridden[0] if len(methods) == 1 and _is_own(overridden[0]) else None
        yield _guard("admin.method", overridden[0], _PAGE, test, _names(admin, actions), verbs)
        return
    yield _guard("admin.permission", type(admin), _PAGE, None, _names(admin, actions), verbs)
    if page == "add_view" and any(guard_functions.dotted(base) == _USERS for base in type(admin).__mro__):
        yield _guard("admin.permission", type(admin), _of_users(), None, _names(admin, ("change",)), verbs)


def _of_users():
    from django.conf import settings

    return _HIDDEN if settings.DEBUG else _PAGE


def _names(admin, actions):
    options = admin.model._meta
    return ["%s.%s_%s" % (options.app_label, action, options.model_name) for action in actions]


def static(admin, name):
    """The method as the class holds it."""
    return inspect.getattr_static(type(admin), name, None)


def after_guards(callback):
    """Code that the admin's pages run once they know that the user may: the guards stand inside their bodies."""
    admin, site = admin_of(callback), site_of(callback)
    page = getattr(callback, "__name__", "")
    if admin is None or page not in _PAGES:
        return ()
    methods = [
        getattr(admin, name, None) for name in ("get_changelist_instance", "get_fieldsets", "get_deleted_objects")
    ]
    return tuple(method.__func__.__code__ for method in [*methods, site.each_context] if hasattr(method, "__func__"))


def _is_own(thing):
    return inspect.isfunction(thing) and places.is_own(thing.__code__.co_filename)


def _guard(kind, place, refusal, test=None, permissions=(), methods=()):
    """The site sends everybody it refuses to its login page, a page answers 403."""
    return {
        "kind": kind,
        "permissions": list(permissions),
        "origin": guard_functions.origin(place),
        "source": guard_functions.source(place) if _is_own(place) else "",
        "test": guard_functions.body(test) if test is not None else None,
        "tree": None,
        "refusal": list(refusal),
        "methods": list(methods),
    }
