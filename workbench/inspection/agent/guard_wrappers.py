"""The guards around a view, recognised by the module whose code wraps it: names may be anything, closures are not."""

import inspect
import re

from . import guard_functions, places

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


def of_class(kind):
    """The guards of a class-based view: its mixins, decorated methods, own dispatch and permission classes."""
    found = []
    rules = set()
    for base in kind.__mro__:
        rule = _MIXINS.get(guard_functions.dotted(base))
        if rule is not None and rule not in rules:  # the nearest of a kind: django-rules' mixin extends Django's
            rules.add(rule)
            found.append(rule(kind, base))
    for name in _METHODS:
        method = inspect.getattr_static(kind, name, None)
        found += _decorated(method)
        if name in ("dispatch", "initial") and _is_own_function(method) and _decides(method):
            found.append(_guard("dispatch", method, test=method))
    return found + _rest(kind)


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
    }


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


def _login_mixin(kind, base):
    return _guard("login_required", kind, refusal=_of_mixin(kind))


def _of_mixin(kind):
    """Mixins send visitors to the login page, unless ``raise_exception`` is set."""
    if getattr(kind, "return_403", False) or getattr(kind, "raise_exception", False):
        return _FORBIDDEN
    if getattr(kind, "return_404", False):
        return _NOT_FOUND
    guardian = hasattr(kind, "get_required_permissions")
    return _TO_LOGIN if guardian else _BY_VISITOR


def _permission_mixin(kind, base):
    name = "permission_required" if base.__module__.startswith("django.") else base.__module__.partition(".")[0]
    name = name if name == "permission_required" else name + ".permission_required"
    own = inspect.getattr_static(kind, "has_permission", None)
    if _is_own_function(own):
        return _guard("has_permission", own, _permissions_of(kind), test=own, refusal=_of_mixin(kind))
    return _guard(name, kind, _permissions_of(kind), refusal=_of_mixin(kind))


def _permissions_of(kind):
    """The attribute, or what django-rules makes of the kind of view; [] where a method of the project names them."""
    if any(_is_own_function(inspect.getattr_static(kind, name, None)) for name in _NAMING):
        return []
    named = getattr(kind, "permission_required", None) or ()
    known = _names(named) if isinstance(named, (str, list, tuple, set, frozenset)) else []
    return _automatic(kind) + known if hasattr(kind, "permission_type_map") else known


def _automatic(kind):
    """django-rules' ``AutoPermissionRequiredMixin``: the permission of the model for this kind of view."""
    types = [name for view, name in kind.permission_type_map if issubclass(kind, view)]
    wanted = getattr(kind, "permission_type", types[0] if types else None)
    model = getattr(kind, "model", None) or getattr(getattr(kind, "queryset", None), "model", None)
    return [model.get_perm(wanted)] if isinstance(wanted, str) and hasattr(model, "get_perm") else []


def _test_mixin(kind, base):
    test = inspect.getattr_static(kind, "test_func", None)
    return _guard("user_passes_test", test if inspect.isfunction(test) else kind, test=test, refusal=_of_mixin(kind))


_MIXINS = {
    "django.contrib.auth.mixins.LoginRequiredMixin": _login_mixin,
    "django.contrib.auth.mixins.PermissionRequiredMixin": _permission_mixin,
    "django.contrib.auth.mixins.UserPassesTestMixin": _test_mixin,
    "guardian.mixins.LoginRequiredMixin": _login_mixin,
    "guardian.mixins.PermissionRequiredMixin": _permission_mixin,
    "guardian.mixins.PermissionListMixin": _permission_mixin,
    "rules.contrib.views.PermissionRequiredMixin": _permission_mixin,
}
_DECISION = re.compile(
    r"\brequest\.user\b|\bPermissionDenied\b|\bhas_perms?\(|\bhandle_no_permission\b|\bredirect_to_login\b|\bHttpResponseForbidden\b"
)
_NAMING = ("get_permission_required", "get_required_permissions")
_METHODS = ("dispatch", "initial", "get", "post", "put", "patch", "delete")


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


def _rest(kind):
    """Permission classes of the REST framework, and what the class decides itself."""
    classes = getattr(kind, "permission_classes", None)
    if classes is None or not hasattr(kind, "get_permissions"):
        return []
    own = inspect.getattr_static(kind, "get_permissions")
    refusal = _of_authenticators(kind)
    if _is_own_function(own):
        return [_guard("drf.get_permissions", own, test=own, refusal=refusal)]
    parts = [_permission_tree(item) for item in classes]
    tree = parts[0] if len(parts) == 1 else {"op": "and", "of": parts}
    return [_guard("drf.permission_classes", kind, tree=tree, refusal=refusal)]


def _of_authenticators(kind):
    """A visitor gets 401 where the first authentication class has a challenge to send, else 403."""
    classes = getattr(kind, "authentication_classes", None) or ()
    try:
        return _BY_VISITOR if classes and classes[0]().authenticate_header(None) else _FORBIDDEN
    except Exception:  # it wants to see a request: most that do have a challenge
        return _BY_VISITOR


def _permission_tree(item):
    """A permission class, or the composition that ``&``, ``|`` and ``~`` made (an ``OperandHolder``)."""
    holder = type(item).__name__
    if holder == "SingleOperandHolder":
        return {"op": "not", "of": [_permission_tree(item.op1_class)]}
    if holder == "OperandHolder":
        parts = [_permission_tree(item.op1_class), _permission_tree(item.op2_class)]
        return {"op": item.operator_class.__name__.lower(), "of": parts}
    return {"atom": guard_functions.dotted(item), "tests": _tests(item)}


def _tests(item):
    """The bodies of ``has_permission`` and ``has_object_permission`` that a person of this project wrote."""
    found = {name: inspect.getattr_static(item, name, None) for name in ("has_permission", "has_object_permission")}
    return {name: guard_functions.body(method) for name, method in found.items() if _is_own_function(method)}
