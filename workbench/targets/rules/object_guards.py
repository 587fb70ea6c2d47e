"""Guards about an object that load it themselves: what a server function calls with the key that its address names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.catalog.table import Dialect
from workbench.targets.rendering import Artifact
from workbench.targets.rules.loaders import PATH as LOADERS
from workbench.targets.rules.loaders import Loader, reader
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.views import OWN, GuardFunction
from workbench.targets.typescript import Import, print_statement

PATH = "permissions/loading/guards.ts"


def render_object_guards(
    functions: Sequence[GuardFunction], loaders: Mapping[str, Loader], properties: Properties, dialect: Dialect
) -> tuple[Artifact, ...]:
    """A function beside each of the project's own guards about an object of one model; no module without any."""
    found = [(one, loader) for one in functions if (loader := _loader(one, loaders)) is not None]
    if not found:
        return ()
    core, declaration = reader(dialect)
    models = dict.fromkeys(loader.model for _, loader in found)
    modules: dict[str, list[str]] = {}
    for model in models:
        modules.setdefault(properties.module(model), []).append(properties.table(model))
    imports = [
        Import(core.module, (), core.types),
        *(Import(f"../../schema/{module}.ts", tuple(tables)) for module, tables in sorted(modules.items())),
        Import("../rules.ts", (), ("User",)),
        Import("../views.ts", tuple(one.name for one, _ in found)),
        Import(f"./{LOADERS.rpartition('/')[2]}", tuple(dict.fromkeys(loader.contexts for _, loader in found))),
    ]
    head = "".join(f"{print_statement(line)}\n" for line in imports)
    body = "\n".join(text for one, loader in found for text in _function(one, loader, properties))
    return (Artifact(PATH, "typescript", f"{head}\n{declaration}\n{body}"),)


def _loader(function: GuardFunction, loaders: Mapping[str, Loader]) -> Loader | None:
    """What loads the one kind of object that a guard is about."""
    models = {rule.permission.model or "" for rule in function.rules}
    return loaders.get(models.pop()) if function.module == OWN and len(models) == 1 else None


def _function(function: GuardFunction, loader: Loader, properties: Properties) -> Iterator[str]:
    key = f'(typeof {properties.table(loader.model)}.$inferSelect)["{properties.column(loader.model, "pk")}"]'
    yield (
        f"/** {function.name}, of the object with that key; 404 where there is none. */\n"
        f"export async function {function.name}Of(db: Reader, user: User, key: {key}): Promise<void> {{\n"
        f"  {function.name}(user, (await {loader.contexts}(db, [key])).get(key));\n}}\n"
    )
