"""The guard that one mixin of a class-based view is."""

import inspect

from . import guard_functions, guard_made


def _login_mixin(kind, base, view):
    return guard_made.guard("login_required", kind, refusal=refusal_of(view))


def refusal_of(view):
    """Mixins send visitors to the login page, unless ``raise_exception`` is set."""
    if getattr(view, "return_403", False) or getattr(view, "raise_exception", False):
        return guard_made.FORBIDDEN
    if getattr(view, "return_404", False):
        return guard_made.NOT_FOUND
    guardian = hasattr(view, "get_required_permissions")
    return guard_made.TO_LOGIN if guardian else guard_made.BY_VISITOR


def _permission_mixin(kind, base, view):
    name = "permission_required" if base.__module__.startswith("django.") else base.__module__.partition(".")[0]
    name = name if name == "permission_required" else name + ".permission_required"
    if name.startswith("rules.") and not _has_object(kind):
        name = "permission_required"
    own = inspect.getattr_static(kind, "has_permission", None)
    if guard_made.is_own_function(own):
        return guard_made.guard("has_permission", own, _permissions_of(kind, view), test=own, refusal=refusal_of(view))
    return guard_made.guard(name, kind, _permissions_of(kind, view), refusal=refusal_of(view))


def _has_object(kind):
    """Whether django-rules' mixin finds an object to ask about: a view that creates one has none."""
    created = any(guard_functions.dotted(base) == _CREATING for base in kind.__mro__)
    own = guard_made.is_own_function(inspect.getattr_static(kind, "get_permission_object", None))
    return own or (hasattr(kind, "get_object") and not created)


_CREATING = "django.views.generic.edit.BaseCreateView"


def _permissions_of(kind, view):
    """The attribute, or what django-rules makes of the kind of view; [] where a method of the project names them."""
    if any(guard_made.is_own_function(inspect.getattr_static(kind, name, None)) for name in _NAMING):
        return []
    named = getattr(view, "permission_required", None) or ()
    known = guard_made.names(named) if isinstance(named, (str, list, tuple, set, frozenset)) else []
    return _automatic(kind, view) + known if hasattr(kind, "permission_type_map") else known


def _automatic(kind, view):
    """django-rules' ``AutoPermissionRequiredMixin``: the permission of the model for this kind of view."""
    types = [name for view, name in kind.permission_type_map if issubclass(kind, view)]
    wanted = getattr(view, "permission_type", types[0] if types else None)
    model = getattr(view, "model", None) or getattr(getattr(view, "queryset", None), "model", None)
    return [model.get_perm(wanted)] if isinstance(wanted, str) and hasattr(model, "get_perm") else []


_NAMING = ("get_permission_required", "get_required_permissions")


def _test_mixin(kind, base, view):
    own = guard_made.is_own_function(inspect.getattr_static(kind, "get_test_func", None))  # then another test is asked
    test = None if own else inspect.getattr_static(kind, "test_func", None)
    return guard_made.guard(
        "user_passes_test", test if inspect.isfunction(test) else kind, test=test, refusal=refusal_of(view)
    )


MIXINS = {
    "django.contrib.auth.mixins.LoginRequiredMixin": _login_mixin,
    "django.contrib.auth.mixins.PermissionRequiredMixin": _permission_mixin,
    "django.contrib.auth.mixins.UserPassesTestMixin": _test_mixin,
    "guardian.mixins.LoginRequiredMixin": _login_mixin,
    "guardian.mixins.PermissionRequiredMixin": _permission_mixin,
    "rules.contrib.views.PermissionRequiredMixin": _permission_mixin,
}
