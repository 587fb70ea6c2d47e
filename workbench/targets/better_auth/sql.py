"""The SQL that counts and moves the users: owned texts in which the project's tables and columns take their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files

from workbench.inspection.records import FieldRecord
from workbench.targets.better_auth.users import UserTable
from workbench.targets.rendering import Artifact

# the addresses that zod's z.email() takes, which Better Auth asks
ADDRESS = r"^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$"
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def sql_artifact(name: str, users: UserTable, tables: Mapping[str, str], hashers: Mapping[str, bool]) -> Artifact:
    """``preflight.sql`` or ``migrate_users.sql``; ``hashers``: algorithm -> whether Better Auth verifies it."""
    slots = {
        "users": _source(users),
        "user": identifier(tables["user"]),
        "account": identifier(tables["account"]),
        "address": literal(ADDRESS),
        "known": _array(hashers),
        "unverified": _array(name for name, verified in hashers.items() if not verified),
    }
    text = files("workbench.targets.better_auth").joinpath("module", "sql", name).read_text(encoding="utf-8")
    return Artifact(f"auth/{name}", "sql", _SLOT.sub(lambda slot: slots[slot.group(1)], text))


def identifier(name: str) -> str:
    """A quoted name of a table or column."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string constant; a backslash stands for itself (standard_conforming_strings, PostgreSQL's default)."""
    return "'" + text.replace("'", "''") + "'"


def _array(texts: Iterable[str]) -> str:
    return f"ARRAY[{', '.join(map(literal, texts))}]::text[]"


def _source(users: UserTable) -> str:
    """The rows of Django under names that do not depend on the project."""
    columns = {
        "id": f"{_column(users.key)}::text",
        "login": f"coalesce({_column(users.login)}::text, '')",
        "email": f"coalesce({_column(users.email)}::text, '')" if users.email else "''",
        "password": f"coalesce({_column(users.password)}, '!')",
        "is_active": _flag(users.active, "true"),
        "is_staff": _flag(users.staff, "false"),
        "is_superuser": _flag(users.superuser, "false"),
        "joined": _joined(users),
        "name": f"concat_ws(' ', {', '.join(map(_column, users.names))})" if users.names else "''",
    }
    selected = ",\n".join(f"    {expression} AS {name}" for name, expression in columns.items())
    return f"  SELECT\n{selected}\n  FROM {identifier(users.model.table)}"


def _joined(users: UserTable) -> str:
    if users.joined is None:
        return "NULL::timestamptz"
    if users.time_zone and users.joined.kind == "DateTimeField":
        return f"{_column(users.joined)} AT TIME ZONE {literal(users.time_zone)}"
    return f"{_column(users.joined)}::timestamptz"


def _flag(field: FieldRecord | None, otherwise: str) -> str:
    return f"coalesce({_column(field)}, false)" if field else otherwise


def _column(field: FieldRecord | None) -> str:
    assert field is not None and field.column is not None
    return identifier(field.column)
