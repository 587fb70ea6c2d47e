"""INSERT, UPDATE and DELETE as what they set, where, and what they give back; the texts of values stay as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbench.catalog.table import Catalog, Column, Dialect, Table
from workbench.equivalence.bindings import Binding
from workbench.equivalence.effects.clauses import Words, words
from workbench.equivalence.placeholders import Style, numbered
from workbench.equivalence.refusal import refuse, title

_PARAMETER = re.compile(r"\(*\s*(?:\$|:p)(\d+)\s*\)*\Z")


@dataclass(frozen=True)
class Conflict:
    """``ON CONFLICT (keys) DO NOTHING`` (``values`` empty) or ``DO UPDATE SET …``.

    ``broken``: SQLite's ``INSERT OR IGNORE``, which leaves out rows that break NOT NULL or CHECK, too.
    """

    keys: frozenset[str]
    values: tuple[tuple[str, str], ...] = ()
    nothing: bool = True
    broken: bool = False


@dataclass(frozen=True)
class Write:
    """One statement. ``rows``: for an INSERT one mapping a row, for an UPDATE one in all, for a DELETE none.

    Texts of values hold numbered parameters; parameter n is ``bindings[n - 1]``. Columns left to their default are
    not in a row.
    """

    kind: str
    table: Table
    rows: tuple[dict[str, str], ...] = ()
    where: str = ""
    conflict: Conflict | None = None
    returning: tuple[str, ...] = ()
    bindings: tuple[Binding, ...] | None = field(default=None)

    def parameter(self, text: str) -> tuple[Binding] | None:
        """The value, alone in a tuple, of a text that is one bound parameter; None for any other text."""
        found = _PARAMETER.match(text)
        return (self.bindings[int(found[1]) - 1],) if found and self.bindings is not None else None


def read_write(
    sql: str, catalog: Catalog, dialect: Dialect, style: Style, bindings: Sequence[Binding] | None, side: str
) -> Write:
    """The statement; WorkbenchError (one line) for a form that is not read."""
    text = words(numbered(sql, dialect, style, side), dialect, side)
    bound = tuple(bindings) if bindings is not None else None
    for opening, read in (("UPDATE",), _update), (("DELETE", "FROM"), _delete), (("INSERT", "INTO"), _insert):
        if text.starts(*opening):
            return _plain(read(text.after(len(opening)), catalog, bound), dialect)
    if text.starts(*_OR_IGNORE):
        write = _insert(text.after(len(_OR_IGNORE)), catalog, bound)
        return _plain(replace(write, conflict=_ignoring(write)), dialect)
    raise refuse(side, title(sql), "is no INSERT, UPDATE or DELETE")


_OR_IGNORE = ("INSERT", "OR", "IGNORE", "INTO")


def _ignoring(write: Write) -> Conflict:
    """OR IGNORE as DO NOTHING where no row can break anything but a key: all is given, and nothing checked."""
    required = [
        column.name for column in write.table.columns if not column.nullable and not _rowid(write.table, column)
    ]
    given = all(write.parameter(row.get(name, "")) not in (None, (None,)) for row in write.rows for name in required)
    return Conflict(frozenset(), broken=not given or bool(write.table.checks))


def _plain(write: Write, dialect: Dialect) -> Write:
    """An INSERT without the NULLs that are a column's value anyway; SQLite counts a key that is NULL."""
    if write.kind != "insert":
        return write
    return replace(write, rows=tuple(_without_nulls(row, write.table, dialect) for row in write.rows))


def _without_nulls(row: dict[str, str], table: Table, dialect: Dialect) -> dict[str, str]:
    def left(name: str) -> bool:
        column = table.column(name)
        plain = column.nullable and column.default is None and column.generated is None
        return plain or (dialect == "sqlite" and _rowid(table, column))

    return {name: text for name, text in row.items() if not (text.upper() == "NULL" and left(name))}


def _rowid(table: Table, column: Column) -> bool:
    """Whether SQLite takes the column for the row's own number."""
    key = table.primary_key
    return key is not None and key.columns == (column.name,) and column.type.lower() == "integer"


def _table(part: Words, catalog: Catalog) -> Table:
    if len(part.tokens) != 1 or part.name() not in catalog:
        raise refuse("write", part.text, "is no table of the catalog")
    return catalog.table(part.name())


