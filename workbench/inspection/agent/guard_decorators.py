"""The guard that one decorator is: known by the module whose code wraps, or learned by running it."""

import inspect

from . import guard_exploring, guard_functions, guard_made

_AUTH = "django.contrib.auth.decorators"
_ADMIN = "django.contrib.admin.views.decorators"


def known(function):
    """The guard that one wrapping function is, or None."""
    if not inspect.isfunction(function):
        return None
    rule = _WRAPPERS.get(guard_functions.module_of(function))
    return rule(function, guard_functions.closure(function)) if rule else None


def of_wrapper(wrapper, inner):
    """A decorator that Django does not have: a guard where it refuses anybody, or where that cannot be read."""
    module = guard_functions.module_of(wrapper)
    if inner is None or not inspect.isfunction(wrapper) or module.partition(".")[0] in _READ or module in _WRAPPERS:
        return None
    return _explored("decorator", wrapper, guard_exploring.of_wrapper(wrapper, inner))


def of_decorator(decorator):
    """The guard that a decorator would put before a method."""
    guard = known(decorator)
    home = guard_functions.module_of(decorator).partition(".")[0]
    if guard is not None or home in _READ or not inspect.isfunction(decorator):
        return guard
    return _explored("decorator", decorator, guard_exploring.of_decorator(decorator))


_READ = {"", "django", "rest_framework", "guardian", "rules", "functools", "contextlib"}  # known, or none of a guard


def _explored(kind, place, found):
    """A guard of what a run with stand-ins found; None where everybody passes."""
    if found.get("tree") == {"status": guard_exploring.PASS}:
        return None
    guard = guard_made.guard(kind, place, refusal=found.get("refusal", guard_made.BY_VISITOR))
    guard["origin"]["name"] = "%s.%s" % (guard_functions.module_of(place), _written_name(place))
    return dict(guard, explored=found.get("tree"), unread=found.get("why", ""), source=guard_functions.source(place))


def _written_name(wrapper):
    """Of the decorator around it, whatever ``functools.wraps`` wrote on it; before Python 3.11 the wrapper's own."""
    code = wrapper.__code__
    return getattr(code, "co_qualname", code.co_name).partition(".<locals>")[0]


def _auth(function, variables):
    test = variables.get("test_func")
    if "perms" in variables:
        return guard_made.guard(
            "permission_required", function, guard_made.names(variables["perms"]), refusal=_raising(variables)
        )
    if function.__name__ == "login_required" and function.__module__ == _AUTH:
        return guard_made.guard("login_required", function, refusal=guard_made.TO_LOGIN)
    if not inspect.isfunction(test):
        return None
    home, inner = guard_functions.module_of(test), guard_functions.closure(test)
    perms = inner.get("perms", inner.get("perm"))  # "perm" before Django 5.2
    if home == _AUTH and perms is not None:
        return guard_made.guard("permission_required", function, guard_made.names(perms), refusal=_raising(inner))
    if home == _AUTH:
        return guard_made.guard("login_required", function, refusal=guard_made.TO_LOGIN)
    if home == _ADMIN:
        return guard_made.guard("staff_member_required", function, refusal=guard_made.TO_LOGIN)
    found = guard_exploring.of_test(test)
    refusal = found.get("refusal", guard_made.TO_LOGIN)
    return dict(guard_made.guard("user_passes_test", test, test=test, refusal=refusal), explored=found.get("tree"))


def _raising(variables):
    return guard_made.FORBIDDEN if variables.get("raise_exception") else guard_made.TO_LOGIN


def _admin(function, variables):
    named = function.__name__ == "staff_member_required"
    return guard_made.guard("staff_member_required", function, refusal=guard_made.TO_LOGIN) if named else None


def _guardian(function, variables):
    if "perm" not in variables:
        return None
    refusal = guard_made.NOT_FOUND if variables.get("return_404") else guard_made.TO_LOGIN
    refusal = guard_made.FORBIDDEN if variables.get("return_403") else refusal
    return guard_made.guard(
        "guardian.permission_required", function, guard_made.names(variables["perm"]), refusal=refusal
    )


def _rules(function, variables):
    """Without ``fn`` it asks in general, as Django's own."""
    if "perm" not in variables:
        return None
    kind = "permission_required" if variables.get("fn") is None else "rules.permission_required"
    return guard_made.guard(kind, function, guard_made.names(variables["perm"]), refusal=_raising(variables))


# The module whose code wraps -> the rule that reads its closure
_WRAPPERS = {
    _AUTH: _auth,
    _ADMIN: _admin,
    "guardian.decorators": _guardian,
    "rules.contrib.views": _rules,
}
