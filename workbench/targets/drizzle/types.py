"""The TypeScript and Drizzle form of every column type: one row a type, keyed by the name the database prints.

Decisions, each in one place:

* ``timestamp`` and ``date`` use mode "string": a JavaScript ``Date`` holds milliseconds, PostgreSQL and Django hold
  microseconds, and equality and keyset paging break on the difference.
* ``numeric`` is a string, as Drizzle's default is: a double has 15 digits.
* ``bigint`` columns use mode "bigint", because Django's BigIntegerField reaches 2**63 - 1 and a number is exact only
  up to 2**53. Keys that a sequence fills, and foreign keys to them, use mode "number": a sequence that starts at 1 and
  took a million values a second would need 285 years to pass 2**53, and ``eq(book.id, 1)`` is what people write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from workbench.catalog.table import Column

Config: TypeAlias = tuple[tuple[str, str | int | bool], ...]
BIGINT_MODE: dict[bool, Literal["number", "bigint"]] = {True: "number", False: "bigint"}  # key filled by a sequence?


@dataclass(frozen=True)
class TypeRow:
    """A builder of Drizzle, its fixed configuration, the TypeScript type; ``arguments`` name what stands in ( )."""

    builder: str
    typescript: str
    config: Config = ()
    arguments: tuple[str, ...] = ()
    custom: bool = False  # declared by us with customType


def _custom(builder: str, typescript: str = "string") -> TypeRow:
    return TypeRow(builder, typescript, custom=True)


POSTGRES: dict[str, TypeRow] = {
    "bigint": TypeRow("bigint", "bigint"),
    "integer": TypeRow("integer", "number"),
    "smallint": TypeRow("smallint", "number"),
    "bigserial": TypeRow("bigserial", "number", (("mode", "number"),)),
    "serial": TypeRow("serial", "number"),
    "smallserial": TypeRow("smallserial", "number"),
    "boolean": TypeRow("boolean", "boolean"),
    "double precision": TypeRow("doublePrecision", "number"),
    "real": TypeRow("real", "number"),
    "numeric": TypeRow("numeric", "string", (), ("precision", "scale")),
    "character varying": TypeRow("varchar", "string", (), ("length",)),
    "character": TypeRow("char", "string", (), ("length",)),
    "text": TypeRow("text", "string"),
    "date": TypeRow("date", "string", (("mode", "string"),)),
    "timestamp with time zone": TypeRow(
        "timestamp", "string", (("withTimezone", True), ("mode", "string")), ("precision",)
    ),
    "timestamp without time zone": TypeRow("timestamp", "string", (("mode", "string"),), ("precision",)),
    "time without time zone": TypeRow("time", "string", (), ("precision",)),
    "time with time zone": TypeRow("time", "string", (("withTimezone", True),), ("precision",)),
    "interval": TypeRow("interval", "string"),
    "uuid": TypeRow("uuid", "string"),
    "jsonb": TypeRow("jsonb", "unknown"),
    "json": TypeRow("json", "unknown"),
    "inet": TypeRow("inet", "string"),
    "cidr": TypeRow("cidr", "string"),
    "macaddr": TypeRow("macaddr", "string"),
    "macaddr8": TypeRow("macaddr8", "string"),
    "bytea": _custom("bytea", "Buffer"),
    "citext": _custom("citext"),
    "hstore": _custom("hstore"),
    "tsvector": _custom("tsvector"),
    "tsquery": _custom("tsquery"),
    "xml": _custom("xml"),
    "oid": _custom("oid", "number"),
    "int4range": _custom("int4range"),
    "int8range": _custom("int8range"),
    "numrange": _custom("numrange"),
    "daterange": _custom("daterange"),
    "tsrange": _custom("tsrange"),
    "tstzrange": _custom("tstzrange"),
    "ltree": _custom("ltree"),
}

# SQLite: what Django declares. Drizzle's own builders declare other words, so the type is ours wherever they differ.
SQLITE: dict[str, TypeRow] = {
    "integer": TypeRow("integer", "number"),
    "text": TypeRow("text", "string"),
    "real": TypeRow("real", "number"),
    "blob": TypeRow("declaredBytes", "Buffer", custom=True),
    "bool": TypeRow("declaredBoolean", "boolean", custom=True),
    "bigint": TypeRow("declaredBigint", "bigint", custom=True),
    "smallint": TypeRow("declaredNumber", "number", custom=True),
    "integer unsigned": TypeRow("declaredNumber", "number", custom=True),
    "bigint unsigned": TypeRow("declaredBigint", "bigint", custom=True),
    "smallint unsigned": TypeRow("declaredNumber", "number", custom=True),
    "decimal": TypeRow("declaredDecimal", "string", custom=True),
    "varchar": TypeRow("declared", "string", custom=True),
    "char": TypeRow("declared", "string", custom=True),
    "date": TypeRow("declared", "string", custom=True),
    "datetime": TypeRow("declared", "string", custom=True),
    "time": TypeRow("declared", "string", custom=True),
}

# SQLite: what Django's field says of a column beyond its declared word
SQLITE_KINDS: dict[str, TypeRow] = {
    "key": TypeRow("declaredNumber", "number", custom=True),
    "DateTimeField": TypeRow("declaredInstant", "string", custom=True),
    "DecimalField": TypeRow("declaredDecimal", "string", custom=True),
    "UUIDField": TypeRow("declaredUuid", "string", custom=True),
    "JSONField": TypeRow("text", "unknown", (("mode", "json"),)),
}

CUSTOM_NAMES = frozenset(
    row.builder for row in (*POSTGRES.values(), *SQLITE.values(), *SQLITE_KINDS.values()) if row.custom
)


@dataclass(frozen=True)
class ColumnType:
    """A column's type, taken apart: its row, the numbers in parentheses, how many array dimensions.

    ``made``: what the builder itself is made of, as in ``declaredDecimal(2)("price", …)``.
    """

    row: TypeRow
    config: Config
    dimensions: int
    known: bool = True
    made: tuple[int, ...] = ()

    @property
    def typescript(self) -> str:
        """The type of a value that is not null."""
        return self.row.typescript + "[]" * self.dimensions


def postgres_type(column: Column, sequence_key: bool = False) -> ColumnType:
    """The type of a PostgreSQL column; a type without a row becomes text of that name, and ``known`` is false.

    ``sequence_key`` says that a sequence fills the column, or the column that it refers to.
    """
    base, numbers, dimensions = split_type(column.type)
    row = POSTGRES.get(base)
    if row is None:
        return ColumnType(TypeRow(custom_name(base), "string", custom=True), (), dimensions, known=False)
    if base == "bigint":
        mode = BIGINT_MODE[sequence_key]
        return ColumnType(TypeRow("bigint", mode), (("mode", mode),), dimensions)
    given = tuple(zip(row.arguments, numbers, strict=False))
    return ColumnType(row, (*given, *row.config), dimensions)


def split_type(text: str) -> tuple[str, tuple[int, ...], int]:
    """``character varying(20)[]`` -> ``("character varying", (20,), 1)``."""
    dimensions = text.count("[]")
    plain = text.replace("[]", "")
    match = re.search(r"\(([\d\s,]+)\)", plain)
    numbers = tuple(int(part) for part in match[1].split(",")) if match else ()
    return " ".join(re.sub(r"\([^)]*\)", "", plain).split()), numbers, dimensions


def custom_name(type_name: str) -> str:
    """The constant that declares a type we have no row for: ``my schema.type`` -> ``mySchemaType``."""
    words = [word for word in re.split(r"\W+", type_name.replace('"', "")) if word]
    return "".join([words[0][0].lower() + words[0][1:], *(word[0].upper() + word[1:] for word in words[1:])]) + "Type"
