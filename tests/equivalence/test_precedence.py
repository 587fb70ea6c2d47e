"""What the parser reads of operators without parentheses is what the database reads, or it is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from random import Random

import psycopg
import pytest
import sqlglot
from sqlglot import exp

from workbench.catalog.table import Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.precedence import refuse_other_ranks
from workbench.equivalence.walking import by_type
from workbench.runtime.postgres import PostgresServer

COUNT = 6000
OPERANDS = ("1", "2", "0", "3", "NULL", "'1'", "'a'", "TRUE", "FALSE", "-2")
OPERATORS = (
    *("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>", "AND", "OR", "LIKE"),
    *("NOT LIKE", "IS", "IS NOT", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"),
)
AFTER = (
    *("IS NULL", "IS NOT NULL", "ISNULL", "NOTNULL", "IN (1, 2)", "NOT IN (0, 3)", "BETWEEN 1 AND 2"),
    *("NOT BETWEEN 0 AND 1", "IS TRUE", "IS NOT FALSE"),
)
OWN = {"sqlite": ("==", "!=", "GLOB"), "postgres": ("^", "#", "~", "!~", "ILIKE")}
OWN_AFTER = {"sqlite": ("COLLATE NOCASE",), "postgres": ("::text", "::int", "IS UNKNOWN")}
GROUPED = (exp.Binary, exp.Unary, exp.In, exp.Between, exp.Cast)

Evaluate = Callable[[str], str | None]


@pytest.fixture(scope="module")
def evaluate() -> Iterator[dict[str, Evaluate]]:
    """A function a dialect: the value of a SELECT of one value as text, None where it is refused."""
    with PostgresServer() as server, server.connect() as remote:
        yield {
            "postgres": lambda text: _value(remote, text),
            "sqlite": lambda text: _value(sqlite3.connect(":memory:"), text),
        }


def _value(connection: psycopg.Connection | sqlite3.Connection, text: str) -> str | None:
    try:
        return repr(connection.execute(text).fetchone()[0])
    except (psycopg.Error, sqlite3.Error):
        return None


def _expression(random: Random, dialect: str) -> str:
    words: list[str] = []
    for place in range(random.randint(2, 4)):
        words += [random.choice((*OPERATORS, *OWN[dialect]))] if place else []
        words += [random.choice(("NOT", "-", "~", "+"))] if random.random() < 0.15 else []
        words.append(random.choice(OPERANDS))
        words += [random.choice((*AFTER, *OWN_AFTER[dialect]))] if random.random() < 0.3 else []
    return " ".join(words)


def _grouped(tree: exp.Expression) -> exp.Expression:
    """The tree with every operator in parentheses, as the parser grouped them."""
    for node in reversed(list(tree.find_all(*GROUPED))):
        if not isinstance(node, exp.Paren) and not isinstance(node.parent, (exp.Select, exp.Alias)):
            node.replace(exp.Paren(this=node.copy()))
    return tree


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_the_parser_groups_as_the_database_does(dialect: Dialect, evaluate: dict[str, Evaluate]) -> None:
    random, read, misread = Random(COUNT), 0, []
    for _ in range(COUNT):
        text = f"SELECT {_expression(random, dialect)}"
        value = evaluate[dialect](text)
        if value is None:
            continue
        try:
            tree = sqlglot.parse_one(text, dialect=dialect)
            refuse_other_ranks(by_type(tree), text, dialect, "query")
        except (sqlglot.ParseError, WorkbenchError):
            continue
        read += 1
        grouped = _grouped(tree).sql(dialect).replace("~-", "~ -")
        if evaluate[dialect](grouped) != value:
            misread.append((text, grouped))
    assert misread == []
    assert read > COUNT / 20


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("sqlite", "SELECT a = b LIKE c FROM t"),
        ("sqlite", "SELECT a LIKE b < c FROM t"),
        ("sqlite", "SELECT x FROM t WHERE +s = 1"),
        ("postgres", "SELECT ~a + b FROM t"),
        ("postgres", "SELECT a ~ b || c FROM t"),
        ("postgres", "SELECT a IS TRUE::text FROM t"),
    ],
)
def test_what_may_be_read_otherwise_is_refused(dialect: Dialect, text: str) -> None:
    with pytest.raises(WorkbenchError, match=r"parentheses|without"):
        refuse_other_ranks(by_type(sqlglot.parse_one(text, dialect=dialect)), text, dialect, "query")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a = (b LIKE c), a IN (1, 2), c + +1 FROM t WHERE a = 1 AND b LIKE 'x' OR c BETWEEN 1 AND 2",
        "SELECT CASE WHEN a = 1 THEN b LIKE 'x' ELSE c IN (1) END + 1 FROM t JOIN u ON t.a = u.a WHERE b LIKE 'x'",
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_what_is_clear_is_not_refused(dialect: Dialect, text: str) -> None:
    refuse_other_ranks(by_type(sqlglot.parse_one(text, dialect=dialect)), text, dialect, "query")
