"""Functions keep their names, whatever sqlglot knows by them: by its plain build and by its compiled one."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import TokenType, exp

from workbench.queries.dialect import HIDDEN, NODES, DjangoPostgres
from workbench.queries.sqlite_dialect import HIDDEN as SQLITE_HIDDEN
from workbench.queries.sqlite_dialect import DjangoSqlite


def tree(sql: str, dialect: type[sqlglot.Dialect] = DjangoPostgres) -> exp.Expression:
    parsed = sqlglot.parse_one(sql, dialect=dialect)
    assert isinstance(parsed, exp.Expression)
    return parsed


def test_every_function_that_is_no_node_keeps_its_name_and_arguments() -> None:
    for dialect, hidden in ((DjangoPostgres, HIDDEN), (DjangoSqlite, SQLITE_HIDDEN)):
        words = [name.lower() for name in hidden if dialect().tokenize(name)[0].token_type is TokenType.VAR]
        assert len(words) > 400
        for name in words:
            (node,) = tree(f"SELECT {name}(a, 1) FROM t", dialect).expressions
            assert (type(node), node.name, len(node.expressions)) == (exp.Anonymous, name, 2)


def test_nodes_are_read_as_nodes() -> None:
    assert NODES.isdisjoint(HIDDEN)
    assert type(tree("SELECT COALESCE(a, greatest(b, 1)) FROM t").expressions[0]) is exp.Coalesce


@pytest.mark.parametrize(
    ("sql", "handling", "returning", "values"),
    [
        ("SELECT JSON_ARRAY(a, (b) NULL ON NULL RETURNING JSONB)", "NULL ON NULL", "JSONB", 2),
        ("SELECT JSON_ARRAY(RETURNING JSONB)", None, "JSONB", 0),
        ("SELECT JSON_ARRAY(a ABSENT ON NULL)", "ABSENT ON NULL", "", 1),
        ("SELECT JSON_ARRAY(a, coalesce(b, c))", None, "", 2),
    ],
)
def test_json_array_has_its_own_grammar(sql: str, handling: str | None, returning: str, values: int) -> None:
    (node,) = tree(sql).expressions
    assert type(node) is exp.JSONArray
    type_ = node.args.get("return_type")
    found = (node.args.get("null_handling"), type_.name if type_ else "", len(node.expressions))
    assert found == (handling, returning, values)


def test_names_that_are_no_functions_stay_what_they_are() -> None:
    sql = 'SELECT CAST(a AS TIMESTAMP(3)), "date" ("b") FROM t'
    assert "\x1f" not in repr(tree(sql))
    assert "\x1f" not in tree("INSERT INTO date (a) VALUES (1)").sql()
