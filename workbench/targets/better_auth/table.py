"""Sign-in as rows for a display: what Django has, what it becomes, and where Django's side is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.diagnostic import Origin
from workbench.inspection.records import FieldRecord
from workbench.inspection.sign_in_records import SettingRecord, SignInRecord
from workbench.targets.better_auth.gaps import MINIMUM, MODEL_BACKEND
from workbench.targets.better_auth.hashers import verdicts
from workbench.targets.better_auth.users import UserTable

_STAYS = "stays in Django's table"
_VERIFIED = "verified by django-passwords.ts, replaced at the first sign-in"
_SIGN_IN = {"username": "signInUsername", "email": "signInEmail"}
# a setting, and what its value becomes; settings that are not here have diagnostics or no counterpart
_SETTINGS = (
    ("SESSION_COOKIE_AGE", "session.expiresIn"),
    ("SESSION_SAVE_EVERY_REQUEST", "session.updateAge 0, or disableSessionRefresh"),
    ("SESSION_COOKIE_SECURE", "advanced.useSecureCookies"),
    ("SESSION_COOKIE_SAMESITE", "defaultCookieAttributes.sameSite"),
    ("SESSION_COOKIE_DOMAIN", "crossSubDomainCookies.domain"),
    ("SESSION_COOKIE_PATH", "defaultCookieAttributes.path"),
    ("SESSION_COOKIE_NAME", "a name of its own: Django's cookie may stay beside it"),
)


@dataclass(frozen=True)
class SignInRow:
    """One thing of Django's sign-in beside what it becomes."""

    part: str  # "user", "password", "session", "guard"
    django: str
    better_auth: str
    origin: Origin | None


def sign_in_rows(record: SignInRecord, users: UserTable) -> tuple[SignInRow, ...]:
    """The user's fields, the passwords, the session, the guards."""
    return (*_fields(users), *_passwords(record, users), *_session(record), *_guards(record, users))


def _fields(users: UserTable) -> Iterator[SignInRow]:
    becomes = _meanings(users)
    for found in users.model.fields:
        yield SignInRow("user", f"{users.model.name}.{found.name}", becomes.get(found.name, _STAYS), found.origin)


def _meanings(users: UserTable) -> dict[str, str]:
    """Field name -> column of Better Auth."""
    named: tuple[tuple[FieldRecord | None, str], ...] = (
        (users.key, "user.id, as text"),
        (users.email, "user.email, in lower case; a placeholder where it cannot stand"),
        (users.login, f"user.username, exactly; {_SIGN_IN[users.variant]}()"),
        (users.password, 'account.password of the provider "credential"'),
        (users.active, "user.deactivatedAt, set where it is false"),
        (users.staff, "user.isStaff"),
        (users.superuser, "user.isSiteAdmin"),
        (users.joined, "user.createdAt"),
        *((name, "user.name") for name in users.names),
    )
    meanings = {found.name: text for found, text in named if found}
    if users.variant == "email":
        meanings[users.login.name] = f"user.username, exactly, and user.email in lower case; {_SIGN_IN['email']}()"
    return meanings


def _passwords(record: SignInRecord, users: UserTable) -> Iterator[SignInRow]:
    verified = verdicts(record)
    for hasher in record.hashers:
        text = _VERIFIED if verified.get(hasher.algorithm) else "not verified: needs a new password"
        yield SignInRow("password", hasher.algorithm or hasher.name, text, hasher.origin)
    for backend in record.backends:
        text = "password in the account row" if backend.authenticate == MODEL_BACKEND else "not asked"
        yield SignInRow("password", backend.name, text, backend.origin)
    place = record.setting("AUTH_PASSWORD_VALIDATORS").origin
    for validator in record.validators:
        text = "emailAndPassword.minPasswordLength" if validator.name == MINIMUM else "by hand"
        yield SignInRow("password", validator.name, text, place)


def _session(record: SignInRecord) -> Iterator[SignInRow]:
    for name, becomes in _SETTINGS:
        setting = record.setting(name)
        yield SignInRow("session", f"{name} = {_shown(setting)}", becomes, setting.origin)


def _shown(setting: SettingRecord) -> str:
    return repr(setting.value)


def _guards(record: SignInRecord, users: UserTable) -> Iterator[SignInRow]:
    login = record.setting("LOGIN_URL")
    yield SignInRow("guard", f"LOGIN_URL = {_shown(login)}", f"loginPath {record.login_path}", login.origin)
    text = "the route lies below _authed, and its server functions use requireAuth: both are needed"
    yield SignInRow("guard", "login_required", text, None)
    yield SignInRow("guard", "user.is_active", "requireSession() denies a locked account at its next request", None)
    if users.superuser:
        yield SignInRow("guard", "user.is_superuser", "requireSiteAdmin()", users.superuser.origin)
