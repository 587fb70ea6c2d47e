"""Every queryset of tests/cases: its text, its types, and its rows beside Django's own.

The expected TypeScript stands beside the querysets; ``WORKBENCH_UPDATE=1`` writes it anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest

from tests.targets.queries.conftest import CASES, Sample, cases, topics
from workbench.queries.comparing import compare_rows
from workbench.queries.compiling import execute_queries
from workbench.targets.drizzle.queries import HELPERS

EVERY_TOPIC = pytest.mark.parametrize(("project", "topic"), topics(), ids=["-".join(topic) for topic in topics()])
Open = Callable[[str], Sample]

# drizzle-orm 0.45.4's own functions: a template that says the same would be a raw `sql` where a helper exists
NATIVE = re.compile(
    r"sql`[^`]*(\b(and|or|not|is null|is not null|exists|between|like|asc|desc|count|sum|avg|min|max)\b|[<>=])",
    re.IGNORECASE,
)


def test_there_are_enough_cases():
    every = [text for project, topic in topics() for text in cases(project, topic)]
    assert len(set(every)) == len(every) >= 150


@EVERY_TOPIC
def test_the_text(sample: Open, project: str, topic: str):
    texts = cases(project, topic)
    renderings = [sample(project).rendering(text) for text in texts]
    assert {text: r.diagnostics for text, r in zip(texts, renderings, strict=True) if not r.code} == {}
    written = "\n".join(f"// {text}\n{r.body}\n" for text, r in zip(texts, renderings, strict=True))
    expected = CASES / project / f"{topic}.ts"
    if os.environ.get("WORKBENCH_UPDATE"):
        expected.write_text(written, encoding="utf-8")
    assert written == expected.read_text(encoding="utf-8")


@EVERY_TOPIC
def test_no_raw_sql_in_a_query(sample: Open, project: str, topic: str):
    for text in cases(project, topic):
        code = re.sub(r'"(\\.|[^"\\])*"', '""', sample(project).rendering(text).code)
        assert "sql`" not in code and "sql<" not in code, text


def test_no_helper_repeats_a_function_of_drizzle():
    (text,) = HELPERS.values()
    assert [line for line in text.splitlines() if NATIVE.search(re.sub(r"\$\{[^}]*\}", "", line))] == []


@EVERY_TOPIC
def test_the_compiler_accepts_it(sample: Open, project: str, topic: str):
    errors = {text: sample(project).compiler_errors[text] for text in cases(project, topic)}
    assert {text: found for text, found in errors.items() if found} == {}


@EVERY_TOPIC
def test_the_rows_are_those_of_django(sample: Open, project: str, topic: str):
    opened = sample(project)
    texts = cases(project, topic)
    answers = execute_queries(opened.shop.agent, texts, opened.database.django_settings())
    wrong = {
        text: found for text, answer in zip(texts, answers, strict=True) if (found := difference(opened, text, answer))
    }
    assert wrong == {}


def difference(opened: Sample, text: str, answer: dict[str, object]) -> object:
    """What differs between both sides' decoded rows; None where nothing does."""
    query, rendering = opened.queries[text], opened.rendering(text)
    observed = opened.worker.run(opened.key, rendering.code, opened.database.node_settings())
    if observed.error or answer["error"] or answer["diagnostic"]:
        return observed.error, answer["error"], answer["diagnostic"]
    places = [observed.columns.index(path) for path in rendering.paths[: len(query.outputs)]]
    rows = [tuple(row[place] for place in places) for row in observed.rows]
    return compare_rows(query.outputs, answer["rows"], rows, ordered=False)
