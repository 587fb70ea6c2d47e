"""A witness as an SQL script that a person can run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as SqlglotDialect

from workbench.catalog.table import Dialect, Table
from workbench.equivalence.bindings import Shared, value_of
from workbench.equivalence.counterexample.as_test import pytest_text
from workbench.equivalence.counterexample.named_columns import named_columns
from workbench.equivalence.literals import literal
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.placeholders import numbered
from workbench.values import Wire
from workbench.verdict import DatabaseWitness, TableRows

if TYPE_CHECKING:
    from workbench.equivalence.counterexample.search import Found, Search


def witness(found: Found, attempt: Search) -> DatabaseWitness:
    """The witness of a contradiction, with its script. Tables without rows are left out of ``database``."""
    database = tuple(table for table in found.database if table.rows)
    dialects = dict.fromkeys(side.dialect for side in (attempt.left, attempt.right))
    script = replay_script(attempt, found, database)
    values = tuple(found.arguments[name] for name in found.arguments)
    shown = DatabaseWitness(database, values, found.left, found.right, ", ".join(dialects), script, found.why)
    named = named_columns((attempt.left, attempt.right), attempt.catalog)
    return replace(shown, test=pytest_text(shown), named=named)


def replay_script(attempt: Search, found: Found, database: Sequence[TableRows]) -> str:
    """Tables, rows, and both queries with their parameters written in; a script for each of two databases."""
    sides = (("left", attempt.left), ("right", attempt.right))
    if attempt.left.dialect == attempt.right.dialect:
        return _script(attempt, found, database, attempt.left.dialect, sides)
    parts = (f"-- {side.dialect}\n{_script(attempt, found, database, side.dialect, ((n, side),))}" for n, side in sides)
    return "\n".join(parts)


def _script(
    attempt: Search,
    found: Found,
    database: Sequence[TableRows],
    dialect: Dialect,
    sides: Sequence[tuple[str, ParsedQuery]],
) -> str:
    tables = [attempt.catalog.table(table.table) for table in found.database]
    parts = ["BEGIN;", *(_create(table, dialect) + ";" for table in tables)]
    parts += [_insert(table, dialect) + ";" for table in database]
    for name, side in sides:
        parts += [f"-- {name}", written_out(side, found.arguments).rstrip("; \n") + ";"]
    return "\n".join([*parts, "ROLLBACK;", ""])


def written_out(side: ParsedQuery, arguments: dict[str, Wire]) -> str:
    """The side's own text with literals in the place of its placeholders."""
    dialect = side.dialect
    text = numbered(side.sql, dialect, side.style)
    parts, position = [], 0
    tokens = SqlglotDialect.get_or_raise(dialect).tokenize(text)
    for index, token in enumerate(tokens):
        number = _number(text[token.start : token.end + 1], tokens[index + 1].text if index + 1 < len(tokens) else "")
        if number is None:
            continue
        value = _value(side, number, arguments)
        printed = literal(value).sql(dialect)
        parts += [text[position : token.start], printed]
        position = token.start + len(f"{_MARK[dialect]}{number}")
    return "".join([*parts, text[position:]])


def value_for(side: ParsedQuery, name: str, arguments: dict[str, Wire]) -> Wire:
    """The value of a free parameter, by its name in the tree."""
    return arguments.get(name)


_MARK = {"postgres": "$", "sqlite": ":p"}


def _number(word: str, following: str) -> int | None:
    if word.startswith("$") and word[1:].isdigit():
        return int(word[1:])
    joined = word + following if word in ("$", ":") else ""
    digits = joined.removeprefix("$").removeprefix(":p")
    return int(digits) if joined and digits.isdigit() else None


def _value(side: ParsedQuery, number: int, arguments: dict[str, Wire]) -> Wire:
    if side.bindings is None:
        return arguments.get(str(number))
    binding = side.bindings[number - 1]
    return arguments.get(binding.name, binding.value) if isinstance(binding, Shared) else value_of(binding)


def _create(table: Table, dialect: Dialect) -> str:
    """The table's columns and primary key: enough to hold the rows."""
    columns = [f"{_name(c.name)} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in table.columns if not c.generated]
    if table.primary_key:
        columns.append(f"PRIMARY KEY ({', '.join(map(_name, table.primary_key.columns))})")
    kind = "CREATE TABLE" if dialect == "sqlite" else "CREATE TEMPORARY TABLE"
    return f"{kind} {_name(table.name)} ({', '.join(columns)})"


def _name(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql("postgres")


def _insert(table: TableRows, dialect: Dialect) -> str:
    """One INSERT, printed from a tree: values never meet the text of a statement unquoted."""
    target = exp.Schema(
        this=exp.to_table(_name(table.table), dialect="postgres"),
        expressions=[exp.to_identifier(name, quoted=True) for name in table.columns],
    )
    rows = [exp.Tuple(expressions=[_stored(value, dialect) for value in row]) for row in table.rows]
    return exp.Insert(this=target, expression=exp.Values(expressions=rows)).sql(dialect)


def _stored(value: Wire, dialect: Dialect) -> exp.Expr:
    """A value of a row; SQLite stores what Django would: text for moments, decimals and JSON."""
    node = literal(value)
    if dialect == "postgres" or not isinstance(node, exp.Cast):
        return node
    store = _STORED.get(value["$"])
    written: exp.Expr = node.this if store is None else store(value["v"])
    return written


# as Django's SQLite backend stores them: moments in UTC with a blank and without zone, UUIDs without dashes
_STORED: dict[str, Callable[[Wire], exp.Expr]] = {
    "datetime": lambda v: exp.Literal.string(v.removesuffix("+00:00").replace("T", " ").removesuffix(".000000")),
    "time": lambda v: exp.Literal.string(v.removesuffix(".000000")),
    "uuid": lambda v: exp.Literal.string(v.replace("-", "")),
    "interval": lambda v: literal(v),
    "float": lambda v: exp.Literal.number(v),
    "bytes": lambda v: exp.Literal.string(v) if not v else exp.HexString(this=v),
    "json": lambda v: exp.Literal.string(json.dumps(v)),
}
