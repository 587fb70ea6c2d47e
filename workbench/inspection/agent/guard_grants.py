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


_KINDS = (("User", "get_user_obj_perms_model"), ("Group", "get_group_obj_perms_model"))


def _table(model, who, generic):
    """The model whose ``content_object`` refers to this one, else the one for objects of any model."""
    base = getattr(import_module("guardian.models"), who + "ObjectPermissionBase")
    for field in model._meta.get_fields():
        other = field.related_model if field.auto_created and (field.one_to_many or field.one_to_one) else None
        if other is None or not issubclass(other, base) or not getattr(other, "enabled", True):
            continue
        if not other.objects.is_generic():
            target = other._meta.get_field("content_object").remote_field.model
            if target._meta.concrete_model is model._meta.concrete_model:
                return other
    return getattr(import_module("guardian.utils"), generic)()


def _tables(model):
    """The models that hold grants to users and to groups, and the content type that they name."""
    user, group = (_table(model, *kind) for kind in _KINDS)
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


def read_user_methods(diagnostics):
    """``{name: body}`` of what the project's user model answers itself, before any backend is asked."""
    from django.contrib.auth import get_user_model

    kind = get_user_model()
    found = {}
    for name in _ANSWERS:
        method = inspect.getattr_static(kind, name, None)
        if inspect.isfunction(method) and places.is_own(method.__code__.co_filename):
            found[name] = guard_functions.method_body(kind, name)
    return found


_ANSWERS = ("has_perm", "has_module_perms")
