"""What of django.contrib.auth does not survive the way to Better Auth, each as a diagnostic."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.sign_in_records import SignInRecord
from workbench.targets.better_auth.hashers import hasher_gaps
from workbench.targets.better_auth.users import UserTable

_BACKENDS = Origin("AUTHENTICATION_BACKENDS")
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
_NATURAL_KEY = "django.contrib.auth.base_user.BaseUserManager"
MINIMUM = "django.contrib.auth.password_validation.MinimumLengthValidator"
# whose authenticate() never signs anybody in: they decide permissions
_NOBODY = {
    "",
    "django.contrib.auth.backends.BaseBackend",
    "rules.permissions.ObjectPermissionBackend",
    "guardian.backends.ObjectPermissionBackend",
}


def gaps(record: SignInRecord, users: UserTable) -> tuple[Diagnostic, ...]:
    """All of them, in the order of the tuple below."""
    return (*record.diagnostics, *(found for read in _READERS for found in read(record, users)))


def password_sign_in(record: SignInRecord) -> bool:
    """Whether a backend of the project checks the passwords of its own database."""
    return any(backend.authenticate == MODEL_BACKEND for backend in record.backends)


def _hashers(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    yield from hasher_gaps(record)


def _backends(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    """A backend of the project's own may sign in whom we refuse, and refuse whom we sign in."""
    for backend in record.backends:
        if backend.authenticate not in {*_NOBODY, MODEL_BACKEND}:
            fact = f"{backend.authenticate}.authenticate() decides who signs in; it has no translation"
            help = "Its users are refused unless their password is in the user table."
            yield Diagnostic("sign-in-backend", backend.origin or _BACKENDS, backend.name, fact, help, Fidelity.MANUAL)
        if backend.admits not in {*_NOBODY, MODEL_BACKEND}:
            fact = f"{backend.admits}.user_can_authenticate() decides who is active; here inactive users are refused"
            yield Diagnostic(
                "sign-in-admits", backend.origin or _BACKENDS, backend.name, fact, "", Fidelity.APPROXIMATE
            )
    if not password_sign_in(record):
        fact = "no backend of the project is Django's own check of a password; no hash is accepted, nobody signs in"
        yield Diagnostic("sign-in-no-password", _BACKENDS, "ModelBackend", fact, "", Fidelity.UNSUPPORTED)


def _user_model(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    if record.user is None:
        return
    place = record.user.origin or Origin(record.user.label)
    for method in record.user.overrides:
        fact = "it is the project's own, and is not asked"
        yield Diagnostic("sign-in-override", place, method, fact, "Write its rule in auth.ts.", Fidelity.MANUAL)
    if record.user.natural_key != _NATURAL_KEY:
        fact = "the project's own lookup of a login name; here a name has to be spelled as it is stored"
        thing = f"{record.user.natural_key}.get_by_natural_key"
        yield Diagnostic("sign-in-lookup", place, thing, fact, "Write it in loginName().", Fidelity.MANUAL)
    if record.user.is_active == "computed":
        fact = "it is computed, not stored: nobody is moved as inactive"
        help = "Set deactivatedAt where it is false."
        yield Diagnostic("sign-in-active", place, f"{record.user.label}.is_active", fact, help, Fidelity.MANUAL)


def _two_flags(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    if users.staff:
        fact = "isSiteAdmin is is_superuser alone; is_staff is kept as isStaff, so that nothing is lost"
        yield Diagnostic("sign-in-staff", _place(users), "is_staff", fact)


def _identity(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    fact = "a user's id is the text of Django's key; groups, permissions and profile stay in Django's tables under it"
    yield Diagnostic("sign-in-id", _place(users), users.key.name, fact)
    if users.variant == "email":
        fact = "Better Auth keeps addresses in lower case; here an address signs in only as Django has it stored"
        yield Diagnostic("sign-in-case", _place(users), users.login.name, fact)


def _sign_up(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    fact = "sign-up is off: a user made by Better Auth has no row that the project's foreign keys could point to"
    help = "Make the row of Django's user first, then turn disableSignUp off."
    yield Diagnostic("sign-in-sign-up", _place(users), users.model.label, fact, help)


def _validators(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    for validator in record.validators:
        if validator.name != MINIMUM:
            place = record.setting("AUTH_PASSWORD_VALIDATORS").origin
            fact = "Better Auth checks the length of a new password only"
            help = "Check it before a password is set."
            yield Diagnostic("sign-in-validator", place, validator.name, fact, help, Fidelity.MANUAL)


def _sessions(record: SignInRecord, users: UserTable) -> Iterator[Diagnostic]:
    fact = "sessions cannot be moved: everybody signs in again"
    yield Diagnostic("sign-in-sessions", Origin("SESSION_ENGINE"), "django_session", fact)
    fact = "Django ends a user's other sessions when the password changes; Better Auth does so where it is asked to"
    help = "Pass revokeOtherSessions: true to changePassword()."
    yield Diagnostic("sign-in-password-change", Origin("sessions"), "password", fact, help, Fidelity.APPROXIMATE)
    closes = record.setting("SESSION_EXPIRE_AT_BROWSER_CLOSE")
    if closes.value:
        fact = "a session that ends with the browser is asked for at sign-in"
        help = "Pass rememberMe: false."
        yield Diagnostic("sign-in-browser-close", closes.origin, closes.name, fact, help, Fidelity.MANUAL)


def _place(users: UserTable) -> Origin:
    return users.model.origin or Origin(users.model.label)


_READERS: tuple[Callable[[SignInRecord, UserTable], Iterator[Diagnostic]], ...] = (
    _backends,
    _hashers,
    _user_model,
    _identity,
    _two_flags,
    _sign_up,
    _validators,
    _sessions,
)
