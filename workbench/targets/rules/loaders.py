"""Loaders of contexts: what the rules about a model read of its objects, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from workbench.catalog.table import Dialect
from workbench.inspection.records import Inspection
from workbench.policies.condition import Attribute, Condition, Some
from workbench.policies.translating import Translator, atoms
from workbench.targets.rendering import Artifact
from workbench.targets.rules.app_module import AppModule
from workbench.targets.rules.contexts import leaves
from workbench.targets.rules.properties import Properties, Step
from workbench.targets.typescript import (
    Arrow,
    Expression,
    Import,
    Member,
    Name,
    Object,
    call,
    method,
    print_expression,
    print_statement,
    sql,
)

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


@dataclass(frozen=True)
class Loader:
    """The functions that load the contexts of one model's objects, by their names in the generated module."""

    model: str  # label
    app: str
    registry: str
    context: str
    contexts: str
    capabilities: str


@dataclass
class _Node:
    """What is read of one table's row: columns, objects it refers to, rows that refer to it."""

    model: str
    columns: dict[str, str] = field(default_factory=dict)  # property -> property of the table
    objects: dict[str, tuple[Step, _Node]] = field(default_factory=dict)
    rows: dict[str, tuple[Some, set[str]]] = field(default_factory=dict)  # property -> a test of them, their columns


def loaders(modules: Mapping[str, AppModule]) -> tuple[Loader, ...]:
    """A loader for each model whose rules read anything of its objects."""
    return tuple(loader for loader, _ in _found(modules, {}))


def render_loaders(
    modules: Mapping[str, AppModule],
    inspection: Inspection,
    dialect: Dialect = "postgres",
    more: Mapping[str, Sequence[Condition]] = MappingProxyType({}),
) -> tuple[Artifact, ...]:
    """The module of all loaders; () where no rule reads anything of an object.

    ``more``: by model, conditions whose objects are to be loaded too, beside those of the rules.
    """
    found = list(_found(modules, more))
    if not found:
        return ()
    properties = next(iter(modules.values())).properties
    writer = _Writer(properties)
    parts = ["".join(writer.functions(loader, node)) for loader, node in found]
    return (Artifact(PATH, "typescript", _head(found, writer, dialect) + "\n".join(parts)),)


def reader(dialect: Dialect) -> tuple[Import, str]:
    """The import and the declaration of the type of database that loaders take."""
    module, names, text = _READER[dialect]
    about = "/** A database, or a transaction, as far as it is read here. */"
    return Import(module, (), names), f"{about}\ntype Reader = {text};\n"


def _found(modules: Mapping[str, AppModule], more: Mapping[str, Sequence[Condition]]) -> Iterator[tuple[Loader, _Node]]:
    for app, module in modules.items():
        by_model: dict[str, tuple[str, str]] = {}
        for rule in module.rules.values():
            if rule.permission.model and rule.permission.rule:
                by_model[rule.permission.model] = (rule.registry, rule.context)
        for model, (registry, context) in by_model.items():
            conditions = (*conditions_of(module, model), *more.get(model, ()))
            node = _node(model, conditions, module.properties)
            if node is not None:
                stem = module.properties.variable(model)
                names = (f"{stem}Contexts", f"{stem}Capabilities")
                yield Loader(model, app, registry, context, *names), node


def conditions_of(module: AppModule, model: str) -> list[Condition]:
    """The conditions that the rules about a model are made of, as far as they are translated."""
    keys = dict.fromkeys(
        key
        for rule in module.rules.values()
        if rule.permission.model == model and rule.permission.rule
        for key in atoms(rule.permission.rule)
    )
    return _translated(module.translator, keys, model)


def _translated(translator: Translator, keys: Mapping[str, None], model: str) -> list[Condition]:
    found = (translator.atom(key, model).condition for key in keys)
    return [condition for condition in found if condition is not None]


def _node(model: str, conditions: Sequence[Condition], properties: Properties) -> _Node | None:
    """The tree of what the conditions read; None where that is nothing."""
    root, read = _Node(model), False
    for condition in conditions:
        try:
            for leaf in leaves(condition):
                _add(root, leaf, properties)
                read = True
        except KeyError:  # the schema does not hold it: its predicate is a stub that denies
            continue
    return root if read else None


def _add(root: _Node, leaf: Attribute | Some, properties: Properties) -> None:
    node = root
    for step in properties.steps(root.model, leaf.through):
        node = node.objects.setdefault(step.property, (step, _Node(step.target[0])))[1]
    if isinstance(leaf, Some):
        _, columns = node.rows.setdefault(properties.rows(leaf.model, leaf.link), (leaf, set()))
        columns |= {properties.column(leaf.model, match.field) for match in leaf.where}
    else:
        column = properties.column(leaf.model, leaf.field)
        node.columns[column] = column


