"""``customType`` declarations for the column types that Drizzle has no builder for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workbench.targets.drizzle.types import ColumnType
from workbench.targets.typescript import (
    Array,
    Arrow,
    As,
    Block,
    Call,
    Const,
    Expression,
    Literal,
    Member,
    Name,
    New,
    Object,
    Return,
    call,
    method,
)


def declaration(kind: ColumnType, database_type: str) -> Const:
    """The constant behind a custom builder; its values pass as the driver gives them."""
    declare = _DECLARATIONS.get(kind.row.builder)
    return declare() if declare else _named(kind, database_type)


def _named(kind: ColumnType, database_type: str) -> Const:
    type_ = f"{{ data: {kind.row.typescript} }}"
    options = Object((("dataType", Arrow((), Literal(database_type))),))
    return Const(kind.row.builder, Call(Name("customType"), (options,), (type_,)), exported=True)


def _declared(name: str, type_: str, **conversions: Expression) -> Const:
    """A type whose word is given with each column: ``declared("title", { type: "varchar(200)" })``."""
    data_type = Arrow(("config",), Member(Name("config"), "type"))
    entries: list[tuple[str, Expression]] = [("dataType", data_type)]
    if conversions:
        entries += list(conversions.items())
    return Const(name, Call(Name("customType"), (Object(tuple(entries)),), (type_,)), exported=True)


_VALUE = Name("value")
_CONFIG = "config: { type: string }; configRequired: true"

_DECLARATIONS = {
    "declared": lambda: _declared("declared", f"{{ data: string; {_CONFIG} }}"),
    "declaredNumber": lambda: _declared("declaredNumber", f"{{ data: number; {_CONFIG} }}"),
    "declaredBytes": lambda: _declared("declaredBytes", f"{{ data: Buffer; {_CONFIG} }}"),
    "declaredBoolean": lambda: _declared(
        "declaredBoolean",
        f"{{ data: boolean; driverData: number; {_CONFIG} }}",
        fromDriver=Arrow(("value",), call("Boolean", _VALUE)),
        toDriver=Arrow(("value",), call("Number", _VALUE)),
    ),
    "declaredBigint": lambda: _declared(
        "declaredBigint",
        f"{{ data: bigint; driverData: number | bigint; {_CONFIG} }}",
        fromDriver=Arrow(("value",), call("BigInt", _VALUE)),
    ),
    "declaredInstant": lambda: replace(
        _declared(
            "declaredInstant",
            f"{{ data: string; driverData: string; {_CONFIG} }}",
            fromDriver=Arrow(("value",), method(_VALUE, "concat", Literal("+00"))),
            toDriver=Arrow(("value",), _replaced((("T", " "), ("Z", ""), ("+00:00", ""), ("+00", "")))),
        ),
        comment="A moment, given and read in UTC: SQLite holds its text without the zone.",
    ),
    "declaredUuid": lambda: _declared(
        "declaredUuid",
        f"{{ data: string; driverData: string; {_CONFIG} }}",
        fromDriver=Arrow(("value",), method(Array(tuple(_slices(0, 8, 12, 16, 20))), "join", Literal("-"))),
        toDriver=Arrow(("value",), method(_VALUE, "replaceAll", Literal("-"), Literal(""))),
    ),
    "declaredDecimal": lambda: _decimal(),
}


def _replaced(pairs: tuple[tuple[str, str], ...]) -> Expression:
    """``value.replace(…).replace(…)``: the first of each."""
    code: Expression = _VALUE
    for old, new in pairs:
        code = method(code, "replace", Literal(old), Literal(new))
    return code


def _slices(*starts: int) -> Iterator[Expression]:
    for index in range(len(starts)):
        yield method(_VALUE, "slice", *map(Literal, starts[index : index + 2]))


def _decimal() -> Const:
    """``declaredDecimal(2)("price", …)``: SQLite holds a number; Django reads 15 digits, rounds half to even."""
    plain: tuple[tuple[str, Expression], ...] = (
        ("roundingMode", Literal("halfEven")),
        ("useGrouping", Literal(False)),
    )
    digits = Object((("maximumSignificantDigits", Literal(15)), *plain))
    fixed = [(f"{end}imumFractionDigits", Name("places")) for end in ("min", "max")]
    digits_of = method(Name("digits"), "format", call("Number", _VALUE))
    read = method(Name("rounded"), "format", As(digits_of, "`${number}`"))
    type_ = f"{{ data: string; driverData: number | string; {_CONFIG} }}"
    body = Block(
        (
            Const("digits", _format(digits)),
            Const("rounded", _format(Object((*fixed, *plain)))),
            Return(_declared("", type_, fromDriver=Arrow(("value",), read)).value),
        )
    )
    return Const(
        "declaredDecimal",
        Arrow(("places: number",), body),
        exported=True,
        comment="A decimal: SQLite holds a number, of which Django reads 15 digits and rounds half to even.",
    )


def _format(options: Object) -> Expression:
    return New(Member(Name("Intl"), "NumberFormat"), (Literal("en-US"), options))
