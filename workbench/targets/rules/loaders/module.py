"""The module of all loaders: imports, types of keys, functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from workbench.catalog.table import Dialect
from workbench.inspection.records import Inspection
from workbench.policies.condition import Condition
from workbench.targets.rendering import Artifact
from workbench.targets.rules.app_module import AppModule
from workbench.targets.rules.contexts import Shape
from workbench.targets.rules.loaders.columns import Columns
from workbench.targets.rules.loaders.functions import contexts_of_users, functions
from workbench.targets.rules.loaders.loader import Loader, with_shapes
from workbench.targets.rules.own import own_shape
from workbench.targets.typescript import Import, print_statement

PATH = "permissions/loading/contexts.ts"
_READER: dict[Dialect, tuple[str, tuple[str, ...], str]] = {
    "postgres": (
        "drizzle-orm/pg-core",
        ("PgDatabase", "PgQueryResultHKT"),
        'Pick<PgDatabase<PgQueryResultHKT>, "select">',
    ),
    "sqlite": (
        "drizzle-orm/sqlite-core",
        ("BaseSQLiteDatabase",),
        'Pick<BaseSQLiteDatabase<"async", unknown>, "select">',
    ),
}


def render_loaders(
    modules: Mapping[str, AppModule],
    inspection: Inspection,
    dialect: Dialect = "postgres",
    more: Mapping[str, Sequence[Condition]] = MappingProxyType({}),
    guards: Sequence[Condition] = (),
) -> tuple[Artifact, ...]:
    """The module of all loaders; () where no rule reads anything of an object, nor of the user's own row.

    ``more``: by model, conditions whose objects are to be loaded too, beside those of the rules. ``guards``: what
    guards ask about the user.
    """
    if not modules:
        return ()
    properties = next(iter(modules.values())).properties
    own = own_shape(modules, properties, guards)
    found = list(with_shapes(modules, more))
    if not found and own.empty():
        return ()
    columns = Columns(properties)
    parts = ["".join(functions(columns, loader, node)) for loader, node in found]
    parts += ["".join(contexts_of_users(columns, own))] if not own.empty() else []
    body = "\n".join(parts)
    return (Artifact(PATH, "typescript", _head(body, found, columns, dialect) + body),)


def reader(dialect: Dialect) -> tuple[Import, str]:
    """The import and the declaration of the type of database that loaders take."""
    module, names, text = _READER[dialect]
    about = "/** A database, or a transaction, as far as it is read here. */"
    return Import(module, (), names), f"{about}\ntype Reader = {text};\n"


def _head(body: str, found: Sequence[tuple[Loader, Shape]], columns: Columns, dialect: Dialect) -> str:
    """The imports of what the body uses, and the types of keys."""
    words = set(re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"^\s*(//|/\*).*$", "", body, flags=re.M)))
    core, declaration = reader(dialect)
    imports = [Import("drizzle-orm", _used(("inArray", "sql"), words), _used(("SQL",), words))]
    imports.append(Import(core.module, _used(("alias",), words), core.types))
    for stem in sorted(set(columns.tables.values())):
        imports.append(Import(f"../../schema/{stem}.ts", tuple(t for t, s in columns.tables.items() if s == stem)))
    imports.append(Import("../loading.ts", _used(("chain", "contexts", "grouped", "made", "present"), words)))
    for app in dict.fromkeys(loader.app for loader, _ in found):
        own = [loader for loader, _ in found if loader.app == app]
        names = tuple(loader.registry for loader in own), tuple(loader.context for loader in own)
        imports.append(Import(f"../{app}.ts", *names))
    imports += [Import("../filters.ts", ("lineage",))] if "lineage" in words else []
    imports += [Import("../own.ts", (), ("Own",))] if "Own" in words else []
    imports += [Import("../rules.ts", ("capabilities",), ("User",))] if found else []
    types = "".join(f"{text}\n" for text in columns.keys.values())
    return "".join(f"{print_statement(line)}\n" for line in imports) + f"\n{declaration}{types}\n"


def _used(names: Sequence[str], words: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in words)
