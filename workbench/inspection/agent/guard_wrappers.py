"""The guards around a view, recognised by the module whose code wraps it: names may be anything, closures are not."""

import inspect
import re

from . import guard_functions, guard_rest, places

_AUTH = "django.contrib.auth.decorators"
_ADMIN = "django.contrib.admin.views.decorators"


def of_function(view):
    """The guards that a chain of decorators puts before ``view``, outermost first."""
    found = []
    while view is not None and not inspect.isclass(view):
        guard = _wrapper(view)
        if guard is not None:
            found.append(guard)
        view = getattr(view, "__wrapped__", None)
    return found


def of_class(kind, view):
    """The guards of a class-based view, in the order in which its bases run; ``view`` is one of it."""
    found = []
    rules = set()
    for base in kind.__mro__:
        rule = _MIXINS.get(guard_functions.dotted(base))
        if rule is not None and rule not in rules:  # the nearest of a kind: django-rules' mixin extends Django's
            rules.add(rule)
            found.append(rule(kind, base, view))
        for method in (vars(base)[name] for name in _EVERY if name in vars(base)):
            found += _decorated(method)
            inner = inspect.unwrap(method) if inspect.isfunction(method) else None
            if _is_own_function(inner) and _decides(inner):
                found.append(_guard("dispatch", inner, test=inner, refusal=_of_mixin(view)))
    for name in _METHODS:
        found += [dict(guard, methods=[name.upper()]) for guard in _decorated(inspect.getattr_static(kind, name, None))]
    return found


# How a guard refuses a visitor, and somebody who is signed in; 401 is the redirect to the login page
_TO_LOGIN, _FORBIDDEN, _NOT_FOUND, _BY_VISITOR = (401, 401), (403, 403), (404, 404), (401, 403)


def _guard(kind, place, permissions=(), test=None, tree=None, refusal=_BY_VISITOR):
    """One guard; ``test`` is the function that decides, where a person wrote it."""
    return {
        "kind": kind,
        "permissions": list(permissions),
        "origin": guard_functions.origin(place),
        "source": guard_functions.source(place) if _is_own_function(place) else "",
        "test": guard_functions.body(test) if inspect.isfunction(test) else None,
        "tree": tree,
        "refusal": list(refusal),
        "methods": [],
    }


def login_middleware():
    """The ``LoginRequiredMiddleware`` of the settings, Django's or a class that extends it; None without one."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    for name in getattr(settings, "MIDDLEWARE", None) or []:
        kind = import_string(name)
        if inspect.isclass(kind) and any(guard_functions.dotted(base) == _LOGIN_MIDDLEWARE for base in kind.__mro__):
            return kind
    return None


def of_middleware(kind):
    """The guard that it is before one view."""
    return _guard("login_required", kind, refusal=_TO_LOGIN)


_LOGIN_MIDDLEWARE = "django.contrib.auth.middleware.LoginRequiredMiddleware"


def _wrapper(function):
    """The guard that one wrapping function is, or None."""
    if not inspect.isfunction(function):
        return None
    rule = _WRAPPERS.get(guard_functions.module_of(function))
    return rule(function, guard_functions.closure(function)) if rule else None


def _auth(function, variables):
    test = variables.get("test_func")
    if "perms" in variables:
        return _guard("permission_required", function, _names(variables["perms"]), refusal=_raising(variables))
    if function.__name__ == "login_required" and function.__module__ == _AUTH:
        return _guard("login_required", function, refusal=_TO_LOGIN)
    if not inspect.isfunction(test):
        return None
    home, inner = guard_functions.module_of(test), guard_functions.closure(test)
    perms = inner.get("perms", inner.get("perm"))  # "perm" before Django 5.2
    if home == _AUTH and perms is not None:
        return _guard("permission_required", function, _names(perms), refusal=_raising(inner))
    if home == _AUTH:
        return _guard("login_required", function, refusal=_TO_LOGIN)
    if home == _ADMIN:
        return _guard("staff_member_required", function, refusal=_TO_LOGIN)
    return _guard("user_passes_test", test, test=test, refusal=_TO_LOGIN)


def _raising(variables):
    return _FORBIDDEN if variables.get("raise_exception") else _TO_LOGIN


def _admin(function, variables):
    named = function.__name__ == "staff_member_required"
    return _guard("staff_member_required", function, refusal=_TO_LOGIN) if named else None


def _guardian(function, variables):
    if "perm" not in variables:
        return None
    refusal = _NOT_FOUND if variables.get("return_404") else _TO_LOGIN
    refusal = _FORBIDDEN if variables.get("return_403") else refusal
    return _guard("guardian.permission_required", function, _names(variables["perm"]), refusal=refusal)


def _rules(function, variables):
    """Without ``fn`` it asks in general, as Django's own."""
    if "perm" not in variables:
        return None
    kind = "permission_required" if variables.get("fn") is None else "rules.permission_required"
    return _guard(kind, function, _names(variables["perm"]), refusal=_raising(variables))


# The module whose code wraps -> the rule that reads its closure
_WRAPPERS = {
    _AUTH: _auth,
    _ADMIN: _admin,
    "guardian.decorators": _guardian,
    "rules.contrib.views": _rules,
}


def _names(permission):
    return [permission] if isinstance(permission, str) else [str(item) for item in permission]


def _login_mixin(kind, base, view):
    return _guard("login_required", kind, refusal=_of_mixin(view))


