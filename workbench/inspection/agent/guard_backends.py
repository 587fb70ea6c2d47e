"""The backends that are asked for permissions, each by the class that answers: many only change how one signs in."""

from . import guard_functions

_KNOWN = (
    "django.contrib.auth.backends.ModelBackend",
    "rules.permissions.ObjectPermissionBackend",
    "guardian.backends.ObjectPermissionBackend",
)
_ANSWERING = (
    "has_perm",
    "has_module_perms",
    "get_all_permissions",
    "get_user_permissions",
    "get_group_permissions",
    "_get_permissions",
    "_get_user_permissions",
    "_get_group_permissions",
)


def read_backends(diagnostics):
    """Dotted names in the order of the settings: the known class where nothing of its answers was overridden."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    named = getattr(settings, "AUTHENTICATION_BACKENDS", None) or []
    return list(dict.fromkeys(_answering(name, import_string(name)) for name in named))


def _answering(name, backend):
    for base in getattr(backend, "__mro__", ()):
        if guard_functions.dotted(base) in _KNOWN:
            same = all(getattr(backend, method, None) is getattr(base, method, None) for method in _ANSWERING)
            return guard_functions.dotted(base) if same else name
    return name
