"""Loaders of contexts: what the rules about a model read of its objects, in a constant number of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from workbench.catalog.table import Dialect
from workbench.inspection.records import Inspection
from workbench.policies.condition import Above, Condition, Some
from workbench.policies.translating import Translator, atoms
from workbench.targets.rendering import Artifact
from workbench.targets.rules.app_module import AppModule
from workbench.targets.rules.contexts import Shape, shape_of
from workbench.targets.rules.own import own_shape
from workbench.targets.rules.properties import Properties, Step
from workbench.targets.typescript import (
    Expression,
    Import,
    Literal,
    Member,
    Name,
    Object,
    Verbatim,
    call,
    flat,
    method,
    print_expression,
    print_statement,
    sql,
)

PATH = "permissions/loading/contexts.ts"
OWN = "ownContexts"  # loads what rules read of users' own rows
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


@dataclass(frozen=True)
class Loader:
    """The functions that load the contexts of one model's objects, by their names in the generated module."""

    model: str  # label
    app: str
    registry: str
    context: str
    contexts: str
    capabilities: str


def loaders(modules: Mapping[str, AppModule]) -> tuple[Loader, ...]:
    """A loader for each model whose rules read anything of its objects."""
    return tuple(loader for loader, _ in _found(modules, {}))


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
    found = list(_found(modules, more))
    if not found and own.empty():
        return ()
    writer = _Writer(properties)
    parts = ["".join(writer.functions(loader, node)) for loader, node in found]
    parts += ["".join(writer.own(own))] if not own.empty() else []
    body = "\n".join(parts)
    return (Artifact(PATH, "typescript", _head(body, found, writer, dialect) + body),)


def reader(dialect: Dialect) -> tuple[Import, str]:
    """The import and the declaration of the type of database that loaders take."""
    module, names, text = _READER[dialect]
    about = "/** A database, or a transaction, as far as it is read here. */"
    return Import(module, (), names), f"{about}\ntype Reader = {text};\n"


def _found(modules: Mapping[str, AppModule], more: Mapping[str, Sequence[Condition]]) -> Iterator[tuple[Loader, Shape]]:
    for app, module in modules.items():
        by_model: dict[str, tuple[str, str]] = {}
        for rule in sorted(module.rules.values(), key=lambda rule: rule.permission.asked is not None):
            if rule.permission.model and rule.permission.about_object:
                by_model.setdefault(rule.permission.model, (rule.registry, rule.context))
        for model, (registry, context) in by_model.items():
            conditions = (*conditions_of(module, model), *more.get(model, ()))
            node = _shape(model, conditions, module.properties)
            if not node.empty():
                stem = module.properties.variable(model)
                names = (f"{stem}Contexts", f"{stem}Capabilities")
                yield Loader(model, app, registry, context, *names), node


def conditions_of(module: AppModule, model: str) -> list[Condition]:
    """The conditions that the rules about a model are made of, as far as they are translated."""
    keys = dict.fromkeys(
        key
        for rule in module.rules.values()
        if rule.permission.model == model and rule.permission.about_object
        for key in atoms(rule.permission.about_object)
    )
    return _translated(module.translator, keys, model)


def _translated(translator: Translator, keys: Mapping[str, None], model: str) -> list[Condition]:
    found = (translator.atom(key, model).condition for key in keys)
    return [condition for condition in found if condition is not None]


def _shape(model: str, conditions: Sequence[Condition], properties: Properties) -> Shape:
    """What the conditions read, without those that the schema does not hold: their predicates are stubs that deny."""
    held = []
    for condition in conditions:
        try:
            shape_of(model, [condition], properties)
            held.append(condition)
        except KeyError:
            continue
    return shape_of(model, held, properties)


