"""The Drizzle schema of a project: a module an app, relations, abstract bases, custom types, and a barrel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.catalog.table import Catalog, Dialect, Table
from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import FieldRecord, Inspection, ModelRecord
from workbench.targets.drizzle.columns import ColumnFacts, ColumnText, render_column
from workbench.targets.drizzle.custom_types import declaration
from workbench.targets.drizzle.cycles import tables_in_cycles
from workbench.targets.drizzle.keys import KeyFacts, render_keys
from workbench.targets.drizzle.module_text import ModuleText
from workbench.targets.drizzle.names import SchemaNames, table_owners
from workbench.targets.drizzle.relations import render_relations
from workbench.targets.drizzle.sequence_keys import sequence_keys
from workbench.targets.drizzle.spreads import Run, shared_bases, split_runs
from workbench.targets.drizzle.supplement import render_supplement
from workbench.targets.drizzle.table_text import TableText, write_property, write_table
from workbench.targets.drizzle.types import split_type
from workbench.targets.drizzle.words import DRIZZLE
from workbench.targets.rendering import Artifact, Rendering
from workbench.targets.typescript import Import

FOLDER = "schema"
BARREL = f"{FOLDER}/index.ts"

_BUILDERS = {"postgres": "pgTable", "sqlite": "sqliteTable"}
_CORES = {"postgres": "drizzle-orm/pg-core", "sqlite": "drizzle-orm/sqlite-core"}
_CONFIG_TYPES = ("PgTableExtraConfigValue", "SQLiteTableExtraConfigValue")


@dataclass
class _Schema:
    """The parts of one schema while its modules are written."""

    names: SchemaNames
    dialect: Dialect
    tables: list[TableText] = field(default_factory=list)
    shared: dict[str, Run] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)  # constant -> module that exports it

    @property
    def spreads(self) -> dict[str, str]:
        return {base: self.names.spread(base) for base in self.shared}


def render_schema(
    inspection: Inspection, catalog: Catalog, names: SchemaNames, dialect: Dialect, before: Sequence[str] = ()
) -> Rendering:
    """The TypeScript modules below ``schema/`` and the SQL migrations that carry what drizzle-kit cannot.

    ``before`` are statements the tables need (extensions, collations), in order.
    """
    schema = _Schema(names, dialect)
    schema.tables = list(_tables(inspection, catalog, names, dialect))
    schema.shared = shared_bases([text.runs for text in schema.tables])
    artifacts = [*_app_modules(schema, catalog), *_abstract_module(schema), *_types_module(schema)]
    artifacts += _relations_module(schema)
    artifacts.append(_barrel(artifacts))
    migrations = render_supplement(catalog, before)
    diagnostics = [item for text in schema.tables for column in text.columns for item in column.diagnostics]
    return Rendering(
        (*artifacts, *migrations.artifacts),
        (*diagnostics, *migrations.diagnostics, *_missing(inspection, catalog)),
    )


def _tables(inspection: Inspection, catalog: Catalog, names: SchemaNames, dialect: Dialect) -> Iterator[TableText]:
    keys = sequence_keys(inspection.models)
    for model in table_owners(inspection.models):
        if model.table not in catalog:
            continue
        table = catalog.table(model.table)
        fields: dict[str | None, FieldRecord] = {item.column: item for item in model.fields if item.column}
        columns = [
            render_column(_facts(table, column.name, fields, names, keys, dialect, inspection.time_zone))
            for column in table.columns
        ]
        runs = split_runs(model, columns, _declaring_bases(model, names))
        rendered = render_keys(KeyFacts(table, model, catalog, names))
        yield TableText(table, model, names.table(table.name), runs, rendered)


def _facts(
    table: Table,
    column: str,
    fields: Mapping[str | None, FieldRecord],
    names: SchemaNames,
    keys: frozenset[tuple[str, str]],
    dialect: Dialect,
    time_zone: str,
) -> ColumnFacts:
    prop = names.column(table.name, column)
    is_key = (table.name, column) in keys
    return ColumnFacts(table, table.column(column), fields.get(column), prop, is_key, dialect, time_zone)


def _declaring_bases(model: ModelRecord, names: SchemaNames) -> dict[str, str]:
    """Property -> the abstract base whose body holds the field."""
    return {
        names.column(model.table, item.column): item.declared_on
        for item in model.fields
        if item.column and item.declared_on in model.abstract_bases
    }


def _app_modules(schema: _Schema, catalog: Catalog) -> Iterator[Artifact]:
    """One module for each app, in the order of the models."""
    cycles = tables_in_cycles(catalog)
    modules: dict[str, ModuleText] = {}
    for text in schema.tables:
        stem = schema.names.module(text.table.name)
        schema.where[text.name] = stem
        module = modules.setdefault(stem, ModuleText())
        in_cycle = text.table.name in cycles
        write_table(text, module, _BUILDERS[schema.dialect], schema.shared, schema.spreads, in_cycle)
    schema.where |= dict.fromkeys(schema.spreads.values(), "abstract")
    schema.where |= {column.type.row.builder: "types" for column in _columns(schema) if column.type.row.custom}
    for stem, module in modules.items():
        yield _artifact(schema, stem, module, f'Tables of the Django app "{stem}".')


def _columns(schema: _Schema) -> Iterator[ColumnText]:
    return (column for text in schema.tables for column in text.columns)


def _artifact(schema: _Schema, stem: str, module: ModuleText, title: str) -> Artifact:
    return module.artifact(f"{FOLDER}/{stem}.ts", title, _imports(schema, stem, module.uses))


def _imports(schema: _Schema, own: str, uses: set[str]) -> Iterator[Import]:
    """Drizzle's own modules first, then ours by name."""
    words = {word for word in uses if word in DRIZZLE and word not in schema.where}
    root = words & {"sql", "relations"}
    if root:
        yield Import("drizzle-orm", tuple(root))
    core = words - root
    types = tuple(name for name in _CONFIG_TYPES if name in uses)
    if core or types:
        yield Import(_CORES[schema.dialect], tuple(core), types)
    modules: dict[str, list[str]] = {}
    for word in uses:
        if schema.where.get(word, own) != own:
            modules.setdefault(schema.where[word], []).append(word)
    for module in sorted(modules):
        yield Import(f"./{module}.ts", tuple(modules[module]))