def _update(text: Words, catalog: Catalog, bindings: tuple[Binding, ...] | None) -> Write:
    clauses = text.clauses("SET", "WHERE", "RETURNING")
    table = _table(clauses[""], catalog)
    values = dict(_assignment(part) for part in clauses["SET"].split(","))
    own = {column for column, value in values.items() if _names(value, table, column)}
    kept = {column: value for column, value in values.items() if column not in own}  # set to itself: not set
    where, returned = _text(clauses, "WHERE"), _returned(clauses)
    return Write("update", table, (kept,), where, None, returned, bindings)


def _names(value: str, table: Table, column: str) -> bool:
    return value in (f'"{column}"', f'"{table.name}"."{column}"')


def _delete(text: Words, catalog: Catalog, bindings: tuple[Binding, ...] | None) -> Write:
    clauses = text.clauses("WHERE", "RETURNING")
    return Write(
        "delete", _table(clauses[""], catalog), (), _text(clauses, "WHERE"), None, _returned(clauses), bindings
    )


def _insert(text: Words, catalog: Catalog, bindings: tuple[Binding, ...] | None) -> Write:
    clauses = text.clauses("VALUES", "SELECT", "ON", "RETURNING")
    head = clauses[""]
    table = _table(Words(head.source, head.tokens[:1]), catalog)
    columns = [part.name() for part in head.after(1).inside().split(",")]
    if "SELECT" in clauses:
        rows, bindings = _unnested(clauses["SELECT"], columns, bindings)
    else:
        rows = tuple(_row(part.inside(), columns) for part in clauses["VALUES"].split(",") if part.tokens)
    conflict = _conflict(clauses["ON"]) if "ON" in clauses else None
    return Write("insert", table, rows, "", conflict, _returned(clauses), bindings)


def _row(cells: Words, columns: list[str]) -> dict[str, str]:
    texts = [part.text for part in cells.split(",")]
    if len(texts) != len(columns):
        raise refuse("write", cells.text, f"has {len(texts)} values for {len(columns)} columns")
    return {column: text for column, text in zip(columns, texts, strict=True) if text.upper() != "DEFAULT"}


def _unnested(
    select: Words, columns: list[str], bindings: tuple[Binding, ...] | None
) -> tuple[tuple[dict[str, str], ...], tuple[Binding, ...]]:
    """``* FROM UNNEST(array, …)`` over bound arrays: each element becomes a parameter of its own."""
    if not select.starts("*", "FROM", "UNNEST") or bindings is None:
        raise refuse("write", select.text, "inserts the rows of a query, which is not read")
    arrays = [_array(part, bindings) for part in select.inside().split(",")]
    if len(arrays) != len(columns) or len({len(array) for array in arrays}) != 1:
        raise refuse("write", select.text, "has arrays that are not one a column, of one length")
    known, rows = list(bindings), []
    for cells in zip(*arrays, strict=True):
        rows.append({column: f"${len(known) + index + 1}" for index, column in enumerate(columns)})
        known += cells
    return tuple(rows), tuple(known)


def _array(part: Words, bindings: tuple[Binding, ...]) -> list[Binding]:
    found = re.match(r"\(?\s*\$(\d+)", part.text)
    value = bindings[int(found[1]) - 1] if found else None
    if not isinstance(value, list):
        raise refuse("write", part.text, "is no bound array")
    return list(value)


def _conflict(clause: Words) -> Conflict:
    """What follows ON: ``CONFLICT [(keys)] DO NOTHING | DO UPDATE SET …``."""
    keys = clause.after(1)
    named = keys.starts("(")
    names = frozenset(part.name() for part in keys.inside().split(",")) if named else frozenset()
    *_, action = clause.split("DO")
    if action.starts("NOTHING"):
        return Conflict(names)
    if not action.starts("UPDATE", "SET"):
        raise refuse("write", clause.text, "is a form of ON CONFLICT that is not read")
    assigned = [_assignment(part) for part in action.after(2).split(",")]
    return Conflict(names, tuple(sorted((column, _excluded(value)) for column, value in assigned)), False)


def _excluded(value: str) -> str:
    return re.sub(r"(?i)^excluded\.", "excluded.", value)


def _assignment(part: Words) -> tuple[str, str]:
    column, *value = part.split("=")
    rest = part.after(len(column.tokens) + 1)
    if not value or not column.tokens:
        raise refuse("write", part.text, "assigns no single column")
    return column.name(), rest.text


def _text(clauses: dict[str, Words], word: str) -> str:
    return clauses[word].text if word in clauses else ""


def _returned(clauses: dict[str, Words]) -> tuple[str, ...]:
    return tuple(part.name() for part in clauses["RETURNING"].split(",")) if "RETURNING" in clauses else ()
