"""The SELECT list as an object: whole tables by name, nested rows of select_related, values decoded as Django does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.queries.query import Output, Shape
from workbench.targets.drizzle.names import camel, fresh
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.scalars import Node, scalar
from workbench.targets.drizzle.queries.terms import HELPER_NAMES, Scope, Source, Term, Untranslatable
from workbench.targets.typescript import Call, Expression, Literal, Member, Name, Object, Spread, method

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

# what JavaScript must hold for a value of Django's field; text for every other kind
_WANTED = {
    "AutoField": "number",
    "BigAutoField": "number",
    "SmallAutoField": "number",
    "IntegerField": "number",
    "SmallIntegerField": "number",
    "PositiveIntegerField": "number",
    "PositiveSmallIntegerField": "number",
    "BigIntegerField": "bigint",
    "PositiveBigIntegerField": "bigint",
    "FloatField": "number",
    "BooleanField": "boolean",
}
_DECODERS = {"number": "toNumber", "bigint": "toBigint", "string": "toText"}
_TEMPORAL = {"DateField": "date", "TimeField": "time", "DurationField": "interval"}
_OPAQUE = ("", "JSONField", "ArrayField", "BinaryField")


@dataclass(frozen=True)
class Item:
    """One entry of a SELECT list: its expression, its SQL name, Django's output behind it."""

    node: Node
    name: str
    output: Output | None


@dataclass(frozen=True)
class Selection:
    """The argument of ``select()`` (None: all columns), the terms in order, and the path of each in a row."""

    code: Expression | None
    terms: tuple[Term, ...]
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()


def items_of(select: exp.Select, outputs: tuple[Output, ...] = ()) -> list[Item]:
    """The entries of a SELECT list."""
    found = []
    for index, node in enumerate(select.expressions):
        inner, name = (node.this, node.alias) if isinstance(node, exp.Alias) else (node, node.name)
        found.append(Item(inner, name, outputs[index] if index < len(outputs) else None))
    return found


def outermost(m: Module, items: list[Item], scope: Scope, joined: bool) -> Selection:
    """The SELECT list of the whole query."""
    if m.w.query.shape is not Shape.INSTANCE:
        return flat(m, items, scope)
    groups = _groups(items)
    related = any(item.output and item.output.path for item in items)
    taken: set[str] = set()
    entries: list[tuple[str, Expression] | Spread] = []
    terms: list[Term] = []
    paths: list[str] = []
    for path, members in groups:
        written = [_decoded(m, item, scope) for item in members]
        terms += written
        source = _whole(written, scope)
        if path is None or not (related or source):
            keys = [fresh(_key(item), taken) for item in members]
            entries += [(key, term.code) for key, term in zip(keys, written, strict=True)]
            paths += keys
        elif source and not related:
            spread = Call(m.w.use("drizzle-orm", "getTableColumns"), (source.code,))
            keys = [_property(term) for term in written]
            taken |= set(keys)
            entries.append(Spread(spread))
            paths += keys
        else:
            key = fresh(camel(path) if path else camel(m.w.query.model.rpartition(".")[2]), taken)
            keys = [_property(term) for term in written]
            inner = source.code if source else Object(tuple((k, t.code) for k, t in zip(keys, written, strict=True)))
            entries.append((key, inner))
            paths += [f"{key}.{k}" for k in keys]
    code: Expression | None = Object(tuple(entries))
    if len(entries) == 1 and isinstance(entries[0], Spread):
        code = entries[0].value if joined else None
        if not joined:
            m.w.imports["drizzle-orm"].discard("getTableColumns")
    return Selection(code, tuple(terms), tuple(paths))


def flat(m: Module, items: list[Item], scope: Scope, keys: tuple[str, ...] = ()) -> Selection:
    """A SELECT list of plain entries; ``keys`` are given where another query's names have to match."""
    taken: set[str] = set()
    names = keys or tuple(fresh(_key(item), taken) for item in items)
    if len(names) != len(items):
        raise Untranslatable("SELECT", "the parts of a set operation have different widths")
    written = [_decoded(m, item, scope) for item in items]
    entries = tuple((key, term.code) for key, term in zip(names, written, strict=True))
    return Selection(Object(entries), tuple(written), tuple(names))


def inner(m: Module, items: list[Item], scope: Scope, named: bool) -> Selection:
    """The SELECT list of a subquery; ``named``: its expressions need names, since a query around it reads them."""
    taken: set[str] = set()
    keys = [fresh(_key(item), taken) for item in items]
    terms = [_bare(m, item, scope) for item in items]
    seen: set[str] = set()
    codes = []
    for item, key, term in zip(items, keys, terms, strict=True):
        plain = term.column and not term.outer and isinstance(item.node, exp.Column) and item.node.name not in seen
        seen.add(item.node.name if plain else key)
        code = term.code if plain or not named else _as(m, term, key)
        codes.append((key, code))
    return Selection(Object(tuple(codes)), tuple(terms), tuple(keys), tuple(item.name for item in items))


