"""The user table of a project: which of its columns holds what Better Auth has to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.records import FieldRecord, Inspection, ModelRecord
from workbench.inspection.sign_in_records import SignInRecord, UserModelRecord

_NAMES = ("full_name", "name", "display_name")  # of custom user models without first and last name
_PLACE = Origin("AUTH_USER_MODEL")


@dataclass(frozen=True)
class UserTable:
    """The fields by what they mean; None where the model has no such field."""

    model: ModelRecord
    key: FieldRecord
    login: FieldRecord
    password: FieldRecord
    email: FieldRecord | None
    active: FieldRecord | None
    staff: FieldRecord | None
    superuser: FieldRecord | None
    joined: FieldRecord | None
    names: tuple[FieldRecord, ...]
    time_zone: str | None  # of moments that are stored without one

    @property
    def variant(self) -> Literal["email", "username"]:
        """How users are named when they sign in."""
        return "email" if self.login is self.email else "username"


def user_table(inspection: Inspection, record: SignInRecord) -> UserTable:
    """The table of AUTH_USER_MODEL. WorkbenchError where there is none, or where it has no passwords of its own."""
    if record.user is None:
        raise _refused("the project has no user model", "django.contrib.auth is not installed")
    model = next(found for found in inspection.models if found.label == record.user.label)
    fields = {found.name: found for found in model.fields if found.column}
    if model.parents:
        parents = ", ".join(model.parents)
        raise _refused(model.label, f"its columns are spread over the tables of its parents ({parents})", model.origin)
    if "password" not in fields:
        raise _refused(model.label, "it has no field named password", model.origin)
    return _table(model, fields, record.user, None if inspection.use_tz else inspection.time_zone)


def _table(
    model: ModelRecord, fields: dict[str, FieldRecord], user: UserModelRecord, time_zone: str | None
) -> UserTable:
    names = [fields[name] for name in ("first_name", "last_name") if name in fields]
    return UserTable(
        model=model,
        key=fields[model.primary_key[0]],
        login=fields[user.username_field],
        password=fields["password"],
        email=fields.get(user.email_field or ""),
        active=fields.get("is_active"),
        staff=fields.get("is_staff"),
        superuser=fields.get("is_superuser"),
        joined=fields.get("date_joined"),
        names=tuple(names or [fields[name] for name in _NAMES if name in fields][:1]),
        time_zone=time_zone,
    )


def _refused(thing: str, fact: str, place: Origin | None = None) -> WorkbenchError:
    advice = "Its sign-in has to be moved by hand."
    return WorkbenchError(Diagnostic("sign-in-user", place or _PLACE, thing, fact, advice, Fidelity.ERROR))
