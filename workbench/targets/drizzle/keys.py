"""Keys, checks and indexes of a table as Drizzle writes them, and which of them drizzle-kit can carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Catalog, Check, Dialect, ForeignKey, Index, IndexPart, Key, Table
from workbench.diagnostic import Origin
from workbench.inspection.records import FieldRecord, ModelRecord
from workbench.targets.drizzle.comments import on_delete_comment
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.typescript import Array, Expression, Literal, Member, Name, Object, call, method, sql

# drizzle-kit 0.31 joins the parts of an index or a check with these and splits at them again
_SEPARATORS: dict[Dialect, tuple[str, ...]] = {"postgres": (";", "--", ",,"), "sqlite": (";",)}


@dataclass(frozen=True)
class KeyText:
    """One entry of a table's list of keys: comment lines, expression, and the Django code behind it."""

    comments: tuple[str, ...]
    expression: Expression
    origin: Origin | None = None


@dataclass(frozen=True)
class KeyFacts:
    """A table with what its keys refer to."""

    table: Table
    model: ModelRecord
    catalog: Catalog
    names: SchemaNames

    def column(self, name: str) -> Expression:
        """``table.authorId``."""
        return Member(Name("table"), self.names.column(self.table.name, name))

    def columns(self, names: tuple[str, ...]) -> tuple[Expression, ...]:
        """The columns of a key."""
        return tuple(self.column(name) for name in names)

    def field(self, column: str) -> FieldRecord | None:
        """The Django field behind a column."""
        return next((item for item in self.model.fields if item.column == column), None)

    def declared(self, name: str | None) -> Origin | None:
        """Where a constraint or index of that name was written."""
        found = {item.name: item.origin for item in self.model.constraints}
        found |= {item.name: item.origin for item in self.model.indexes}
        return found.get(name or "", self.model.origin)


def render_keys(facts: KeyFacts) -> tuple[KeyText, ...]:
    """Everything in the table's last argument, in the order of the tuple below."""
    return tuple(text for rule in _RULES for text in rule(facts))


def kit_can_carry(item: Check | Index, dialect: Dialect = "postgres") -> bool:
    """Whether drizzle-kit's own encoding leaves the item's text whole (SQLite's splits columns at each comma)."""
    if isinstance(item, Check):
        texts = [item.expression]
    else:
        texts = [item.condition or "", *(part.expression for part in item.parts)]
        if dialect == "sqlite" and any("," in part.expression for part in item.parts):
            return False
    return not any(separator in text for text in texts for separator in _SEPARATORS[dialect])


def _composite_key(facts: KeyFacts) -> Iterator[KeyText]:
    key = facts.table.primary_key
    if key is None or len(key.columns) < 2:
        return
    entries: list[tuple[str, Expression]] = [("columns", Array(facts.columns(key.columns)))]
    if key.name:
        entries.insert(0, ("name", Literal(key.name)))
    yield KeyText((), call("primaryKey", Object(tuple(entries))), facts.model.origin)


def _foreign_keys(facts: KeyFacts) -> Iterator[KeyText]:
    for key in facts.table.foreign_keys:
        if key.target not in facts.catalog:
            continue
        field = facts.field(key.columns[0])
        comment = on_delete_comment(field) if field else ""
        origin = field.origin if field else None
        yield KeyText((comment,) if comment else (), _foreign_key(facts, key), origin)


def _foreign_key(facts: KeyFacts, key: ForeignKey) -> Expression:
    own = key.target == facts.table.name
    target = Name("table" if own else facts.names.table(key.target))
    foreign = tuple(Member(target, facts.names.column(key.target, name)) for name in _target_columns(facts, key))
    entries: list[tuple[str, Expression]] = [
        ("columns", Array(facts.columns(key.columns))),
        ("foreignColumns", Array(foreign)),
    ]
    if key.name:
        entries.insert(0, ("name", Literal(key.name)))
    built: Expression = call("foreignKey", Object(tuple(entries)))
    for event, action in (("onDelete", key.on_delete), ("onUpdate", key.on_update)):
        if action != "NO ACTION":
            built = method(built, event, Literal(action.lower()))
    return built


def _target_columns(facts: KeyFacts, key: ForeignKey) -> tuple[str, ...]:
    target = facts.catalog.table(key.target).primary_key
    return key.target_columns or (target.columns if target else ())


def _uniques(facts: KeyFacts) -> Iterator[KeyText]:
    for key in facts.table.uniques:
        yield KeyText((), _unique(facts, key), facts.declared(key.name))


def _unique(facts: KeyFacts, key: Key) -> Expression:
    named = call("unique", Literal(key.name)) if key.name else call("unique")
    built: Expression = method(named, "on", *facts.columns(key.columns))
    return built if key.nulls_distinct else method(built, "nullsNotDistinct")


def _checks(facts: KeyFacts) -> Iterator[KeyText]:
    """Drizzle wants a name for each; SQLite's inline checks have none."""
    for number, check in enumerate(facts.table.checks, 1):
        if kit_can_carry(check, facts.catalog.dialect):
            name = check.name or f"{facts.table.name}_check{number}"
            yield KeyText((), call("check", Literal(name), sql(check.expression)), facts.declared(check.name))


def _indexes(facts: KeyFacts) -> Iterator[KeyText]:
    for index in facts.table.indexes:
        if kit_can_carry(index, facts.catalog.dialect):
            yield KeyText((), _index(facts, index), facts.declared(index.name))


def _index(facts: KeyFacts, index: Index) -> Expression:
    built: Expression = call("uniqueIndex" if index.unique else "index", Literal(index.name))
    parts = tuple(_part(facts, part) for part in index.parts)
    if index.method == "btree":
        built = method(built, "on", *parts)
    else:
        built = method(built, "using", Literal(index.method), *parts)
    if index.options:
        pairs = (option.partition("=") for option in index.options)
        built = method(built, "with", Object(tuple((name, Literal(value)) for name, _, value in pairs)))
    return built if index.condition is None else method(built, "where", sql(unwrapped(index.condition)))


def _part(facts: KeyFacts, part: IndexPart) -> Expression:
    """A column with its order, or SQL where drizzle-kit has no word (it drops the order beside an operator class)."""
    ordered = part.descending or part.nulls_first is not None
    wordless = ordered and (part.opclass is not None or facts.catalog.dialect == "sqlite")
    if not part.is_column or part.collation or wordless:
        return sql(part_sql(part))
    column = facts.column(part.expression)
    if part.opclass:
        return method(column, "op", Literal(part.opclass))
    if not ordered:
        return column
    first = part.descending if part.nulls_first is None else part.nulls_first
    built = method(column, "desc" if part.descending else "asc")
    return method(built, "nullsFirst" if first else "nullsLast")


def part_sql(part: IndexPart) -> str:
    """A part of an index as SQL."""
    quoted = '"' + part.expression.replace('"', '""') + '"'
    text = quoted if part.is_column else f"({part.expression})"
    collation = f' collate "{part.collation}"' if part.collation else ""
    opclass = f" {part.opclass}" if part.opclass else ""
    nulls = {None: "", True: " nulls first", False: " nulls last"}[part.nulls_first]
    return f"{text}{collation}{opclass}{' desc' if part.descending else ''}{nulls}"


def unwrapped(condition: str) -> str:
    """A condition without the parentheses that Django puts around all of it."""
    text = SqlText(condition)
    if not text.at_parenthesis():
        return condition
    inner = text.take_group()
    return condition if text else str(inner)


_RULES = (_composite_key, _foreign_keys, _uniques, _checks, _indexes)
