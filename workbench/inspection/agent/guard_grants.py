"""Where permissions on single objects come from besides rules: django-guardian's tables, backends of the project."""

import inspect
from importlib import import_module

from . import guard_functions, places

_GUARDIAN = "guardian.backends.ObjectPermissionBackend"


def read_guardian(diagnostics):
    """``{"visitor", "name", "tables": {model label: …}}`` as guardian itself finds them; None without its backend."""
    from django.apps import apps
    from django.conf import settings

    if _GUARDIAN not in settings.AUTHENTICATION_BACKENDS or not apps.is_installed("guardian"):
        return None
    from django.contrib.auth import get_user_model

    guardian = import_module("guardian.conf.settings")
    name = get_user_model().USERNAME_FIELD
    tables = {model._meta.label: _tables(model) for model in apps.get_models()} if _plain(guardian) else {}
    return {"visitor": guardian.ANONYMOUS_USER_NAME, "name": name, "tables": tables}


def _plain(guardian):
    """Whether content types are Django's own: a function of the project may name others."""
    return getattr(guardian, "GET_CONTENT_TYPE", "guardian.").startswith("guardian.")


def _tables(model):
    """The models that hold grants to users and to groups, and the content type that they name."""
    utils = import_module("guardian.utils")
    user, group = utils.get_user_obj_perms_model(model), utils.get_group_obj_perms_model(model)
    concrete = model._meta.concrete_model._meta
    return {
        "user": user._meta.label,
        "group": group._meta.label,
        "generic": [bool(user.objects.is_generic()), bool(group.objects.is_generic())],
        "content_type": [concrete.app_label, concrete.model_name],
    }


def read_backend_bodies(diagnostics):
    """``{backend: body of has_perm}`` of the backends that the project wrote itself."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    found = {}
    for name in settings.AUTHENTICATION_BACKENDS:
        method = inspect.getattr_static(import_string(name), "has_perm", None)
        if inspect.isfunction(method) and places.is_own(method.__code__.co_filename):
            found[name] = dict(guard_functions.body(method), label=name.rsplit(".", 1)[-1], bind=False, groups=[])
    return found