@dataclass
class _Writer:
    """Writes the functions of one model after another; ``tables`` collects what they select from."""

    properties: Properties
    tables: dict[str, str] = field(default_factory=dict)  # constant -> module of the schema
    keys: dict[str, str] = field(default_factory=dict)  # name of a type -> its declaration

    def functions(self, loader: Loader, node: _Node) -> Iterator[str]:
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

    def _loading(self, name: str, node: _Node, context: str, about: str = "") -> Iterator[str]:
        """The function ``name`` for one table, after those of the objects that its rows refer to."""
        for property, (_, inner) in node.objects.items():
            part = f'{context}["{property}"]'
            yield from self._loading(_inner(name, property), inner, part)
            yield "\n"
        key, table = self._key_type(node), self._table(node.model)
        chosen = call("inArray", self._key(node), Name("keys"))
        select = _selected((("key", self._key(node)), *self._links(node), ("row", self._row(node))), table, chosen)
        lines = [f"  const found = await {print_expression(select, 1, 20, 1)};\n"]
        lines += [self._objects(name, property, step) for property, (step, _) in node.objects.items()]
        lines += [self._rows(property, some, columns, node) for property, (some, columns) in node.rows.items()]
        yield (
            f"{about}async function {name}(db: Reader, keys: readonly {key}[]): Promise<Map<{key}, {context}>> {{\n"
            f"{''.join(lines)}{self._made(node)}}}\n"
        )

    def _links(self, node: _Node) -> Iterator[tuple[str, Expression]]:
        """The foreign keys that lead on, and the columns that other rows refer to."""
        for property, (step, _) in node.objects.items():
            yield f"to_{property}", self._column(*step.source)
        for property, (some, _) in node.rows.items():
            yield f"of_{property}", self._column(*self.properties.link(some.model, some.link).target)

    def _objects(self, name: str, property: str, step: Step) -> str:
        return f"  const {property}Of = await {_inner(name, property)}(db, found.map((one) => one.to_{property}));\n"

    def _rows(self, property: str, some: Some, columns: set[str], node: _Node) -> str:
        link = self.properties.link(some.model, some.link)
        row = Object(tuple((column, self._column(some.model, column)) for column in sorted(columns)))
        owners = method(Name("found"), "map", Arrow(("one",), Member(Name("one"), f"of_{property}")))
        chosen = call("inArray", self._column(*link.source), owners)
        parts = (("of", self._column(*link.source)), ("row", row if columns else _ONE))
        select = _selected(parts, self._table(some.model), chosen)
        return f"  const {property}Of = grouped(await {print_expression(select, 1, 24, 2)});\n"

    def _row(self, node: _Node) -> Object:
        own = tuple((name, self._column(node.model, column)) for name, column in sorted(node.columns.items()))
        return Object(own) if own else _ONE

    def _made(self, node: _Node) -> str:
        """The context of one row: its columns, its objects and the rows that refer to it."""
        parts = ["...one.row"] if node.columns else []
        parts += [f"{property}: {property}Part" for property in node.objects]
        parts += [f"{property}: {property}Of.get(one.of_{property}) ?? []" for property in node.rows]
        value = f"{{ {', '.join(parts)} }}"
        if not node.objects:
            return f"  return contexts(found, (one) => ({value}));\n"
        got = "".join(f"    const {p}Part = {p}Of.get(one.to_{p});\n" for p in node.objects)
        there = " && ".join(f"{p}Part" for p in node.objects)
        return f"  return contexts(found, (one) => {{\n{got}    return {there} && {value};\n  }});\n"

    def _key(self, node: _Node) -> Expression:
        return self._column(node.model, self.properties.column(node.model, "pk"))

    def _key_type(self, node: _Node) -> str:
        table, column = self._table(node.model), self.properties.column(node.model, "pk")
        name = f"{table[:1].upper()}{table[1:]}Key"
        self.keys[name] = f'type {name} = (typeof {table}.$inferSelect)["{column}"];'
        return name

    def _column(self, model: str, column: str) -> Expression:
        return Member(Name(self._table(model)), column)

    def _table(self, model: str) -> str:
        table = self.properties.table(model)
        self.tables[table] = self.properties.module(model)
        return table


_ONE = Object((("one", sql("1")),))


def _inner(name: str, property: str) -> str:
    return f"{name}{property[:1].upper()}{property[1:]}"


def _selected(parts: Sequence[tuple[str, Expression]], table: str, where: Expression) -> Expression:
    return method(method(method(Name("db"), "select", Object(tuple(parts))), "from", Name(table)), "where", where)


def _head(found: Sequence[tuple[Loader, _Node]], writer: _Writer, dialect: Dialect) -> str:
    core, declaration = reader(dialect)
    rows = any(node.rows for _, top in found for node in _below(top))
    bare = any(not node.columns for _, top in found for node in _below(top))
    bare = bare or any(not columns for _, top in found for node in _below(top) for _, columns in node.rows.values())
    imports = [Import("drizzle-orm", ("inArray", "sql") if bare else ("inArray",)), core]
    for stem in sorted(set(writer.tables.values())):
        imports.append(Import(f"../../schema/{stem}.ts", tuple(t for t, s in writer.tables.items() if s == stem)))
    imports.append(Import("../loading.ts", ("contexts", "grouped") if rows else ("contexts",)))
    for app in dict.fromkeys(loader.app for loader, _ in found):
        own = [loader for loader, _ in found if loader.app == app]
        names = tuple(loader.registry for loader in own), tuple(loader.context for loader in own)
        imports.append(Import(f"../{app}.ts", *names))
    imports.append(Import("../rules.ts", ("capabilities",), ("User",)))
    types = "".join(f"{text}\n" for text in writer.keys.values())
    return "".join(f"{print_statement(line)}\n" for line in imports) + f"\n{declaration}{types}\n"


def _below(node: _Node) -> Iterator[_Node]:
    yield node
    for _, inner in node.objects.values():
        yield from _below(inner)
