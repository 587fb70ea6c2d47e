"""The functions of loaders: each after those that it calls."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.targets.rules.contexts import Shape
from workbench.targets.rules.loaders.columns import Columns
from workbench.targets.rules.loaders.loader import Loader
from workbench.targets.rules.loaders.reading import found_rows, inner_name, plain
from workbench.targets.rules.properties import Step

OWN = "ownContexts"  # loads what rules read of users' own rows


def functions(columns: Columns, loader: Loader, node: Shape) -> Iterator[str]:
    """Inner objects first, then the contexts, then the capabilities."""
    about = f"/** What the rules about {loader.model} read of each object. */\nexport "
    yield from _loading(columns, loader.contexts, node, loader.context, about)
    key = columns.key_type(node)
    yield (
        "\n/** What the viewer may do with each object that is there: booleans for the interface. */\n"
        f"export async function {loader.capabilities}(db: Reader, viewer: User, keys: readonly {key}[]) {{\n"
        f"  const found = await {loader.contexts}(db, keys);\n"
        f"  return new Map([...found].map(([key, context]) => "
        f"[key, capabilities({loader.registry}, viewer, context)]));\n}}\n"
    )


def contexts_of_users(columns: Columns, node: Shape) -> Iterator[str]:
    """What rules read of users' own rows."""
    yield from _loading(columns, OWN, node, "Own", "/** What rules read of the users' own rows. */\nexport ")


def _loading(columns: Columns, name: str, node: Shape, context: str, about: str = "") -> Iterator[str]:
    """The function ``name`` for one table, after those of what hangs on its rows; by the rows' own keys."""
    yield from _parts(columns, name, node, context)
    key = columns.key_type(node)
    head = f"{about}async function {name}(db: Reader, keys: readonly {key}[] | SQL): Promise<Map<{key}, {context}>>"
    yield f"{head} {{\n{found_rows(columns, name, node, columns.key(node))}"
    yield f"  return contexts(found, {_made(columns, node)});\n}}\n"


def _parts(columns: Columns, name: str, node: Shape, context: str) -> Iterator[str]:
    """The functions that load what hangs on the rows of one table."""
    for property, (step, inner) in node.objects.items():
        part = f'{context}["{property}"]'
        yield from _keyed(columns, inner_name(name, property), inner, f"NonNullable<{part}>", step.target)
        yield "\n"
    for property, (_, inner) in node.chains.items():
        yield from _loading(columns, inner_name(name, property), inner, f'{context}["{property}"][number]')
        yield "\n"
    for property, (some, inner) in node.rows.items():
        if not plain(inner):
            link = (some.model, columns.properties.column(some.model, some.link))
            yield from _grouped(columns, inner_name(name, property), inner, f'{context}["{property}"][number]', link)
            yield "\n"


def _keyed(columns: Columns, name: str, node: Shape, context: str, target: tuple[str, str]) -> Iterator[str]:
    """The function for objects that are referred to by the column ``target``."""
    yield from _parts(columns, name, node, context)
    key = columns.type_of(*target)
    head = f"async function {name}(db: Reader, keys: readonly {key}[]): Promise<Map<{key}, {context}>>"
    yield f"{head} {{\n{found_rows(columns, name, node, columns.column(*target))}"
    yield f"  return contexts(found, {_made(columns, node)});\n}}\n"


def _grouped(columns: Columns, name: str, node: Shape, context: str, link: tuple[str, str]) -> Iterator[str]:
    """The function for rows that refer to objects by the column ``link``, and on which more hangs."""
    yield from _parts(columns, name, node, context)
    key = f"NonNullable<{columns.type_of(*link)}>"
    head = f"async function {name}(db: Reader, keys: readonly {key}[]): Promise<Map<{key}, {context}[]>>"
    yield f"{head} {{\n{found_rows(columns, name, node, columns.column(*link))}"
    yield f"  return grouped(made(found, {_made(columns, node)}));\n}}\n"


def _made(columns: Columns, node: Shape) -> str:
    """What makes the context of one row: its columns, its objects, the rows that refer to it, those above it."""
    parts = ["...one.row"] if node.columns else []
    parts += [f"{property}: {property}Part" for property in node.objects]
    for property, (some, _) in node.rows.items():
        owner = f"String(one.of_{property})" if some.keyed == "text" else f"one.of_{property}"
        parts.append(f"{property}: {property}Of.get({owner}) ?? []")
    for property, (above, _) in node.chains.items():
        parent = columns.properties.column(above.model, above.parent)
        parts.append(f"{property}: chain({property}Of, one.of_{property}, (link) => link.{parent})")
    value = f"{{ {', '.join(parts)} }}"
    if not node.objects:
        return f"(one) => ({value})"
    got = "".join(f"    const {p}Part = {_part(p, step)};\n" for p, (step, _) in node.objects.items())
    there = "".join(f"{p}Part === undefined || " for p in node.objects).removesuffix(" || ")
    return f"(one) => {{\n{got}    return {there} ? undefined : {value};\n  }}"


def _part(property: str, step: Step) -> str:
    """An object by the key that refers to it: undefined where it should be there and is not."""
    if not step.nullable:
        return f"{property}Of.get(one.to_{property})"
    if step.backward:
        return f"{property}Of.get(one.to_{property}) ?? null"
    return f"one.to_{property} === null ? null : {property}Of.get(one.to_{property})"
