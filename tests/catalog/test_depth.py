"""Statements that are nested without measure are refused in one line, also by the compiled parser."""

from __future__ import annotations

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.depth import DEEPEST, shallow
from workbench.diagnostic import WorkbenchError
from workbench.equivalence import parse_query

ABYSS = 30_000
SCHEMA = "CREATE TABLE t (a integer PRIMARY KEY, b integer)"
DEEP = {
    "subqueries": "SELECT * FROM " + "(SELECT * FROM " * ABYSS + "t" + ") x" * ABYSS,
    "joined tables": "SELECT * FROM " + "(" * ABYSS + "t" + " JOIN t USING (a))" * ABYSS,
    "joins before ON": "SELECT * FROM " + "t JOIN " * ABYSS + "t" + " ON a" * ABYSS,
    "subscripts": "SELECT a" + "[1]" * ABYSS + " FROM t",
    "types": "SELECT 1::" + "ARRAY<" * ABYSS + "int" + ">" * ABYSS,
    "negations": "SELECT " + "NOT " * ABYSS + "a FROM t",
    "cases": "SELECT " + "CASE WHEN a = 1 THEN " * ABYSS + "1" + " END" * ABYSS + " FROM t",
}
WIDE = {
    "rows": "VALUES " + ", ".join(["((1), (2))"] * ABYSS),
    "a list": f"SELECT a FROM t WHERE a IN ({', '.join(['(1)'] * ABYSS)})",
    "comparisons": "SELECT a FROM t WHERE " + " OR ".join(["a < 1"] * ABYSS),
}


@pytest.mark.parametrize("form", DEEP)
def test_a_deep_query_is_refused(form: str) -> None:
    with pytest.raises(WorkbenchError, match="nested too deeply"):
        parse_query(DEEP[form], read_ddl(SCHEMA, "postgres"), "postgres")


def test_a_deep_schema_is_refused() -> None:
    check = "(" * ABYSS + "a > 1" + ")" * ABYSS
    with pytest.raises(WorkbenchError, match="nested too deeply"):
        read_ddl(f"CREATE TABLE t (a integer, CHECK {check})", "postgres")


@pytest.mark.parametrize("form", WIDE)
def test_a_wide_statement_is_not_deep(form: str) -> None:
    assert shallow(WIDE[form]) == WIDE[form]


def test_what_stands_at_the_limit_is_read() -> None:
    query = "SELECT " + "(" * 50 + "1" + ")" * 50
    assert shallow("(" * DEEPEST + ")" * DEEPEST)
    assert parse_query(query, read_ddl(SCHEMA, "postgres"), "postgres").outputs
