"""The sign-in of a project as Better Auth: owned modules, the project's own facts, and the SQL that moves its users."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from workbench.catalog.table import Catalog
from workbench.inspection.records import Inspection
from workbench.inspection.sign_in_records import SignInRecord
from workbench.targets.better_auth.gaps import gaps
from workbench.targets.better_auth.hashers import verdicts
from workbench.targets.better_auth.project_module import project_module
from workbench.targets.better_auth.sql import sql_artifact
from workbench.targets.better_auth.users import UserTable, user_table
from workbench.targets.rendering import Artifact, Rendering

FOLDER = "auth"
MODELS = ("user", "session", "account", "verification")  # of Better Auth 1.6
SCHEMA = ("schema.ts", "login.ts", "project.ts")  # what drizzle-kit needs
OWNED = ("schema.ts", "django-passwords.ts", "options.ts", "session.ts", "server.ts")
START = {"guards.ts": "guards.ts", "_authed.ts": "routes/_authed.ts", "api.auth.$.ts": "routes/api.auth.$.ts"}
VARIANTS = ("login.ts", "auth.ts")
SQL = ("preflight.sql", "migrate_users.sql")


def render_sign_in(inspection: Inspection, record: SignInRecord, catalog: Catalog) -> Rendering:
    """Modules and SQL below ``auth/``, and the guards of a TanStack Start app below ``start/``.

    WorkbenchError where the user model has no counterpart.
    """
    users = user_table(inspection, record)
    tables = table_names(table.name for table in catalog.tables)
    artifacts = [*map(_owned, OWNED), *(_variant(users, name) for name in VARIANTS), project_module(record, tables)]
    artifacts += [Artifact(f"start/{path}", "typescript", _text("start", name)) for name, path in START.items()]
    artifacts += [sql_artifact(name, users, tables, verdicts(record)) for name in SQL]
    return Rendering(tuple(artifacts), gaps(record, users))


def table_names(taken: Iterable[str]) -> dict[str, str]:
    """Better Auth's tables under its own names, with ``auth_`` before one that the project has given away."""
    taken = set(taken)
    names = {}
    for model in MODELS:
        name = model
        while name in taken:
            name = f"auth_{name}"
        names[model] = name
        taken.add(name)
    return names


def schema_files(rendering: Rendering) -> dict[str, str]:
    """The modules that declare the tables, by path."""
    return {f"{FOLDER}/{name}": rendering.artifact(f"{FOLDER}/{name}").text for name in SCHEMA}


def typescript_modules(rendering: Rendering) -> dict[str, str]:
    """Every module below ``auth/``, by path: those that need Better Auth and no web framework."""
    modules = {found.path: found.text for found in rendering.artifacts if found.language == "typescript"}
    return {path: text for path, text in modules.items() if path.startswith(f"{FOLDER}/")}


def _owned(name: str) -> Artifact:
    """A module that we write and the generated project owns."""
    return Artifact(f"{FOLDER}/{name}", "typescript", _text(name))


def _variant(users: UserTable, name: str) -> Artifact:
    return Artifact(f"{FOLDER}/{name}", "typescript", _text(users.variant, name))


def _text(*path: str) -> str:
    return files("workbench.targets.better_auth").joinpath("module", *path).read_text(encoding="utf-8")
