"""How a project signs people in, as the agent's operation ``sign_in`` reports it: plain data, no interpretation."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.diagnostic import Diagnostic, Origin
from workbench.values import Wire


@dataclass(frozen=True)
class UserModelRecord:
    """The user model. ``overrides`` are methods about passwords and names that are not Django's own."""

    label: str
    username_field: str
    email_field: str | None
    required_fields: list[str]
    overrides: list[str]
    natural_key: str  # dotted class behind get_by_natural_key
    is_active: str  # "field" | "always" | "computed"
    origin: Origin | None = None


@dataclass(frozen=True)
class HasherRecord:
    """One of PASSWORD_HASHERS; ``missing`` says which library its algorithm lacks in the project's interpreter."""

    name: str
    algorithm: str
    overrides: list[str]
    missing: str
    origin: Origin | None = None


@dataclass(frozen=True)
class BackendRecord:
    """One of AUTHENTICATION_BACKENDS: the dotted classes behind ``authenticate`` and ``user_can_authenticate``."""

    name: str
    authenticate: str
    admits: str
    origin: Origin | None = None


@dataclass(frozen=True)
class ValidatorRecord:
    """One of AUTH_PASSWORD_VALIDATORS."""

    name: str
    options: Wire = None


@dataclass(frozen=True)
class SettingRecord:
    """A setting; ``value`` is None for what is no plain value, ``set`` where the project does not leave the default."""

    name: str
    value: str | int | float | bool | None
    set: bool
    origin: Origin


@dataclass(frozen=True)
class SignInRecord:
    """Everything; ``user`` is None in a project without a user model."""

    user: UserModelRecord | None
    hashers: list[HasherRecord]
    backends: list[BackendRecord]
    validators: list[ValidatorRecord]
    settings: list[SettingRecord]
    login_path: str
    bcrypt_truncates: bool | None  # None: no bcrypt in the project's interpreter
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def setting(self, name: str) -> SettingRecord:
        """The setting of that name; KeyError for one that is not read."""
        return {found.name: found for found in self.settings}[name]
