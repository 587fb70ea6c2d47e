"""``sign_in_create``: users of every kind on a scratch database, with the hashes that the project's hashers make."""

import contextlib
import datetime
import uuid

from .failing import AgentError
from .pointing import point_to

# What makes a hash cheap, by algorithm: thousands of sign-ins are tried, and the cost is not what they are about
_CHEAP = {
    "pbkdf2_sha256": {"iterations": 2},
    "pbkdf2_sha1": {"iterations": 2},
    "argon2": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
    "bcrypt": {"rounds": 4},
    "bcrypt_sha256": {"rounds": 4},
    "scrypt": {"work_factor": 2, "block_size": 1, "parallelism": 1},
}
_REQUIRED = {
    "DateField": lambda number: datetime.date(2000, 1, 1),
    "DateTimeField": lambda number: datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc),
    "UUIDField": lambda number: uuid.UUID(int=number),
    "BooleanField": lambda number: False,
    "JSONField": lambda number: {},
}
_FLAGS = ("is_active", "is_staff", "is_superuser")


def create(request):
    """Makes ``users`` on ``database``, which has to be a scratch one; ``{"users": [{"id", "stored"}]}`` in that order.

    A user: ``login``, ``email``, ``password`` (null: unusable), ``algorithm`` ("": the project's first), ``cheap``,
    ``stored`` (a hash as it is, instead of a password) and the flags that the model has.
    """
    from django.contrib.auth import get_user_model
    from django.db import Error

    point_to(request["database"])
    model = get_user_model()
    try:
        first = model._base_manager.count() + 1
        made = [_user(model, number, wanted) for number, wanted in enumerate(request["users"], first)]
        model._base_manager.bulk_create(made)  # no save() of the project, no signal
    except (Error, ValueError, TypeError) as error:
        fact = "users cannot be made for a trial: %s" % (str(error).splitlines() or [""])[0]
        raise AgentError("sign-in-create", fact, name=model._meta.label, thing=model._meta.label) from error
    rows = model._base_manager.order_by("pk").values_list("pk", model.USERNAME_FIELD, "password")
    known = {login: (str(key), stored) for key, login, stored in rows}
    return {"users": [dict(zip(("id", "stored"), known[wanted["login"]])) for wanted in request["users"]]}


@contextlib.contextmanager
def cheap(wanted=True):
    """Hashers that cost next to nothing, and are the project's own again afterwards."""
    from django.contrib.auth.hashers import get_hashers

    kept = []
    for hasher in get_hashers() if wanted else ():
        for name, value in _CHEAP.get(hasher.algorithm, {}).items():
            kept.append((hasher, name, vars(hasher).get(name, kept)))
            setattr(hasher, name, value)
    try:
        yield
    finally:
        for hasher, name, value in kept:
            delattr(hasher, name) if value is kept else setattr(hasher, name, value)


def _user(model, number, wanted):
    flags = {name: wanted[name] for name in _FLAGS if any(field.name == name for field in model._meta.concrete_fields)}
    user = model(**dict(_required(model, number), **flags))
    setattr(user, model.USERNAME_FIELD, wanted["login"])
    email = model.get_email_field_name() if hasattr(model, "get_email_field_name") else None
    if email and email != model.USERNAME_FIELD and _has(model, email):
        setattr(user, email, wanted["email"])
    user.password = _hash(wanted)
    return user


def _has(model, name):
    return any(field.name == name for field in model._meta.concrete_fields)


def _hash(wanted):
    from django.contrib.auth.hashers import make_password

    if wanted.get("stored") is not None:
        return wanted["stored"]
    with cheap(wanted["cheap"]):
        return make_password(wanted["password"], hasher=wanted["algorithm"] or "default")


def _required(model, number):
    """Values for fields that have to have one and have no default."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null or field.has_default() or field.is_relation:
            continue
        kind = field.get_internal_type()
        if kind in _REQUIRED:
            values[field.name] = _REQUIRED[kind](number)
        elif kind.endswith("IntegerField") or kind in ("DecimalField", "FloatField"):
            values[field.name] = number
        elif field.unique:
            values[field.name] = "%s-%d" % (field.name, number)
    return values