def _as(m: Module, term: Term, key: str) -> Expression:
    code = term.code if isinstance(term.code, Call) else m.w.helper("outer" if term.column else "scalar", term.code)
    return method(code, "as", Literal(key))


def _bare(m: Module, item: Item, scope: Scope) -> Term:
    value = value_of(m.w, item.node)
    if value == 1 and value is not True and item.name == "a":  # EXISTS (SELECT 1 AS "a" …), and exists()
        return Term(m.w.constant("one"), "integer", nullable=False)
    term = scalar(m, item.node, scope)
    if term.column and term.outer:
        return replace(term, code=m.w.helper("outer", term.code))
    return term


def _decoded(m: Module, item: Item, scope: Scope) -> Term:
    """An output whose JavaScript value means what Django's field decodes to."""
    term = _bare(m, item, scope)
    if isinstance(term.code, Member) and not term.column:  # an expression of a subquery in FROM
        term = replace(term, code=m.w.helper("scalar", term.code), js="")
    kind = item.output.kind if item.output else ""
    if term.column or kind in _OPAQUE:
        return term if term.column else _typed(term, "unknown" if kind == "JSONField" else term.value_type)
    if kind == "DateTimeField" and term.type == "timestamp without time zone":
        return _instant(m, item.node, term)
    if kind == "DateField" and term.type.startswith("timestamp"):
        return replace(term, code=m.w.helper("day", _typed(term, "string").code))
    if kind in ("DateField", "TimeField", "DurationField") and term.type not in ("", _TEMPORAL[kind]):
        raise Untranslatable(item.node.sql("postgres"), f"its value is a {term.type}, and {kind} in Django")
    wanted = _WANTED.get(kind, "string")
    if wanted == term.value_type and (term.type or term.js or kind != "DecimalField"):
        return _typed(term, wanted)
    if wanted not in _DECODERS or term.value_type == "boolean":
        fact = f"its value is a {term.value_type} in JavaScript, and {kind} in Django"
        raise Untranslatable(item.node.sql("postgres"), fact)
    return replace(term, code=m.w.helper(_DECODERS[wanted], _typed(term, term.value_type).code), js=wanted)


def _typed(term: Term, js: str) -> Term:
    """The type of the value as the helper's type argument."""
    code = term.code
    generic = isinstance(code, Call) and not code.types and _is_generic(code)
    if not generic:
        return term
    assert isinstance(code, Call)
    written = js if js in ("unknown", "") or not term.nullable else f"{js} | null"
    return replace(term, code=Call(code.callee, code.arguments, (written,)))


def _is_generic(code: Call) -> bool:
    fixed = ("truth", "outer", "toNumber", "toBigint", "toText", "utc", "day", "nullsFirst", "nullsLast", "position")
    return isinstance(code.callee, Name) and code.callee.text in HELPER_NAMES and code.callee.text not in fixed


def _instant(m: Module, node: Node, term: Term) -> Term:
    """Wall time that Django reads as an instant in the zone of the expression."""
    zones = {value_of(m.w, zone.args["zone"]) for zone in node.find_all(exp.AtTimeZone)}
    if not zones:
        return _typed(term, "string")
    if zones == {"UTC"}:
        return replace(term, code=m.w.helper("utc", _typed(term, "string").code))
    if len(zones) != 1 or MISSING in zones:
        raise Untranslatable(node.sql("postgres"), "wall time of several zones is read back as an instant")
    instant = m.w.helper("atTimeZone", term.code, Literal(zones.pop()))
    fact = "Django reads this wall time as an instant; an hour that occurs twice in autumn is the earlier one there"
    m.w.notes.append((node.sql("postgres"), fact))
    return _typed(replace(term, code=instant, type="timestamp with time zone"), "string")


def _groups(items: list[Item]) -> list[tuple[str | None, list[Item]]]:
    """Neighbouring entries of one row; None for annotations and for what only ORDER BY needs."""
    groups: list[tuple[str | None, list[Item]]] = []
    for item in items:
        path = item.output.path if item.output and item.output.model else None
        if groups and groups[-1][0] == path:
            groups[-1][1].append(item)
        else:
            groups.append((path, [item]))
    return groups


def _whole(terms: list[Term], scope: Scope) -> Source | None:
    """The table whose columns these are, all of them and in order."""
    for source in scope.sources.values():
        if source.table and [t.code for t in source.columns.values()] == [t.code for t in terms]:
            return source
    return None


def _property(term: Term) -> str:
    assert isinstance(term.code, Member)
    return term.code.property


def _key(item: Item) -> str:
    name = item.output.name if item.output else item.name
    return "one" if name == "a" else camel(name or "value")
