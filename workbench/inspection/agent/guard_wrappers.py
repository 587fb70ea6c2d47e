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


def _guard(kind, place, permissions=(), test=None, tree=None):
    """One guard; ``test`` is the function that decides, where a person wrote it."""
    return {
        "kind": kind,
        "permissions": list(permissions),
        "origin": guard_functions.origin(place),
        "source": guard_functions.source(place) if _is_own_function(place) else "",
        "test": guard_functions.body(test) if inspect.isfunction(test) else None,
        "tree": tree,
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
        return _guard("permission_required", function, _names(variables["perms"]))
    if function.__name__ == "login_required" and function.__module__ == _AUTH:
        return _guard("login_required", function)
    if not inspect.isfunction(test):
        return None
    home, inner = guard_functions.module_of(test), guard_functions.closure(test)
    perms = inner.get("perms", inner.get("perm"))  # "perm" before Django 5.2
    if home == _AUTH and perms is not None:
        return _guard("permission_required", function, _names(perms))
    if home == _AUTH:
        return _guard("login_required", function)
    if home == _ADMIN:
        return _guard("staff_member_required", function)
    return _guard("user_passes_test", test, test=test)


def _admin(function, variables):
    return _guard("staff_member_required", function) if function.__name__ == "staff_member_required" else None


def _guardian(function, variables):
    if "perm" not in variables:
        return None
    return _guard("guardian.permission_required", function, _names(variables["perm"]))


def _rules(function, variables):
    if "perm" not in variables:
        return None
    return _guard("rules.permission_required", function, _names(variables["perm"]))


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
    return _guard("login_required", kind)


def _permission_mixin(kind, base):
    name = "permission_required" if base.__module__.startswith("django.") else base.__module__.partition(".")[0]
    name = name if name == "permission_required" else name + ".permission_required"
    return _guard(name, kind, _names(getattr(kind, "permission_required", None) or ()))


def _test_mixin(kind, base):
    test = inspect.getattr_static(kind, "test_func", None)
    return _guard("user_passes_test", test if inspect.isfunction(test) else kind, test=test)


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
    if _is_own_function(own):
        return [_guard("drf.get_permissions", own, test=own)]
    parts = [_permission_tree(item) for item in classes]
    return [_guard("drf.permission_classes", kind, tree=parts[0] if len(parts) == 1 else {"op": "and", "of": parts})]


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
