"""``auth/project.ts``: what the project's settings say about signing in, each constant with the line it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from workbench.diagnostic import Origin
from workbench.inspection.sign_in_records import SettingRecord, SignInRecord
from workbench.targets.better_auth.gaps import MINIMUM, password_sign_in
from workbench.targets.better_auth.hashers import verdicts
from workbench.targets.drizzle.module_text import ModuleText
from workbench.targets.rendering import Artifact
from workbench.targets.typescript import Array, As, Const, Expression, Literal, Object

PATH = "auth/project.ts"
_TITLE = "What the Django project says about signing in."
_LONGEST = 4096  # Better Auth wants a limit, Django's login form has none: more than any password
_DEFAULT_MINIMUM = 8  # MinimumLengthValidator's own default

Entries: TypeAlias = tuple[tuple[str, Expression], ...]


def project_module(record: SignInRecord, tables: Mapping[str, str]) -> Artifact:
    """The one module of ``auth/`` that differs from project to project beside ``auth.ts`` and ``login.ts``."""
    module = ModuleText()
    _constant(module, "tables", tuple((name, Literal(table)) for name, table in tables.items()), const=True)
    _constant(module, "accepted", _accepted(record), record.setting("PASSWORD_HASHERS").origin)
    _constant(module, "passwords", _passwords(record), record.setting("AUTH_PASSWORD_VALIDATORS").origin)
    _constant(module, "sessions", _sessions(record), record.setting("SESSION_COOKIE_AGE").origin)
    _constant(module, "cookies", _cookies(record), record.setting("SESSION_COOKIE_SECURE").origin)
    login = record.setting("LOGIN_URL")
    module.statement(Const("loginPath", Literal(record.login_path), True, "", _said(login.origin)), login.origin)
    return module.artifact(PATH, _TITLE, ())


def _constant(
    module: ModuleText, name: str, entries: Entries, origin: Origin | None = None, *, const: bool = False
) -> None:
    value: Expression = Object(entries)
    comment = _said(origin) if origin else ""
    module.statement(Const(name, As(value, "const") if const else value, True, "", comment), origin)


def _said(origin: Origin) -> str:
    return f"{origin.name}: {origin}" if origin.file else f"{origin.name}: Django's default"


def _accepted(record: SignInRecord) -> Entries:
    """No hash at all where no backend of the project asks for a password."""
    names = [name for name, verified in verdicts(record).items() if verified] if password_sign_in(record) else []
    hashers = tuple(map(Literal, names))
    return (("hashers", Array(hashers)), ("bcryptTruncates", Literal(bool(record.bcrypt_truncates))))


def _passwords(record: SignInRecord) -> Entries:
    enabled = ("enabled", Literal(password_sign_in(record)))
    return (enabled, ("minLength", Literal(_minimum(record))), ("maxLength", Literal(_LONGEST)))


def _minimum(record: SignInRecord) -> int:
    """Of a new password; 1 where the project asks for none."""
    for validator in record.validators:
        if validator.name == MINIMUM:
            options = validator.options
            found = options.get("v") if isinstance(options, dict) else None
            return int(found.get("min_length", _DEFAULT_MINIMUM)) if isinstance(found, dict) else _DEFAULT_MINIMUM
    return 1


def _sessions(record: SignInRecord) -> Entries:
    """Seconds; a session is prolonged at every request, or never."""
    age = ("expiresIn", Literal(record.setting("SESSION_COOKIE_AGE").value))
    if record.setting("SESSION_SAVE_EVERY_REQUEST").value:
        return (age, ("updateAge", Literal(0)))
    return (age, ("disableSessionRefresh", Literal(True)))


def _cookies(record: SignInRecord) -> Entries:
    """Better Auth's cookies are never readable by scripts, and keep names of their own: Django's may stay beside."""
    secure = ("useSecureCookies", Literal(bool(record.setting("SESSION_COOKIE_SECURE").value)))
    attributes = Object((("sameSite", _same_site(record.setting("SESSION_COOKIE_SAMESITE"))), *_path(record)))
    domain = record.setting("SESSION_COOKIE_DOMAIN").value
    shared = Object((("enabled", Literal(True)), ("domain", Literal(domain)))) if domain else None
    crossing = (("crossSubDomainCookies", shared),) if shared else ()
    return (secure, ("defaultCookieAttributes", attributes), *crossing)


def _same_site(setting: SettingRecord) -> Expression:
    """Django's False leaves the attribute away; a browser then takes Lax, and so do we."""
    return As(Literal(str(setting.value or "lax").lower()), "const")


def _path(record: SignInRecord) -> Entries:
    path = record.setting("SESSION_COOKIE_PATH").value
    return (("path", Literal(path)),) if path != "/" else ()
