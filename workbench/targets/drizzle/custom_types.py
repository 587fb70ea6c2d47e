"""``customType`` declarations for the column types that Drizzle has no builder for."""

from __future__ import annotations

from workbench.targets.drizzle.types import ColumnType
from workbench.targets.typescript import Arrow, Call, Const, Expression, Literal, Member, Name, Object, call


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


_CONFIG = "config: { type: string }; configRequired: true"

_DECLARATIONS = {
    "declared": lambda: _declared("declared", f"{{ data: string; {_CONFIG} }}"),
    "declaredNumber": lambda: _declared("declaredNumber", f"{{ data: number; {_CONFIG} }}"),
    "declaredBytes": lambda: _declared("declaredBytes", f"{{ data: Buffer; {_CONFIG} }}"),
    "declaredBoolean": lambda: _declared(
        "declaredBoolean",
        f"{{ data: boolean; driverData: number; {_CONFIG} }}",
        fromDriver=Arrow(("value",), call("Boolean", Name("value"))),
        toDriver=Arrow(("value",), call("Number", Name("value"))),
    ),
    "declaredDecimal": lambda: _declared(
        "declaredDecimal",
        f"{{ data: string; driverData: number | string; {_CONFIG} }}",
        fromDriver=Arrow(("value",), call("String", Name("value"))),
    ),
}