def _abstract_module(schema: _Schema) -> Iterator[Artifact]:
    """Functions, not objects: a column builder belongs to one table."""
    if not schema.shared:
        return
    module = ModuleText()
    for base, run in schema.shared.items():
        module.add(f"// {base}\nexport const {schema.names.spread(base)} = () => ({{")
        for column in run.columns:
            write_property(column, module, 1)
        module.add("});\n")
    yield _artifact(schema, "abstract", module, "Columns of Django's abstract base classes.")


def _types_module(schema: _Schema) -> Iterator[Artifact]:
    used = {c.type.row.builder: (c, text) for text in schema.tables for c in text.columns if c.type.row.custom}
    if not used:
        return
    module = ModuleText()
    for name in sorted(used):
        column, text = used[name]
        database = next(
            c.type for c in text.table.columns if schema.names.column(text.table.name, c.name) == column.prop
        )
        module.statement(declaration(column.type, split_type(database)[0]))
    yield _artifact(schema, "types", module, "Column types that Drizzle has no builder for.")


def _relations_module(schema: _Schema) -> Iterator[Artifact]:
    statements = render_relations([text.model for text in schema.tables], schema.names)
    if not statements:
        return
    module = ModuleText()
    for statement in statements:
        module.statement(statement)
    yield _artifact(schema, "relations", module, "Relations under Django's names: foreign keys and their reverses.")


def _barrel(artifacts: Sequence[Artifact]) -> Artifact:
    stems = sorted(artifact.path.removeprefix(f"{FOLDER}/") for artifact in artifacts)
    lines = [f'export * from "./{stem}";\n' for stem in stems if stem not in ("abstract.ts", "types.ts")]
    return Artifact(BARREL, "typescript", "// Every table and relation of the project.\n" + "".join(lines))


def _missing(inspection: Inspection, catalog: Catalog) -> Iterator[Diagnostic]:
    for model in table_owners(inspection.models):
        if model.table not in catalog:
            place = model.origin or Origin(model.label)
            fact = "Django's DDL makes no such table" + ("" if model.managed else " (the model is unmanaged)")
            yield Diagnostic("drizzle-no-table", place, model.label, fact, "", Fidelity.MANUAL)
