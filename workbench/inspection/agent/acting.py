"""Who requests: one row of the user table takes on each profile inside a transaction that is rolled back."""

import copy
from importlib import import_module

_FLAGS = ("is_active", "is_staff", "is_superuser")
_SETTING = {  # of the scratch database's connection; SQLite need not wait for the disk
    "postgresql": ("SET statement_timeout = 5000",),
    "sqlite": ("PRAGMA synchronous = OFF", "PRAGMA journal_mode = MEMORY"),
}
_NEAR = 2  # rows followed from an object to the users it has to do with


def prepare(permissions):
    """Once: keys continue after the generated rows; content types, the named permissions and the site exist."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for sql in _SETTING.get(connection.vendor, ()):
            cursor.execute(sql)
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(sql)
    if apps.is_installed("django.contrib.contenttypes"):
        for model in apps.get_models():
            _content_type(model)
    for name in permissions:
        permission(name)
    _site(apps)


def _row(model, known, **values):
    """The row with the ``known`` values, made where there is none: in bulk, which sends no signals to the project."""
    found = model._base_manager.filter(**known).first()
    return found or model._base_manager.bulk_create([model(**dict(known, **values))])[0]


def _content_type(model):
    options = model._meta.concrete_model._meta
    types = import_module("django.contrib.contenttypes.models").ContentType
    return _row(types, {"app_label": options.app_label, "model": options.model_name})


def _site(apps):
    from django.conf import settings

    if apps.is_installed("django.contrib.sites") and getattr(settings, "SITE_ID", None):
        sites = import_module("django.contrib.sites.models").Site
        sites._base_manager.filter(domain="testserver").exclude(pk=settings.SITE_ID).update(domain="elsewhere")
        _row(sites, {"pk": settings.SITE_ID}, domain="testserver", name="testserver")
        sites._base_manager.filter(pk=settings.SITE_ID).update(domain="testserver")


def permission(name):
    """The row of ``app.codename``, made where there is none; None where no model of that app exists."""
    from django.apps import apps

    app, _, codename = name.partition(".")
    models = list(apps.get_app_config(app).get_models()) if app in apps.app_configs else []
    if not models or not apps.is_installed("django.contrib.auth"):
        return None
    rows = import_module("django.contrib.auth.models").Permission
    known = rows._base_manager.filter(content_type__app_label=app, codename=codename).first()
    owner = next((model for model in models if codename in _codenames(model)), models[0])
    return known or _row(rows, {"codename": codename, "content_type": _content_type(owner)}, name=codename)


def _codenames(model):
    defaults = ["%s_%s" % (action, model._meta.model_name) for action in model._meta.default_permissions]
    return defaults + [codename for codename, _ in model._meta.permissions]


def users():
    """Rows to act as, of those that a session can hold."""
    from django.contrib.auth import get_user_model

    return list(get_user_model()._base_manager.order_by("pk")[:1])


def cookie(user):
    """A session's cookie, made as ``login()`` makes it, without its signals."""
    from django.conf import settings
    from django.contrib import auth

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[auth.SESSION_KEY] = user._meta.pk.value_to_string(user)
    session[auth.BACKEND_SESSION_KEY] = _backend()
    if hasattr(user, "get_session_auth_hash"):
        session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def _backend():
    from django.conf import settings
    from django.contrib.auth import load_backend

    backends = settings.AUTHENTICATION_BACKENDS
    return next((name for name in backends if hasattr(load_backend(name), "get_user")), backends[0])


def take_on(user, profile):
    """The user, and their row, changed to the profile: flags, permissions of their own or through a group, groups."""
    model = type(user)
    fields = {field.name for field in model._meta.concrete_fields}
    flags = {name: bool(profile.get(name, name == "is_active")) for name in _FLAGS if name in fields}
    if any(getattr(user, name) != value for name, value in flags.items()):
        model._base_manager.filter(pk=user.pk).update(**flags)
    acting = copy.copy(user)
    for name, value in flags.items():
        setattr(acting, name, value)
    if profile.get("permissions") or profile.get("groups"):
        _grant(acting, profile)
    return acting


def ordinary(user):
    """Once: the acting user as a new one is, in no group, with no permission, every field at its default or null."""
    from django.db import IntegrityError, transaction

    for name in ("groups", "user_permissions"):
        if hasattr(user, name):
            getattr(user, name).clear()
    for field in user._meta.local_concrete_fields:
        if field.primary_key or field.unique or field.is_relation or not (field.null or field.has_default()):
            continue
        try:
            with transaction.atomic():
                type(user)._base_manager.filter(pk=user.pk).update(**{field.name: field.get_default()})
        except (IntegrityError, TypeError, ValueError):  # a constraint wants the generated value
            continue
    user.refresh_from_db()


def _grant(user, profile):
    """Rows of the permissions and groups, without the signals of the project."""
    groups = import_module("django.contrib.auth.models").Group
    granted = [row for row in map(permission, profile.get("permissions", ())) if row is not None]
    named = [_row(groups, {"name": name}) for name in profile.get("groups", ())]
    if profile.get("by_group"):
        group = _row(groups, {"name": "holders of permissions"})
        group.permissions.set(granted)
        named.append(group)
    elif hasattr(user, "user_permissions"):
        user.user_permissions.add(*granted)
    if hasattr(user, "groups"):
        user.groups.add(*named)


def facts(user, bare):
    """What a session of the other side would know of a user; ``active`` false means that there is no session.

    ``bare``: it is known that they belong to no group and hold no permission.
    """
    groups = [] if bare else list(user.groups.values_list("name", flat=True)) if hasattr(user, "groups") else []
    return {
        "id": user.pk if isinstance(user.pk, int) else str(user.pk),
        "active": bool(getattr(user, "is_active", True)),
        "staff": bool(getattr(user, "is_staff", False)),
        "superuser": bool(getattr(user, "is_superuser", False)),
        "groups": sorted(groups),
        "permissions": [] if bare else sorted(_permissions(user)),
    }


def _permissions(user):
    """Granted in general, by the rows: a superuser's are not spelled out."""
    if not hasattr(user, "user_permissions"):
        return set()
    rows = user.user_permissions.model.objects
    held = [rows.filter(group__user=user)] if hasattr(user, "groups") else []
    return {
        "%s.%s" % pair
        for query in [user.user_permissions.all(), *held]
        for pair in query.order_by().values_list("content_type__app_label", "codename")
    }


def near(row):
    """Users that an object has to do with: its own, those of rows that refer to it, and of what it refers to."""
    found = []
    for base in [row, *_ahead(row)]:
        found += _users_of(base)
        for relation in base._meta.related_objects:
            if relation.one_to_many and relation.field.concrete:
                rows = relation.related_model._base_manager.filter(**{relation.field.name: base})
                for other in rows.order_by("pk")[: _NEAR * 2]:
                    found += _users_of(other)
    return list({user.pk: user for user in found}.values())


def _ahead(row):
    return [value for field in _keys(row) for value in [_followed(row, field)] if value is not None]


def _users_of(row):
    from django.contrib.auth import get_user_model

    return [value for value in _ahead(row) if isinstance(value, get_user_model())]


def _keys(row):
    return [f for f in row._meta.concrete_fields if f.is_relation and (f.many_to_one or f.one_to_one)]


def _followed(row, field):
    key = getattr(row, field.attname)
    if key is None or field.remote_field is None:
        return None
    return field.related_model._base_manager.filter(**{field.target_field.name: key}).first()
