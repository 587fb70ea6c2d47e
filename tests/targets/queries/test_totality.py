"""Whatever Django emits is rendered, or refused with a reason that names it; nothing is overlooked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlglot import exp

from tests.targets.queries.conftest import CASES, Sample, cases, topics
from workbench.diagnostic import WorkbenchError
from workbench.queries.compiling import compile_queries, execute_queries
from workbench.queries.parse import parse
from workbench.queries.query import Intent, Query, Shape
from workbench.targets.drizzle.queries import functions, operators, render_query
from workbench.targets.drizzle.queries.calls import named_row
from workbench.targets.drizzle.queries.module import Module
from workbench.targets.drizzle.queries.terms import HELPER_NAMES
from workbench.targets.drizzle.queries.unsupported import UNSUPPORTED

EMITTED = (CASES / "emitted.txt").read_text(encoding="utf-8").splitlines()

# clauses, names and literals: read by the SELECT, or part of a node that has its writer
STRUCTURE = {
    exp.Alias, exp.Boolean, exp.ByteString, exp.DataType, exp.DataTypeParam, exp.Distinct, exp.From, exp.Group,
    exp.Having, exp.Identifier, exp.If, exp.JSONKeyValue, exp.Join, exp.Limit, exp.Literal, exp.Null, exp.Offset,
    exp.Order, exp.Ordered, exp.Parameter, exp.Select, exp.Table, exp.TableAlias, exp.Var, exp.Where,
    exp.Union, exp.Intersect, exp.Except, exp.WindowSpec, exp.Lock, exp.Slice, exp.ObjectIdentifier,
}  # fmt: skip
KNOWN = STRUCTURE | set(Module.scalars) | set(Module.conditions) | set(UNSUPPORTED)


def walked(query: Query) -> list[exp.Expression]:
    """The nodes of a query; none where it did not compile, or where sqlglot cannot read it (then it is refused)."""
    try:
        return list(parse(query).walk()) if query.sql else []
    except WorkbenchError:
        return []


def test_no_node_is_both_rendered_and_unsupported():
    assert (set(Module.scalars) | set(Module.conditions)) & set(UNSUPPORTED) == set()


def test_every_node_that_django_emits_is_known(sample: Callable[[str], Sample]):
    queries = [*compile_queries(sample("bookshop").shop.agent, EMITTED)]
    for project in {project for project, _ in topics()}:
        queries += sample(project).queries.values()
    nodes = {type(node) for query in queries for node in walked(query)}
    assert nodes - KNOWN == set()


def test_every_helper_of_the_tables_exists():
    rows = [*functions.FUNCTIONS.values(), *(named_row(name, row) for name, row in functions.NAMED.items())]
    helpers = {row.helper for row in rows} | set(operators.ARITHMETIC.values()) | set(operators.CONDITIONS.values())
    helpers |= {helper for helper, _ in operators.OPERATORS.values()} | set(operators.BETWEEN_RANGES.values())
    assert helpers - HELPER_NAMES == set()


def test_a_function_of_no_table_keeps_its_name(sample: Callable[[str], Sample]):
    sql = 'SELECT to_roman("catalog_tag"."id") AS "x" FROM "catalog_tag"'
    query = Query("", "postgres", "catalog.Tag", Intent.ROWS, Shape.TUPLE, sql, (), (), ())
    rendering = render_query(query, sample("bookshop").shop.catalog, sample("bookshop").shop.names)
    assert rendering.body == 'db.select({ x: call<unknown>("to_roman", tag.id) }).from(tag)'


@pytest.mark.parametrize("text", EMITTED)
def test_it_is_translated_or_refused_with_a_reason(sample: Callable[[str], Sample], text: str):
    opened = sample("bookshop")
    (query,) = compile_queries(opened.shop.agent, [text])
    rendering = render_query(query, opened.shop.catalog, opened.shop.names)
    if rendering.code:
        assert opened.checker.query(opened.type_key, rendering.code).errors == ()
        observed = opened.worker.run(opened.key, rendering.code, opened.database.node_settings())
        (answer,) = execute_queries(opened.shop.agent, [text], opened.database.django_settings())
        assert sqlstate(observed.error) == sqlstate(answer["error"])
    else:
        assert [d.code for d in (*query.diagnostics, *rendering.diagnostics)] != []
        assert all(d.thing and d.fact for d in rendering.diagnostics)


def sqlstate(error: str | None) -> str | None:
    """What PostgreSQL refuses of Django it refuses of Drizzle: an extension that is not there, a root of -1."""
    return error.split()[0] if error else None


REFUSED = [
    (
        'SELECT "catalog_tag"."id" FROM "catalog_tag" TABLESAMPLE SYSTEM (1)',
        '"catalog_tag" TABLESAMPLE SYSTEM (1)',
        "this source's SAMPLE has no form here",
    ),
    ('SELECT "x"."a" FROM "x"', '"x"', "this is no table of the project's models"),
    ('SELECT "catalog_tag"."nope" FROM "catalog_tag"', '"catalog_tag"."nope"', "no table in scope has this column"),
    (
        'SELECT "catalog_tag"."id" FROM "catalog_tag" WHERE "catalog_tag"."name" IS JSON',
        '"catalog_tag"."name" IS JSON',
        "only IS NULL, IS TRUE and IS FALSE have a form",
    ),
    (
        'SELECT "catalog_tag"."id" FROM "catalog_tag" FETCH FIRST 2 ROWS WITH TIES',
        "FETCH FIRST 2 ROWS WITH TIES",
        "not a whole number",
    ),
    (
        # the name of a table: without its WITH this reads other rows
        'WITH "catalog_tag" AS (SELECT 1 AS "id") SELECT "id" FROM "catalog_tag" UNION SELECT "id" FROM "catalog_tag"',
        'WITH "catalog_tag" AS (SELECT 1 AS "id") SELECT "id" FROM "catalog_tag" UNION SE',
        "its WITH clause has no form here",
    ),
    (
        'SELECT "id" FROM "catalog_tag" WHERE "id" IN ((SELECT 1 FROM "catalog_author" LIMIT 1) LIMIT 0)',
        '(SELECT 1 FROM "catalog_author" LIMIT 1) LIMIT 0',
        "it has clauses on both sides of its parentheses",
    ),
]


@pytest.mark.parametrize(("sql", "thing", "fact"), REFUSED, ids=[fact for _, _, fact in REFUSED])
def test_a_refusal_says_what_and_why(sample: Callable[[str], Sample], sql: str, thing: str, fact: str):
    query = Query("", "postgres", "catalog.Tag", Intent.ROWS, Shape.TUPLE, sql, (), (), ())
    (diagnostic,) = render_query(query, sample("bookshop").shop.catalog, sample("bookshop").shop.names).diagnostics
    assert (diagnostic.thing, diagnostic.fact) == (thing, fact)


def test_a_case_is_no_duplicate_of_another_topic():
    every = [text for project, topic in topics() for text in cases(project, topic)]
    assert len(every) == len(set(every))
