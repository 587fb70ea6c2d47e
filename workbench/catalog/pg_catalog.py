"""A PostgreSQL database (14 or later) read from its own ``pg_catalog``, every attribute as the server prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias

from workbench.catalog.pg_queries import COLUMNS, CONSTRAINTS, INDEXES, OTHERS, TABLES
from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Catalog, Check, Column, Exclusion, ForeignKey, Index, IndexPart, Key, Table

Fetch: TypeAlias = Callable[[str], Sequence[tuple[Any, ...]]]

_ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_IDENTITIES: dict[str, Literal["by default", "always"] | None] = {"": None, "d": "by default", "a": "always"}


def read_database(fetch: Fetch) -> Catalog:
    """All tables of the current schema. ``fetch`` runs one SELECT and returns its rows."""
    kinds = [_by_table(fetch(query)) for query in (COLUMNS, CONSTRAINTS, INDEXES, OTHERS)]
    return Catalog("postgres", tuple(_table(*row, *(kind[row[0]] for kind in kinds)) for row in fetch(TABLES)))


def _by_table(rows: Iterable[tuple[Any, ...]]) -> defaultdict[str, list[tuple[Any, ...]]]:
    tables: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for table, *row in rows:
        tables[table].append(tuple(row))
    return tables


def _table(
    name: str,
    comment: str | None,
    tablespace: str | None,
    columns: list[tuple[Any, ...]],
    constraints: list[tuple[Any, ...]],
    indexes: list[tuple[Any, ...]],
    others: list[tuple[str, str]],
) -> Table:
    of_type: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in constraints:
        of_type[row[1]].append(row)
    return Table(
        name,
        tuple(_column(*row) for row in columns),
        next((_key(row) for row in of_type["p"]), None),
        tuple(_key(row) for row in of_type["u"]),
        tuple(_foreign_key(row) for row in of_type["f"]),
        tuple(Check(_check_text(row[2]), row[0]) for row in of_type["c"]),
        tuple(_exclusion(row) for row in of_type["x"]),
        _indexes(indexes),
        comment,
        tablespace,
        tuple(others),
    )


def _column(name: str, type_: str, nullable: bool, default: str | None, identity: str, *rest: Any) -> Column:
    generated, stored, collation, comment, sequence = rest
    return Column(
        name,
        type_,
        nullable,
        default,
        _IDENTITIES[identity],
        generated,
        stored,
        collation,
        comment,
        sequence=sequence,
    )


def _key(row: tuple[Any, ...]) -> Key:
    name, _, definition, columns, *_, deferrable, _ = row
    return Key(
        tuple(columns),
        name,
        deferrable,
        "NULLS NOT DISTINCT" not in definition,
        _included(SqlText(definition)),
    )


def _included(text: SqlText) -> tuple[str, ...]:
    text.take_until(("INCLUDE",))
    return tuple(part.take_name() for part in text.take_group().items()) if text.accept("INCLUDE") else ()


def _foreign_key(row: tuple[Any, ...]) -> ForeignKey:
    name, _, _, columns, target, target_columns, on_delete, on_update, deferrable, _ = row
    actions = _ACTIONS[on_delete], _ACTIONS[on_update]
    return ForeignKey(tuple(columns), target, tuple(target_columns), name, *actions, deferrable)


def _check_text(definition: str) -> str:
    """The server's text: ``CHECK ((price >= 0))`` without its word and outer parentheses; suffixes stay."""
    text = SqlText(definition)
    text.expect("CHECK")
    inner = str(text.take_group())
    return f"{inner} {text}".strip()


def _exclusion(row: tuple[Any, ...]) -> Exclusion:
    text = SqlText(row[2])
    text.expect("EXCLUDE")
    text.expect("USING")
    method = text.take_name()
    elements = tuple((part.take_until(("WITH",)), _operator(part)) for part in text.take_group().items())
    include = tuple(part.take_name() for part in text.take_group().items()) if text.accept("INCLUDE") else ()
    condition = str(text.take_group()) if text.accept("WHERE") else None
    return Exclusion(row[0], method, elements, condition, row[8], include)


def _operator(part: SqlText) -> str:
    part.expect("WITH")
    return str(part)


def _indexes(rows: list[tuple[Any, ...]]) -> tuple[Index, ...]:
    grouped: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return tuple(_index(name, parts) for name, parts in grouped.items())


def _index(name: str, rows: list[tuple[Any, ...]]) -> Index:
    _, unique, method, condition, together, options, tablespace, *_ = rows[0]
    parts = tuple(_part(*row[9:]) for row in rows if row[8])
    include = tuple(row[10] for row in rows if not row[8])
    return Index(name, parts, unique, method, condition, include, not together, tuple(options or ()), tablespace)


def _part(is_column: bool, text: str, opclass: str | None, collation: str | None, down: bool, first: bool) -> IndexPart:
    return IndexPart(text, is_column, opclass, collation, down, None if first is down else first)
