"""SQL written by hand as a typed template: its values are parameters, its columns are read as the model's are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.catalog.table import Catalog
from workbench.queries.query import Output, Query, RawField
from workbench.queries.raw_order import Key, order_of
from workbench.targets.drizzle.names import SchemaNames, camel, fresh
from workbench.targets.drizzle.queries.constants import argument
from workbench.targets.drizzle.queries.dialects import module_of
from workbench.targets.drizzle.queries.function import Written
from workbench.targets.drizzle.queries.literals import plain
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.typescript import (
    Array,
    Const,
    Expression,
    Literal,
    Member,
    Name,
    Object,
    method,
    sql,
)
from workbench.values import Wire

_PLACE = re.compile(r"%%|%s")
# what reads the driver's value of a column that is no field of the model's, and its type
_READERS = {
    "BigIntegerField": ("toBigint", "unknown"),
    "IntegerField": ("", "number"),
    "FloatField": ("", "number"),
    "BooleanField": ("", "boolean"),
    **dict.fromkeys(
        ("DecimalField", "TextField", "DateField", "TimeField", "DateTimeField", "UUIDField"), ("", "string")
    ),
}


def written_raw(query: Query, catalog: Catalog, names: SchemaNames) -> Written:
    """``WITH found AS (the text) SELECT …``: a common table expression whose columns have the types of the schema's."""
    writer = module_of(query, catalog, names).w
    name = Name(writer.fresh("found"))
    columns = _columns(writer)
    template = sql(*_parts(writer))
    writer.use("drizzle-orm", "sql")
    alias = Literal(fresh("found", {table.name for table in catalog.tables}))
    source = method(method(Name("db"), "$with", alias, Object(tuple(columns.items()))), "as", template)
    writer.locals.append(Const(name.text, source))
    rows: Expression = method(method(method(Name("db"), "with", name), "select"), "from", name)
    return Written(writer, _ordered(writer, rows, name, list(columns)), tuple(columns))


def _ordered(writer: Writer, rows: Expression, name: Name, properties: Sequence[str]) -> Expression:
    """The order of the text again outside of it, where alone it is promised."""
    query = writer.query
    fields = {id(field.output): field.name for field in query.raw or ()}
    texts = [fields.get(id(output), output.name) for output in query.outputs]
    keys = order_of(query.sql, query.dialect, texts)
    if keys is None:
        fact = "the rows of a common table expression come in its order in practice, which SQL does not promise"
        writer.notes.append(("ORDER BY", fact))
    terms = (_term(writer, key, Member(name, properties[texts.index(key.column)])) for key in keys or ())
    return method(rows, "orderBy", *terms) if keys else rows


def _term(writer: Writer, key: Key, column: Expression) -> Expression:
    written: Expression = writer.drizzle("desc" if key.descending else "asc", column)
    return writer.helper(f"nulls{key.nulls.capitalize()}", written) if key.nulls else written


def _columns(writer: Writer) -> dict[str, Expression]:
    """Each column by what it is called in a row: as in the schema, or as the text calls it."""
    fields = {id(field.output): field for field in writer.query.raw or ()}
    found: dict[str, Expression] = {}
    for output in writer.query.outputs:
        field = fields.get(id(output))
        wanted = writer.names.column(field.table, field.column) if field else camel(output.name)
        found[fresh(wanted, set(found))] = _of_field(writer, field) if field else _other(writer, output)
    return found


def _of_field(writer: Writer, field: RawField) -> Expression:
    """The schema's column; where the text calls it otherwise, what is read as that column is."""
    table = writer.names.table(field.table)
    column = Member(writer.schema(table), writer.names.column(field.table, field.column))
    if field.name == field.column:
        return column
    return method(method(_identifier(writer, field.name, ""), "mapWith", column), "as", Literal(field.name))


def _other(writer: Writer, output: Output) -> Expression:
    reader, type = _READERS.get(output.kind, ("", "unknown"))
    code = _identifier(writer, output.name, type)
    return method(writer.helper(reader, code) if reader else code, "as", Literal(output.name))


def _identifier(writer: Writer, name: str, type: str) -> Expression:
    identifier = method(writer.use("drizzle-orm", "sql"), "identifier", Literal(name))
    return sql(identifier, type=f"{type} | null" if type not in ("", "unknown") else type)


def _parts(writer: Writer) -> Iterator[str | Expression]:
    """The text with its parameters in place; a list is one parameter, which the template would take apart."""
    text, values, last = writer.query.sql, iter(writer.query.parameters), 0
    for place in _PLACE.finditer(text):
        yield text[last : place.start()]
        last = place.end()
        yield "%" if place[0] == "%%" else _value(writer, next(values))
    yield text[last:]


def _value(writer: Writer, value: Wire) -> Expression:
    whole = isinstance(value, int) and writer.query.dialect == "sqlite"  # as a number it would be bound as REAL
    written = argument(writer, value) if whole else plain(value)
    return method(writer.use("drizzle-orm", "sql"), "param", written) if isinstance(written, Array) else written
