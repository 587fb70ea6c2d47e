"""Whatever Django emits is rendered, or refused with a reason that names it; nothing is overlooked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlglot import exp

from tests.targets.queries.conftest import CASES, Sample, cases, topics
from workbench.diagnostic import WorkbenchError
from workbench.queries.compiling import compile_queries
from workbench.queries.parse import parse
from workbench.queries.query import Intent, Query, Shape
from workbench.targets.drizzle.queries import conditions, functions, render_query, scalars
from workbench.targets.drizzle.queries.unsupported import UNSUPPORTED

EMITTED = (CASES / "emitted.txt").read_text(encoding="utf-8").splitlines()

# clauses, names and literals: read by the SELECT, or part of a node that has its writer
STRUCTURE = {
    exp.Alias, exp.Boolean, exp.ByteString, exp.DataType, exp.DataTypeParam, exp.Distinct, exp.From, exp.Group,
    exp.Having, exp.Identifier, exp.If, exp.JSONKeyValue, exp.Join, exp.Limit, exp.Literal, exp.Null, exp.Offset,
    exp.Order, exp.Ordered, exp.Parameter, exp.Select, exp.Table, exp.TableAlias, exp.Var, exp.Where,
    exp.Union, exp.Intersect, exp.Except, exp.Tuple, exp.Star, exp.WindowSpec, exp.Lock,
}  # fmt: skip
KNOWN = STRUCTURE | set(scalars.WRITERS) | set(conditions.WRITERS) | set(UNSUPPORTED)


def walked(query: Query) -> list[exp.Expression]:
    """The nodes of a query; none where it did not compile, or where sqlglot cannot read it (then it is refused)."""
    try:
        return list(parse(query).walk()) if query.sql else []
    except WorkbenchError:
        return []


def test_no_node_is_both_rendered_and_unsupported():
    assert (set(scalars.WRITERS) | set(conditions.WRITERS)) & set(UNSUPPORTED) == set()


def test_every_node_that_django_emits_is_known(sample: Callable[[str], Sample]):
    queries = [*compile_queries(sample("bookshop").shop.agent, EMITTED)]
    for project in {project for project, _ in topics()}:
        queries += sample(project).queries.values()
    nodes = {type(node) for query in queries for node in walked(query)}
    assert nodes - KNOWN == set()


def test_every_anonymous_function_is_in_the_table_or_refused(sample: Callable[[str], Sample]):
    queries = compile_queries(sample("bookshop").shop.agent, EMITTED)
    for query in queries:
        names = {node.name.upper() for node in walked(query) if isinstance(node, exp.Anonymous)}
        if names - set(functions.NAMED):
            assert sample("bookshop").shop.names and not _code(sample, query)


@pytest.mark.parametrize("text", EMITTED)
def test_it_is_translated_or_refused_with_a_reason(sample: Callable[[str], Sample], text: str):
    opened = sample("bookshop")
    (query,) = compile_queries(opened.shop.agent, [text])
    rendering = render_query(query, opened.shop.catalog, opened.shop.names)
    if rendering.code:
        assert opened.checker.query(opened.type_key, rendering.code).errors == ()
        assert opened.worker.run(opened.key, rendering.code, opened.database.node_settings()).error is None
    else:
        assert [d.code for d in (*query.diagnostics, *rendering.diagnostics)] != []
        assert all(d.thing and d.fact for d in rendering.diagnostics)


REFUSED = [
    ("SELECT 1", "SELECT 1", "a SELECT without FROM has no Drizzle form"),
    ('SELECT "x"."a" FROM "x"', '"x"', "this is no table of the project's models"),
    ('SELECT "catalog_tag"."nope" FROM "catalog_tag"', '"catalog_tag"."nope"', "no table in scope has this column"),
    (
        'SELECT "catalog_tag"."id" FROM "catalog_tag" WHERE "catalog_tag"."name" IS TRUE',
        '"catalog_tag"."name" IS TRUE',
        "only IS NULL has a form",
    ),
    (
        'SELECT "catalog_tag"."id" FROM "catalog_tag" FETCH FIRST 2 ROWS WITH TIES',
        "FETCH FIRST 2 ROWS WITH TIES",
        "not a whole number",
    ),
]


@pytest.mark.parametrize(("sql", "thing", "fact"), REFUSED, ids=[fact for _, _, fact in REFUSED])
def test_a_refusal_says_what_and_why(sample: Callable[[str], Sample], sql: str, thing: str, fact: str):
    query = Query("", "postgres", "catalog.Tag", Intent.ROWS, Shape.TUPLE, sql, (), (), ())
    (diagnostic,) = render_query(query, sample("bookshop").shop.catalog, sample("bookshop").shop.names).diagnostics
    assert (diagnostic.thing, diagnostic.fact) == (thing, fact)


def _code(sample: Callable[[str], Sample], query: Query) -> str:
    return render_query(query, sample("bookshop").shop.catalog, sample("bookshop").shop.names).code


def test_a_case_is_no_duplicate_of_another_topic():
    every = [text for project, topic in topics() for text in cases(project, topic)]
    assert len(every) == len(set(every))
