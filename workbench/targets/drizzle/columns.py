"""One column: its Drizzle builder chain, and comments that say what Django does in Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.catalog.draft import generated_name
from workbench.catalog.table import Column, Dialect, Table
from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import FieldRecord
from workbench.targets.drizzle.choices import offered, union
from workbench.targets.drizzle.comments import column_comments
from workbench.targets.drizzle.sqlite_types import sqlite_type
from workbench.targets.drizzle.types import ColumnType, postgres_type
from workbench.targets.drizzle.values import CLOCKS, default_function, now, thunk
from workbench.targets.typescript import Call, Expression, Literal, Member, Name, Object, flat, method, sql


@dataclass(frozen=True)
class ColumnText:
    """A property of a table: its name, comment lines, expression, type, and where Django's field was written."""

    prop: str
    comments: tuple[str, ...]
    expression: Expression
    type: ColumnType
    origin: Origin | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class ColumnFacts:
    """What a column is rendered from; ``sequence_key`` as in :func:`workbench.targets.drizzle.types.postgres_type`."""

    table: Table
    column: Column
    field: FieldRecord | None
    prop: str
    sequence_key: bool
    dialect: Dialect
    time_zone: str = "UTC"


def render_column(facts: ColumnFacts) -> ColumnText:
    """The property of one column."""
    column, field = facts.column, facts.field
    kind = (sqlite_type if facts.dialect == "sqlite" else postgres_type)(column, facts.sequence_key)
    choices = offered(field) if field else ()
    expression: Expression = _builder(column, kind, choices)
    for step in _STEPS:
        expression = step(expression, facts, kind)
    comments = tuple(column_comments(field, _has_default(facts, kind))) if field else ()
    return ColumnText(facts.prop, comments, expression, kind, column.origin, tuple(_diagnostics(facts, kind)))


def _builder(column: Column, kind: ColumnType, choices: tuple[str | int, ...]) -> Expression:
    """``varchar("name", { length: 20, enum: ["a", "b"] })``, as an array where the column is one."""
    entries: list[tuple[str, Expression]] = [(key, Literal(value)) for key, value in kind.config]
    if choices and kind.row.builder in ("varchar", "text", "char") and not kind.dimensions:
        entries.append(("enum", union(choices)))
    arguments: tuple[Expression, ...] = (Literal(column.name),)
    builder: Expression = Name(kind.row.builder)
    if kind.made:
        builder = Call(builder, tuple(map(Literal, kind.made)))
    built: Expression = Call(builder, (*arguments, *([Object(tuple(entries))] if entries else [])))
    for _ in range(kind.dimensions):
        built = method(built, "array")
    return built


