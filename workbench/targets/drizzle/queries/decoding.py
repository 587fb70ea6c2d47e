"""Outputs whose JavaScript value means what Django's field decodes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.scalars import Node, scalar
from workbench.targets.drizzle.queries.terms import Item, Scope, Term, Untranslatable
from workbench.targets.drizzle.words import words
from workbench.targets.typescript import Call, Literal, Member

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

WHOLE = (
    "AutoField",
    "BigAutoField",
    "SmallAutoField",
    "IntegerField",
    "SmallIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
)
TEXT = (
    "CharField",
    "EmailField",
    "FileField",
    "FilePathField",
    "GenericIPAddressField",
    "SlugField",
    "TextField",
    "URLField",
    "UUIDField",
)
# what JavaScript must hold for a value of Django's field; any other kind is what the driver gives
_WANTED = {
    **dict.fromkeys(WHOLE, "number"),
    **dict.fromkeys(TEXT, "string"),
    **dict.fromkeys(("BigIntegerField", "PositiveBigIntegerField"), "bigint"),
    **dict.fromkeys(("DecimalField", "DateTimeField", "DateField", "TimeField", "DurationField"), "string"),
    "FloatField": "number",
}
_DECODERS = {"number": "toNumber", "bigint": "toBigint", "string": "toText"}
_FRACTIONAL = ("numeric", "double precision", "real")  # Django takes the whole part for an integer
_TEMPORAL = {
    "DateField": ("date",),
    "TimeField": ("time", "time without time zone", "time with time zone"),
    "DurationField": ("interval",),
}
_OPAQUE = ("JSONField", "ArrayField", "BinaryField")
# arrays that the driver does not read, or not as exactly as Django does
_ARRAYS = {
    "bigint[]": ("toBigints", "bigint[]"),
    **dict.fromkeys(
        ("numeric[]", "date[]", "interval[]", "timestamp with time zone[]", "timestamp without time zone[]"),
        ("toTexts", "string[]"),
    ),
}
_DOCUMENTS = ("json", "jsonb")


def decoded(m: Module, item: Item, scope: Scope) -> Term:
    """The output of an item, decoded where the driver's value is another."""
    term = bare(m, item, scope)
    if isinstance(term.code, Member) and not term.column:  # an expression of a subquery in FROM
        term = replace(term, code=m.w.helper("scalar", term.code), js="")
    kind = item.output.kind if item.output else ""
    if term.column:
        return term
    if term.type in _ARRAYS and not term.js:
        helper, js = _ARRAYS[term.type]
        return replace(term, code=m.w.helper(helper, typed(m, term, _kept(term)).code), js=js)
    if kind in _OPAQUE:
        return typed(m, term, "unknown" if kind == "JSONField" else _driven(term))
    special = _moment(m, item, term, kind)
    return special or _converted(m, item, term, kind)


def _moment(m: Module, item: Item, term: Term, kind: str) -> Term | None:
    if kind == "DateTimeField" and term.type == "timestamp without time zone":
        return _instant(m, item.node, term)
    if kind == "DateField" and term.type.startswith("timestamp"):
        return replace(term, code=m.w.helper("day", typed(m, term, "string").code))
    if kind in _TEMPORAL and term.type not in ("", *_TEMPORAL[kind]):
        raise Untranslatable(item.node.sql("postgres"), f"its value is a {term.type}, and {kind} in Django")
    return None


def _converted(m: Module, item: Item, term: Term, kind: str) -> Term:
    wanted = _WANTED.get(kind) or ("bigint" if term.type == "bigint" and not term.js else _driven(term))
    if kind == "DecimalField" and term.type not in ("numeric", "smallint", "integer", "bigint") and not term.js:
        return replace(term, code=m.w.helper("toDecimal", typed(m, term, _kept(term)).code), js="string")
    if kind in WHOLE and _fractional(term):
        return replace(term, code=m.w.helper("toInteger", typed(m, term, _driven(term)).code), js="number")
    if wanted == _driven(term) and (term.type or term.js or kind != "DecimalField"):
        return typed(m, term, wanted)
    if wanted not in _DECODERS or term.value_type == "boolean" or term.type in _DOCUMENTS:
        fact = f"its value is a {term.value_type} in JavaScript, and {kind} in Django"
        raise Untranslatable(item.node.sql("postgres"), fact)
    return replace(term, code=m.w.helper(_DECODERS[wanted], typed(m, term, _driven(term)).code), js=wanted)


def _fractional(term: Term) -> bool:
    """Whether the value may have a fraction; Drizzle's own aggregates hand on numbers as text."""
    return term.type in _FRACTIONAL if term.js == "string" else not term.js and term.type in ("", *_FRACTIONAL)


def _driven(term: Term) -> str:
    """What the driver gives; unknown where the type is."""
    return term.value_type if term.type or term.js else "unknown"


def _kept(term: Term) -> str:
    """The type of a value that a reader takes as it is: one that nobody knows may be null."""
    return "unknown" if term.nullable else "string"


def bare(m: Module, item: Item, scope: Scope) -> Term:
    """The item's expression, with its table's name where Drizzle would leave it out."""
    value = value_of(m.w, item.node)
    if value == 1 and value is not True and item.name == "a":  # EXISTS (SELECT 1 AS "a" …), and exists()
        return Term(m.w.constant("one"), "integer", nullable=False)
    term = scalar(m, item.node, scope)
    if term.column and term.outer:
        return replace(term, code=m.w.helper("outer", term.code))
    return term


# helpers whose type is not their caller's to say
FIXED = words(
    """
    truth outer toNumber toInteger toDecimal toBigint toBigints toText toTexts utc day nullsFirst nullsLast position
    asRead toBoolean toUuid toMoment toInstant toMicroseconds toDocument
    """
)


def typed(m: Module, term: Term, js: str) -> Term:
    """The type of the value as the helper's type argument."""
    code = term.code
    name = m.w.helper_of(code)
    if not isinstance(code, Call) or code.types or not name or name in FIXED:
        return term
    written = js if js in ("unknown", "") or not term.nullable else f"{js} | null"
    return replace(term, code=Call(code.callee, code.arguments, (written,)))


def _instant(m: Module, node: Node, term: Term) -> Term:
    """Wall time that Django reads as an instant in the zone of the expression."""
    zones = {value_of(m.w, zone.args["zone"]) for zone in node.find_all(exp.AtTimeZone)}
    if not zones:
        return typed(m, term, "string")
    if zones == {"UTC"}:
        return replace(term, code=m.w.helper("utc", typed(m, term, "string").code))
    if len(zones) != 1 or MISSING in zones:
        raise Untranslatable(node.sql("postgres"), "wall time of several zones is read back as an instant")
    instant = m.w.helper("atTimeZone", term.code, Literal(zones.pop()))
    fact = "Django reads this wall time as an instant; an hour that occurs twice in autumn is the earlier one there"
    m.w.notes.append((node.sql("postgres"), fact))
    return typed(m, replace(term, code=instant, type="timestamp with time zone"), "string")
