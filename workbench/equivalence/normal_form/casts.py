"""Rules on casts that do nothing, and on constants that have a type by their place."""

from __future__ import annotations

import re

from sqlglot import exp

from workbench.catalog.ddl_types import canonical_type
from workbench.equivalence.normal_form.facts import Facts

_INTEGERS = ("integer", "bigint", "smallint")


_SMALL_INTEGER = re.compile(r"-?[0-9]{1,4}")  # fits every integer type


_WITH_POINT = re.compile(r"[0-9]{1,30}\.[0-9]{1,30}")


def idle_cast(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A cast of a column to the very type it has does nothing; neither does one of varchar to text, in a comparison."""
    column = facts.column(node.this)
    if column is None or facts.dialect != "postgres":
        return None
    kind = _type_name(node.args["to"])
    as_text = kind == "text" and column.type.startswith("character varying") and _read_as_text(node, facts)
    return node.this if kind == column.type or as_text else None


# PostgreSQL has these operators for text alone: a varchar beside them is read as text anyway
_OF_TEXT = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Like, exp.ILike)


def _read_as_text(node: exp.Expr, facts: Facts) -> bool:
    """Is it compared with a constant or with text? Beside citext or character(n) another operator would be chosen."""
    if not isinstance(node.parent, _OF_TEXT):
        return False
    other = node.parent.expression if node.parent.this is node else node.parent.this
    column = facts.column(other)
    return isinstance(other, (exp.Literal, exp.Parameter)) or (
        column is not None and column.type.startswith(("character varying", "text"))
    )


def constant_cast(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A number written with a decimal point is a numeric already, a small whole number an integer."""
    number = node.this
    if facts.dialect != "postgres" or not isinstance(number, exp.Literal) or number.is_string:
        return None
    kind = _type_name(node.args["to"])
    if kind == "integer":
        return number if _SMALL_INTEGER.fullmatch(number.name) else None
    return number if kind == "numeric" and _WITH_POINT.fullmatch(number.name) else None


def _type_name(kind: exp.Expr) -> str:
    return canonical_type(kind.sql("postgres"))


def typed_literal(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Beside a column, a constant has the column's type: a cast to it does nothing, '5' beside an integer is 5."""
    if facts.dialect != "postgres":
        return None
    for slot, other in (("expression", node.this), ("this", node.args.get("expression"))):
        column, value = facts.column(other), node.args.get(slot)
        plain = _plain_constant(value, column.type) if column and isinstance(value, exp.Expr) else None
        if plain is not None:
            changed = node.copy()
            changed.set(slot, plain)
            return changed
    return None


def _plain_constant(value: exp.Expr, kind: str) -> exp.Expr | None:
    if isinstance(value, exp.Cast) and isinstance(value.this, (exp.Literal, exp.Parameter)):
        return value.this if _says_nothing(value, kind) else None
    integer = kind in _INTEGERS
    if integer and isinstance(value, exp.Literal) and value.is_string and _SMALL_INTEGER.fullmatch(value.name):
        number: exp.Expr = exp.Literal.number(str(abs(int(value.name))))
        return exp.Neg(this=number) if value.name.startswith("-") and int(value.name) else number
    if kind == "boolean" and isinstance(value, exp.Literal) and value.is_string and value.name in ("true", "false"):
        return exp.Boolean(this=value.name == "true")
    return None


def _says_nothing(cast: exp.Cast, kind: str) -> bool:
    """To what the column's type makes of the constant anyway? One to varchar(3) or numeric(8,2) cuts or rounds."""
    wanted = _type_name(cast.args["to"])
    if "(" in wanted:
        return False
    if kind.startswith("character varying") or kind == "text":
        return wanted in ("text", "character varying") and not cast.this.is_number
    same = wanted == kind.split("(")[0] or wanted == kind
    if cast.this.is_number:
        return same and ((wanted in _INTEGERS and cast.this.is_int) or wanted == "numeric")
    return same