@dataclass
class _Writer:
    """Writes the functions of one model after another; ``tables`` collects what they select from."""

    properties: Properties
    tables: dict[str, str] = field(default_factory=dict)  # constant -> module of the schema
    keys: dict[str, str] = field(default_factory=dict)  # name of a type -> its declaration

    def functions(self, loader: Loader, node: Shape) -> Iterator[str]:
        """Inner objects first, then the contexts, then the capabilities."""
        about = f"/** What the rules about {loader.model} read of each object. */\nexport "
        yield from self._loading(loader.contexts, node, loader.context, about)
        key = self._key_type(node)
        yield (
            "\n/** What the viewer may do with each object that is there: booleans for the interface. */\n"
            f"export async function {loader.capabilities}(db: Reader, viewer: User, keys: readonly {key}[]) {{\n"
            f"  const found = await {loader.contexts}(db, keys);\n"
            f"  return new Map([...found].map(([key, context]) => "
            f"[key, capabilities({loader.registry}, viewer, context)]));\n}}\n"
        )

    def own(self, node: Shape) -> Iterator[str]:
        """What rules read of users' own rows."""
        yield from self._loading(OWN, node, "Own", "/** What rules read of the users' own rows. */\nexport ")

    def _loading(self, name: str, node: Shape, context: str, about: str = "") -> Iterator[str]:
        """The function ``name`` for one table, after those of what hangs on its rows; by the rows' own keys."""
        yield from self._parts(name, node, context)
        key = self._key_type(node)
        head = f"{about}async function {name}(db: Reader, keys: readonly {key}[] | SQL): Promise<Map<{key}, {context}>>"
        yield f"{head} {{\n{self._found(name, node, self._key(node))}"
        yield f"  return contexts(found, {self._made(node)});\n}}\n"

    def _parts(self, name: str, node: Shape, context: str) -> Iterator[str]:
        """The functions that load what hangs on the rows of one table."""
        for property, (step, inner) in node.objects.items():
            part = f'{context}["{property}"]'
            yield from self._keyed(_inner(name, property), inner, f"NonNullable<{part}>", step.target)
            yield "\n"
        for property, (_, inner) in node.chains.items():
            yield from self._loading(_inner(name, property), inner, f'{context}["{property}"][number]')
            yield "\n"
        for property, (some, inner) in node.rows.items():
            if not _plain(inner):
                link = (some.model, self.properties.column(some.model, some.link))
                yield from self._grouped(_inner(name, property), inner, f'{context}["{property}"][number]', link)
                yield "\n"

    def _keyed(self, name: str, node: Shape, context: str, target: tuple[str, str]) -> Iterator[str]:
        """The function for objects that are referred to by the column ``target``."""
        yield from self._parts(name, node, context)
        key = self._type_of(*target)
        head = f"async function {name}(db: Reader, keys: readonly {key}[]): Promise<Map<{key}, {context}>>"
        yield f"{head} {{\n{self._found(name, node, self._column(*target))}"
        yield f"  return contexts(found, {self._made(node)});\n}}\n"

    def _grouped(self, name: str, node: Shape, context: str, link: tuple[str, str]) -> Iterator[str]:
        """The function for rows that refer to objects by the column ``link``, and on which more hangs."""
        yield from self._parts(name, node, context)
        key = f"NonNullable<{self._type_of(*link)}>"
        head = f"async function {name}(db: Reader, keys: readonly {key}[]): Promise<Map<{key}, {context}[]>>"
        yield f"{head} {{\n{self._found(name, node, self._column(*link))}"
        yield f"  return grouped(made(found, {self._made(node)}));\n}}\n"

    def _found(self, name: str, node: Shape, by: Expression) -> str:
        """The rows, and all that hangs on them: one query each."""
        chosen = call("inArray", by, Name("keys"))
        parts = (("key", by), *self._links(node), ("row", self._row(node)))
        select = _selected(parts, self._table(node.model), chosen)
        lines = [f"  const found = await {print_expression(select, 1, 20, 1)};\n"]
        lines += [self._objects(name, property, step) for property, (step, _) in node.objects.items()]
        lines += [self._chain(name, property, above) for property, (above, _) in node.chains.items()]
        lines += [self._rows(name, property, some, inner) for property, (some, inner) in node.rows.items()]
        return "".join(lines)

    def _links(self, node: Shape) -> Iterator[tuple[str, Expression]]:
        """The foreign keys that lead on, and the columns that other rows refer to."""
        for property, (step, _) in node.objects.items():
            yield f"to_{property}", self._column(*step.source)
        for property, (some, _) in node.rows.items():
            yield f"of_{property}", self._column(node.model, self._owner(some))
        for property in node.chains:
            yield f"of_{property}", self._key(node)

    def _owner(self, some: Some) -> str:
        """The column that rows refer to."""
        if some.keyed == "text":
            return self.properties.column(some.owner, "pk")
        return self.properties.link(some.model, some.link).target[1]

    def _objects(self, name: str, property: str, step: Step) -> str:
        keys = f"found.map((one) => one.to_{property})"
        keys = f"present({keys})" if step.nullable else keys
        return f"  const {property}Of = await {_inner(name, property)}(db, {keys});\n"

    def _chain(self, name: str, property: str, above: Above) -> str:
        """The rows above, in one recursive query."""
        table = self._table(above.model)
        columns = [f"climber.{self.properties.column(above.model, field)}" for field in ("pk", above.parent)]
        start = f"sql`${{{columns[0]}}} from ${{{table}}} as ${{climber}} where ${{inArray({columns[0]}, starts)}}`"
        sql_name = f"{self.properties.sql_table(above.model)}_above"
        return (
            f"  const {property}Of = await ((): ReturnType<typeof {_inner(name, property)}> => {{\n"
            f"    const climber = alias({table}, {flat(Literal(sql_name))});\n"
            f"    const starts = found.map((one) => one.of_{property});\n"
            f"    const line = lineage({table}, climber, {', '.join(columns)}, {start});\n"
            f"    return {_inner(name, property)}(db, starts.length ? line : []);\n  }})();\n"
        )

    def _rows(self, name: str, property: str, some: Some, inner: Shape) -> str:
        owners = f"found.map((one) => one.of_{property})"
        owners = f"{owners}.map(String)" if some.keyed == "text" else owners
        if not _plain(inner):
            return f"  const {property}Of = await {_inner(name, property)}(db, {owners});\n"
        link = self._column(some.model, self.properties.column(some.model, some.link))
        parts = (("of", link), ("row", self._row(inner)))
        select = _selected(parts, self._table(some.model), call("inArray", link, Verbatim(owners)))
        return f"  const {property}Of = grouped(await {print_expression(select, 1, 24, 2)});\n"

    def _row(self, node: Shape) -> Object:
        own = tuple((name, self._column(node.model, name)) for name in sorted(node.columns))
        return Object(own) if own else _ONE

    def _made(self, node: Shape) -> str:
        """What makes the context of one row: its columns, its objects, the rows that refer to it, those above it."""
        parts = ["...one.row"] if node.columns else []
        parts += [f"{property}: {property}Part" for property in node.objects]
        for property, (some, _) in node.rows.items():
            owner = f"String(one.of_{property})" if some.keyed == "text" else f"one.of_{property}"
            parts.append(f"{property}: {property}Of.get({owner}) ?? []")
        for property, (above, _) in node.chains.items():
            parent = self.properties.column(above.model, above.parent)
            parts.append(f"{property}: chain({property}Of, one.of_{property}, (link) => link.{parent})")
        value = f"{{ {', '.join(parts)} }}"
        if not node.objects:
            return f"(one) => ({value})"
        got = "".join(f"    const {p}Part = {_part(p, step)};\n" for p, (step, _) in node.objects.items())
        there = "".join(f"{p}Part === undefined || " for p in node.objects).removesuffix(" || ")
        return f"(one) => {{\n{got}    return {there} ? undefined : {value};\n  }}"

    def _key(self, node: Shape) -> Expression:
        return self._column(node.model, self.properties.column(node.model, "pk"))

    def _key_type(self, node: Shape) -> str:
        return self._type_of(node.model, self.properties.column(node.model, "pk"))

    def _type_of(self, model: str, column: str) -> str:
        """The name of a column's type."""
        table = self._table(model)
        own = column == self.properties.column(model, "pk")
        name = f"{_capital(table)}{'Key' if own else _capital(column)}"
        self.keys[name] = f'type {name} = (typeof {table}.$inferSelect)["{column}"];'
        return name

    def _column(self, model: str, column: str) -> Expression:
        return Member(Name(self._table(model)), column)

    def _table(self, model: str) -> str:
        table = self.properties.table(model)
        self.tables[table] = self.properties.module(model)
        return table