def _with_type(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    """Choices that Drizzle has no ``enum`` for become a type: ``.$type<1 | 2>()``."""
    choices = offered(facts.field) if facts.field else ()
    if not choices or kind.dimensions or kind.row.builder in ("varchar", "text", "char"):
        return chain
    types = tuple(f"{c}n" if kind.row.typescript == "bigint" else _literal_type(c) for c in choices)
    if kind.row.typescript not in ("number", "bigint", "string"):
        return chain
    return Call(Member(chain, "$type"), (), (" | ".join(types),))


def _literal_type(value: str | int) -> str:
    return flat(Literal(value))


def _with_key(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    key = facts.table.primary_key
    if key is None or key.columns != (facts.column.name,):
        return chain
    automatic = facts.dialect == "sqlite" and facts.field is not None and facts.field.kind.endswith("AutoField")
    options = (Object((("autoIncrement", Literal(True)),)),) if automatic else ()
    return method(chain, "primaryKey", *options)


def _with_identity(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    """The sequence's name is given where PostgreSQL would have to shorten it: drizzle-kit does not."""
    if facts.column.identity is None:
        return chain
    name = generated_name(facts.table.name, facts.column.name, "seq")
    short = name == f"{facts.table.name}_{facts.column.name}_seq"
    options = () if short else (Object((("name", Literal(name)),)),)
    always = facts.column.identity == "always"
    return method(chain, "generatedAlwaysAsIdentity" if always else "generatedByDefaultAsIdentity", *options)


def _with_default(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    """``db_default``: the database's own default."""
    default = facts.column.default
    return chain if default is None else method(chain, "default", sql(default))


def _with_python_default(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    """``default=``: like Django's, it is computed in the application for each new row."""
    body = _python_default(facts, kind)
    return chain if body is None else method(chain, "$defaultFn", thunk(body))


def _python_default(facts: ColumnFacts, kind: ColumnType) -> Expression | None:
    field = facts.field
    if field is None or facts.column.generated is not None:
        return None
    if field.auto_now or field.auto_now_add or _is_clock(field):
        return now(field.kind, facts.column.type, facts.time_zone)
    return default_function(field.default, kind.typescript, facts.dialect) if field.default else None


def _is_clock(field: FieldRecord) -> bool:
    name = field.default.callable if field.default else None
    return name is not None and field.kind in CLOCKS.get(name, ())


def _has_default(facts: ColumnFacts, kind: ColumnType) -> bool:
    return _python_default(facts, kind) is not None


def _with_update(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    """``auto_now``: set again at every update."""
    body = _python_default(facts, kind) if facts.field and facts.field.auto_now else None
    return chain if body is None else method(chain, "$onUpdateFn", thunk(body))


def _with_generated(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    text = facts.column.generated
    if text is None:
        return chain
    mode = "stored" if facts.column.generated_stored else "virtual"
    options = (Object((("mode", Literal(mode)),)),) if facts.dialect == "sqlite" else ()
    return method(chain, "generatedAlwaysAs", sql(text), *options)


def _with_not_null(chain: Expression, facts: ColumnFacts, kind: ColumnType) -> Expression:
    key = facts.table.primary_key
    if facts.column.nullable or (key is not None and key.columns == (facts.column.name,)):
        return chain
    return method(chain, "notNull")


# the order in which a person writes the chain
_STEPS = (
    _with_type,
    _with_key,
    _with_identity,
    _with_default,
    _with_python_default,
    _with_update,
    _with_generated,
    _with_not_null,
)


def _diagnostics(facts: ColumnFacts, kind: ColumnType) -> Iterator[Diagnostic]:
    place = facts.column.origin or Origin(f"{facts.table.name}.{facts.column.name}")
    thing = f"{facts.table.name}.{facts.column.name}"
    if not kind.known:
        fact = f"Drizzle has no builder for the type {facts.column.type}; it is read and written as text"
        yield Diagnostic("drizzle-type", place, thing, fact, "Give its customType the TypeScript type you need.",
                         Fidelity.APPROXIMATE)  # fmt: skip
    field = facts.field
    if field and field.default and not _has_default(facts, kind) and not _is_null(field):
        source = field.default.callable
        fact = f"default={source} is Python code" if source else "the default has no exact form in TypeScript"
        help = "An insert has to give the value, or write it as $defaultFn(() => …)."
        yield Diagnostic("drizzle-default", place, thing, fact, help, Fidelity.MANUAL)
    if facts.column.generated is not None and not facts.column.generated_stored and facts.dialect == "postgres":
        fact = "a virtual generated column; drizzle-kit writes STORED"
        yield Diagnostic("drizzle-virtual", place, thing, fact, "", Fidelity.UNSUPPORTED)


def _is_null(field: FieldRecord) -> bool:
    """``default=None`` is what a column without a value gets anyway."""
    return field.default is not None and field.default.callable is None and field.default.value is None


def same_expression(left: ColumnText, right: ColumnText) -> bool:
    """Whether two properties are written alike, wherever they come from."""
    return replace(left, origin=None, diagnostics=()) == replace(right, origin=None, diagnostics=())
