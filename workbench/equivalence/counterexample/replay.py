"""A witness as text a person can run: an SQL script, and a pytest function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as SqlglotDialect

from workbench.catalog.table import Catalog, Dialect, Table
from workbench.equivalence.bindings import Shared, value_of
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
    dialect = attempt.catalog.dialect
    script = replay_script(attempt, found, database)
    values = tuple(found.arguments[name] for name in found.arguments)
    return DatabaseWitness(database, values, found.left, found.right, dialect, script, found.why)


def replay_script(attempt: Search, found: Found, database: Sequence[TableRows]) -> str:
    """Tables, rows, and both queries with their parameters written in."""
    catalog = attempt.catalog
    tables = [catalog.table(table.table) for table in found.database]
    parts = ["BEGIN;", *(_create(table, catalog.dialect) + ";" for table in tables)]
    parts += [_insert(table, catalog) + ";" for table in database]
    for name, side in (("left", attempt.left), ("right", attempt.right)):
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


def _insert(table: TableRows, catalog: Catalog) -> str:
    """One INSERT, printed from a tree: values never meet the text of a statement unquoted."""
    target = exp.Schema(
        this=exp.to_table(_name(table.table), dialect="postgres"),
        expressions=[exp.to_identifier(name, quoted=True) for name in table.columns],
    )
    rows = [exp.Tuple(expressions=[_stored(value, catalog.dialect) for value in row]) for row in table.rows]
    return exp.Insert(this=target, expression=exp.Values(expressions=rows)).sql(catalog.dialect)


def _stored(value: Wire, dialect: Dialect) -> exp.Expr:
    """A value of a row; SQLite stores what Django would: text for moments, decimals and JSON."""
    node = literal(value)
    return node.this if dialect == "sqlite" and isinstance(node, exp.Cast) else node


def pytest_text(found: DatabaseWitness, name: str = "test_queries_differ") -> str:
    """A pytest function that replays the script with ``run(sql) -> list of rows``, a fixture of the reader's own."""
    statements = [line for line in found.sql.split(";\n") if line.strip() and line.strip() not in ("BEGIN", "ROLLBACK")]
    setup = [line for line in statements if not line.lstrip().startswith("--")]
    queries = [line.split("\n", 1)[1] for line in statements if line.lstrip().startswith("--")]
    lines = [f"def {name}(run):", '    """Both queries on one small database; they should agree."""']
    lines += [f"    run({statement.strip()!r})" for statement in setup]
    left, right = (query.strip() for query in queries)
    lines += [f"    left = run({left!r})", f"    right = run({right!r})"]
    ordered = "order" in found.note
    lines.append(
        "    assert left == right" if ordered else "    assert sorted(map(repr, left)) == sorted(map(repr, right))"
    )
    return "\n".join(lines) + "\n"