_ONE = Object((("one", sql("1")),))


def _plain(node: Shape) -> bool:
    """Whether rows hold columns only: then they are read where they are needed."""
    return not (node.objects or node.rows or node.chains)


def _part(property: str, step: Step) -> str:
    """An object by the key that refers to it: undefined where it should be there and is not."""
    if not step.nullable:
        return f"{property}Of.get(one.to_{property})"
    if step.backward:
        return f"{property}Of.get(one.to_{property}) ?? null"
    return f"one.to_{property} === null ? null : {property}Of.get(one.to_{property})"


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _inner(name: str, property: str) -> str:
    return f"{name}{property[:1].upper()}{property[1:]}"


def _selected(parts: Sequence[tuple[str, Expression]], table: str, where: Expression) -> Expression:
    return method(method(method(Name("db"), "select", Object(tuple(parts))), "from", Name(table)), "where", where)


def _head(body: str, found: Sequence[tuple[Loader, Shape]], writer: _Writer, dialect: Dialect) -> str:
    """The imports of what the body uses, and the types of keys."""
    words = set(re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"^\s*(//|/\*).*$", "", body, flags=re.M)))
    core, declaration = reader(dialect)
    imports = [Import("drizzle-orm", _used(("inArray", "sql"), words), _used(("SQL",), words))]
    imports.append(Import(core.module, _used(("alias",), words), core.types))
    for stem in sorted(set(writer.tables.values())):
        imports.append(Import(f"../../schema/{stem}.ts", tuple(t for t, s in writer.tables.items() if s == stem)))
    imports.append(Import("../loading.ts", _used(("chain", "contexts", "grouped", "made", "present"), words)))
    for app in dict.fromkeys(loader.app for loader, _ in found):
        own = [loader for loader, _ in found if loader.app == app]
        names = tuple(loader.registry for loader in own), tuple(loader.context for loader in own)
        imports.append(Import(f"../{app}.ts", *names))
    imports += [Import("../filters.ts", ("lineage",))] if "lineage" in words else []
    imports += [Import("../own.ts", (), ("Own",))] if "Own" in words else []
    imports += [Import("../rules.ts", ("capabilities",), ("User",))] if found else []
    types = "".join(f"{text}\n" for text in writer.keys.values())
    return "".join(f"{print_statement(line)}\n" for line in imports) + f"\n{declaration}{types}\n"


def _used(names: Sequence[str], words: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in words)