def _of_mixin(view):
    """Mixins send visitors to the login page, unless ``raise_exception`` is set."""
    if getattr(view, "return_403", False) or getattr(view, "raise_exception", False):
        return _FORBIDDEN
    if getattr(view, "return_404", False):
        return _NOT_FOUND
    guardian = hasattr(view, "get_required_permissions")
    return _TO_LOGIN if guardian else _BY_VISITOR


def _permission_mixin(kind, base, view):
    name = "permission_required" if base.__module__.startswith("django.") else base.__module__.partition(".")[0]
    name = name if name == "permission_required" else name + ".permission_required"
    if name.startswith("rules.") and not _has_object(kind):
        name = "permission_required"
    own = inspect.getattr_static(kind, "has_permission", None)
    if _is_own_function(own):
        return _guard("has_permission", own, _permissions_of(kind, view), test=own, refusal=_of_mixin(view))
    return _guard(name, kind, _permissions_of(kind, view), refusal=_of_mixin(view))


def _has_object(kind):
    """Whether django-rules' mixin finds an object to ask about: a view that creates one has none."""
    created = any(guard_functions.dotted(base) == _CREATING for base in kind.__mro__)
    own = _is_own_function(inspect.getattr_static(kind, "get_permission_object", None))
    return own or (hasattr(kind, "get_object") and not created)


_CREATING = "django.views.generic.edit.BaseCreateView"


def _permissions_of(kind, view):
    """The attribute, or what django-rules makes of the kind of view; [] where a method of the project names them."""
    if any(_is_own_function(inspect.getattr_static(kind, name, None)) for name in _NAMING):
        return []
    named = getattr(view, "permission_required", None) or ()
    known = _names(named) if isinstance(named, (str, list, tuple, set, frozenset)) else []
    return _automatic(kind, view) + known if hasattr(kind, "permission_type_map") else known


def _automatic(kind, view):
    """django-rules' ``AutoPermissionRequiredMixin``: the permission of the model for this kind of view."""
    types = [name for view, name in kind.permission_type_map if issubclass(kind, view)]
    wanted = getattr(view, "permission_type", types[0] if types else None)
    model = getattr(view, "model", None) or getattr(getattr(view, "queryset", None), "model", None)
    return [model.get_perm(wanted)] if isinstance(wanted, str) and hasattr(model, "get_perm") else []


def _test_mixin(kind, base, view):
    own = _is_own_function(inspect.getattr_static(kind, "get_test_func", None))  # then another test is asked
    test = None if own else inspect.getattr_static(kind, "test_func", None)
    return _guard("user_passes_test", test if inspect.isfunction(test) else kind, test=test, refusal=_of_mixin(view))


_MIXINS = {
    "django.contrib.auth.mixins.LoginRequiredMixin": _login_mixin,
    "django.contrib.auth.mixins.PermissionRequiredMixin": _permission_mixin,
    "django.contrib.auth.mixins.UserPassesTestMixin": _test_mixin,
    "guardian.mixins.LoginRequiredMixin": _login_mixin,
    "guardian.mixins.PermissionRequiredMixin": _permission_mixin,
    "rules.contrib.views.PermissionRequiredMixin": _permission_mixin,
}
_DECISION = re.compile(
    r"\brequest\.user\b|\bPermissionDenied\b|\bhas_perms?\(|\bhandle_no_permission\b|\bredirect_to_login\b|\bHttpResponseForbidden\b"
)
_NAMING = ("get_permission_required", "get_required_permissions")
_EVERY = ("dispatch", "initial")  # these run before any method
_METHODS = ("get", "post", "put", "patch", "delete")


def _is_own_function(thing):
    return inspect.isfunction(thing) and places.is_own(thing.__code__.co_filename)


def _decides(method):
    """Whether a dispatch looks at who asks: most only prepare the view."""
    return _DECISION.search(guard_functions.source(method)) is not None


def _decorated(method):
    """The guards that ``method_decorator`` puts around a method: its closure keeps the decorators."""
    found = []
    while inspect.isfunction(method):
        if guard_functions.module_of(method) == "django.utils.decorators":
            variables = guard_functions.closure(method)
            decorators = variables.get("decorators", variables.get("decorator", ()))
            decorators = decorators if isinstance(decorators, (list, tuple)) else [decorators]
            found += [guard for guard in map(_wrapper, decorators) if guard is not None]
        elif _wrapper(method) is not None:
            found.append(_wrapper(method))
        method = getattr(method, "__wrapped__", None) or guard_functions.closure(method).get("method")
    return found


def of_rest(callback, kind, methods):
    """Permission classes of the REST framework; those that decide about single objects are a second guard."""
    groups = guard_rest.trees(callback, kind, methods)
    refusal = _of_authenticators(kind) if groups else ()
    found = []
    for asked, tree in groups:
        before = {"methods": asked if len(groups) > 1 else []}
        if tree is None:
            method = inspect.getattr_static(kind, "get_permissions")
            found.append(dict(_guard("drf.get_permissions", method, test=method, refusal=refusal), **before))
            continue
        named = guard_rest.permissions_in(tree)
        found.append(dict(_guard("drf.permission_classes", kind, named, tree=tree, refusal=refusal), **before))
        if guard_rest.about_one_object(callback, kind) and guard_rest.asks_objects(tree):
            found.append(dict(_guard("drf.object_permission", kind, tree=tree, refusal=refusal), **before))
    return found


def _of_authenticators(kind):
    """A visitor gets 401 where the first authentication class has a challenge to send, else 403."""
    classes = getattr(kind, "authentication_classes", None) or ()
    try:
        return _BY_VISITOR if classes and classes[0]().authenticate_header(None) else _FORBIDDEN
    except Exception:  # it wants to see a request: most that do have a challenge
        return _BY_VISITOR
