"""Two catalogs compared, attribute by attribute, as their databases print them; nothing is normalised here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias

from workbench.catalog.table import Catalog, Check, Column, Exclusion, ForeignKey, Index, IndexPart, Key, Table
from workbench.verdict import AttributeWitness, Different, Equivalent, Step

Part: TypeAlias = Column | Key | ForeignKey | Check | Exclusion | Index

ABSENT = "absent"
METHOD = "catalog comparison"

# what a table says about Django, not about the database
_NOT_THE_DATABASES = {"origin", "choices"}

# attribute of a table -> what one of its items is called
_COLLECTIONS = {
    "uniques": "unique",
    "foreign_keys": "foreign key",
    "checks": "check",
    "exclusions": "exclusion",
    "indexes": "index",
}


def compare(left: Catalog, right: Catalog) -> dict[str, tuple[AttributeWitness, ...]]:
    """The differing attributes of each table of either side; ``()`` where a table is equal on both."""
    names = sorted({table.name for table in (*left.tables, *right.tables)})
    return {name: tuple(_compare(name, left, right)) for name in names}


def verdict(table: Table, differences: Sequence[AttributeWitness]) -> Equivalent | Different:
    """The verdict on one table that was read from both databases."""
    if differences:
        return Different(METHOD, tuple(differences))
    return Equivalent(METHOD, tuple(_steps(table)))


def _compare(name: str, left: Catalog, right: Catalog) -> Iterator[AttributeWitness]:
    if name not in left or name not in right:
        yield AttributeWitness(name, "table", _presence(name in left), _presence(name in right))
        return
    one, two = left.table(name), right.table(name)
    yield from _tables(one, two)
    yield from _columns(one, two)
    yield from _named(name, "primary key", _listed(one.primary_key), _listed(two.primary_key))
    for attribute, word in _COLLECTIONS.items():
        yield from _named(name, word, getattr(one, attribute), getattr(two, attribute))


def _presence(present: bool) -> str:
    return "present" if present else ABSENT


def _listed(key: Key | None) -> tuple[Key, ...]:
    return (key,) if key else ()


def _tables(one: Table, two: Table) -> Iterator[AttributeWitness]:
    for attribute in ("comment", "tablespace"):
        yield from _attribute(one.name, attribute, getattr(one, attribute), getattr(two, attribute))
    for kind, text in sorted(set(one.others) ^ set(two.others)):
        sides = (text if (kind, text) in table.others else ABSENT for table in (one, two))
        yield AttributeWitness(one.name, kind, *sides)
    orders = [", ".join(column.name for column in table.columns) for table in (one, two)]
    if orders[0] != orders[1] and {c.name for c in one.columns} == {c.name for c in two.columns}:
        yield AttributeWitness(one.name, "order of columns", *orders)


def _columns(one: Table, two: Table) -> Iterator[AttributeWitness]:
    lefts, rights = ({column.name: column for column in table.columns} for table in (one, two))
    for name in dict.fromkeys([*lefts, *rights]):
        yield from _pair(one.name, f"column {name}", lefts.get(name), rights.get(name))


def _named(table: str, word: str, lefts: Sequence[Part], rights: Sequence[Part]) -> Iterator[AttributeWitness]:
    """Items of one name are compared with each other; what is left is matched by everything but its name."""
    by_name = {item.name: item for item in rights if item.name is not None}
    waiting = [item for item in lefts if item.name not in by_name]
    rest = [item for item in rights if item.name is None or item.name not in {left.name for left in lefts}]
    for item in lefts:
        if item.name in by_name:
            yield from _pair(table, f"{word} {item.name}", item, by_name[item.name])
    for item in waiting:
        twin = next((other for other in rest if _anonymous(other) == _anonymous(item)), None)
        if twin is None:
            yield from _pair(table, _title(word, item), item, None)
            continue
        rest.remove(twin)
        yield from _attribute(table, f"{word} name", item.name, twin.name)
    for item in rest:
        yield from _pair(table, _title(word, item), None, item)


def _title(word: str, item: Part) -> str:
    return f"{word} {item.name}" if item.name else word


def _anonymous(item: Part) -> Part:
    return replace(item, name="")


def _pair(table: str, subject: str, left: Part | None, right: Part | None) -> Iterator[AttributeWitness]:
    if left is None or right is None:
        yield AttributeWitness(table, subject, _summary(left), _summary(right))
        return
    for entry in fields(left):
        if entry.name not in _NOT_THE_DATABASES:
            values = getattr(left, entry.name), getattr(right, entry.name)
            yield from _attribute(table, f"{subject}: {entry.name.replace('_', ' ')}", *values)


def _attribute(table: str, attribute: str, left: object, right: object) -> Iterator[AttributeWitness]:
    if left != right:
        yield AttributeWitness(table, attribute, _shown(left), _shown(right))


def _shown(value: Any) -> str:
    """A value of an attribute as one reads it: lists by their items, an index's part as its SQL stands."""
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    return _part(value) if isinstance(value, IndexPart) else str(value)


def _part(part: IndexPart) -> str:
    nulls = {None: "", True: "nulls first", False: "nulls last"}[part.nulls_first]
    collation = f"collate {part.collation}" if part.collation else ""
    words = (part.expression, collation, part.opclass or "", "desc" if part.descending else "", nulls)
    return " ".join(word for word in words if word)


def _summary(item: Part | None) -> str:
    """The attributes that are set, as evidence."""
    if item is None:
        return ABSENT
    values = ((entry.name, getattr(item, entry.name)) for entry in fields(item) if entry.name != "name")
    shown = (
        f"{name.replace('_', ' ')} {_shown(value)}"
        for name, value in values
        if name not in _NOT_THE_DATABASES and value not in (None, ())
    )
    return ", ".join(shown)


def _steps(table: Table) -> Iterator[Step]:
    """What was compared and found equal, item by item."""
    for column in table.columns:
        text = f"{column.type}{'' if column.nullable else ' not null'}"
        yield Step("same column", f"{column.name} {text}", f"{column.name} {text}")
    if table.primary_key:
        yield Step("same primary key", ", ".join(table.primary_key.columns), ", ".join(table.primary_key.columns))
    for kind, text in table.others:
        yield Step(f"same {kind}", text, text)
    for attribute, word in _COLLECTIONS.items():
        for item in getattr(table, attribute):
            yield Step(f"same {word}", _summary(item), _summary(item), (str(item.name),))
