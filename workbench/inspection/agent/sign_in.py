"""``sign_in``: how the project signs people in: its user model, hashers, backends, validators and settings."""

from importlib import import_module

from . import context, settings_places, sources
from .naming import dotted
from .wire import to_wire

SETTINGS = (
    "AUTH_USER_MODEL",
    "AUTHENTICATION_BACKENDS",
    "PASSWORD_HASHERS",
    "AUTH_PASSWORD_VALIDATORS",
    "LOGIN_URL",
    "LOGIN_REDIRECT_URL",
    "LOGOUT_REDIRECT_URL",
    "PASSWORD_RESET_TIMEOUT",
    "SESSION_ENGINE",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_DOMAIN",
    "SESSION_COOKIE_PATH",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_SAVE_EVERY_REQUEST",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE",
)
_USER_METHODS = ("check_password", "set_password", "has_usable_password", "get_username", "normalize_username")
_HASHER_METHODS = ("verify", "encode", "decode")


def sign_in(request):
    """The facts; ``user`` is null where the project has no user model of django.contrib.auth."""
    diagnostics = []
    user = _user(diagnostics)
    return {
        "user": user,
        "hashers": [_hasher(name, diagnostics) for name in _listed("PASSWORD_HASHERS")] if user else [],
        "backends": [_backend(name, diagnostics) for name in _listed("AUTHENTICATION_BACKENDS")] if user else [],
        "validators": [_validator(found) for found in _listed("AUTH_PASSWORD_VALIDATORS")],
        "settings": [_setting(name) for name in SETTINGS],
        "login_path": _login_path(diagnostics),
        "bcrypt_truncates": _bcrypt_truncates(),
        "diagnostics": diagnostics,
    }


def _listed(name):
    from django.conf import settings

    return list(getattr(settings, name, None) or [])


def _user(diagnostics):
    from django.core.exceptions import ImproperlyConfigured

    try:
        from django.contrib.auth import get_user_model

        model = get_user_model()
    except (ImproperlyConfigured, RuntimeError) as error:
        diagnostics.append(_unread("AUTH_USER_MODEL", error))
        return None
    return {
        "label": model._meta.label,
        "username_field": model.USERNAME_FIELD,
        "email_field": model.get_email_field_name() if hasattr(model, "get_email_field_name") else None,
        "required_fields": list(model.REQUIRED_FIELDS),
        "overrides": [dotted(model) + "." + name for name in _USER_METHODS if not _djangos(_definer(model, name))],
        "natural_key": _natural_key(model),
        "is_active": _active(model),
        "origin": sources.class_origin(model),
    }


def _active(model):
    """ "field", "always" (a class attribute that is true) or "computed"."""
    if any(field.name == "is_active" for field in model._meta.concrete_fields):
        return "field"
    return "always" if getattr(model, "is_active", None) is True else "computed"


def _natural_key(model):
    """The class behind ``get_by_natural_key``, which looks a login name up."""
    definer = _definer(type(model._default_manager), "get_by_natural_key")
    return dotted(definer) if definer else ""


def _definer(cls, method):
    """The class whose body holds the method, or None."""
    return next((base for base in cls.__mro__ if method in vars(base)), None)


def _djangos(cls):
    return cls is None or cls.__module__.startswith("django.contrib.auth.")


def _loaded(name, diagnostics, setting):
    from django.utils.module_loading import import_string

    try:
        return import_string(name)
    except (Exception, SystemExit) as error:
        diagnostics.append(_unread(setting, error, name))
        return None


def _hasher(name, diagnostics):
    """One that cannot be loaded has an empty algorithm; ``missing`` says which library its algorithm lacks."""
    cls = _loaded(name, diagnostics, "PASSWORD_HASHERS")
    if cls is None:
        return {"name": name, "algorithm": "", "overrides": [], "missing": "", "origin": _place(name)}
    return {
        "name": name,
        "algorithm": str(cls.algorithm or ""),
        "overrides": [method for method in _HASHER_METHODS if not _djangos(_definer(cls, method))],
        "missing": _missing(cls()),
        "origin": sources.class_origin(cls),
    }


def _missing(hasher):
    if hasher.library is None:
        return ""
    try:
        hasher._load_library()
    except ValueError as error:
        return str(error)
    return ""


def _backend(name, diagnostics):
    """The classes that decide who is signed in; empty where the backend cannot be loaded."""
    cls = _loaded(name, diagnostics, "AUTHENTICATION_BACKENDS")
    definers = [_definer(cls, method) if cls else None for method in ("authenticate", "user_can_authenticate")]
    authenticate, admits = [dotted(found) if found else "" for found in definers]
    origin = sources.class_origin(cls) if cls else _place(name)
    return {"name": name, "authenticate": authenticate, "admits": admits, "origin": origin}


def _validator(found):
    return {"name": str(found.get("NAME", "")), "options": to_wire(found.get("OPTIONS") or {})}


def _setting(name):
    from django.conf import settings

    value = getattr(settings, name, None)
    shown = value if isinstance(value, (str, int, float, bool, type(None))) else None
    return {
        "name": name,
        "value": shown,
        "set": settings.is_overridden(name),
        "origin": settings_places.setting_origin(name),
    }


def _login_path(diagnostics):
    """LOGIN_URL as the path it leads to: it may be the name of an address."""
    from django.conf import settings
    from django.shortcuts import resolve_url

    try:
        return str(resolve_url(settings.LOGIN_URL))
    except (Exception, SystemExit) as error:
        diagnostics.append(_unread("LOGIN_URL", error))
        return str(settings.LOGIN_URL)


def _bcrypt_truncates():
    """Whether Python's bcrypt cuts a password after 72 bytes, as it did before its version 5; None without bcrypt."""
    try:
        bcrypt = import_module("bcrypt")
    except ImportError:
        return None
    try:
        bcrypt.hashpw(b"x" * 73, bcrypt.gensalt(4))
    except ValueError:
        return False
    return True


def _place(name):
    return {"name": name, "file": None, "line": None}


def _unread(setting, error, thing=""):
    fact = "%s: %s" % (type(error).__name__, error)
    place = settings_places.setting_origin(setting)
    return context.diagnostic(
        "sign-in-unread", setting, thing or setting, fact, "", "error", place["file"], place["line"]
    )
