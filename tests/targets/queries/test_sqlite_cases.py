"""The same querysets on SQLite: text, types and rows; each that has no translation says why.

The expected text stands in ``*.sqlite.ts`` beside the querysets; ``WORKBENCH_UPDATE=1`` writes it anew. The museum's
tables have PostgreSQL's own types and are not here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.targets.queries.conftest import CASES, cases, topics
from tests.targets.queries.sqlite_sample import SqliteSample, rows_of
from workbench.queries.comparing import compare_rows
from workbench.queries.compiling import execute_queries
from workbench.runtime.node import NodeWorker
from workbench.runtime.typescript import TypeChecker

MOST_REFUSED = {"bookshop": 18, "music": 0, "processn": 1}


@pytest.fixture(scope="module", params=sorted(MOST_REFUSED))
def opened(request: pytest.FixtureRequest) -> Iterator[SqliteSample]:
    with NodeWorker() as worker:
        one = SqliteSample(str(request.param), worker)
        yield one
        one.close()


def translated(opened: SqliteSample) -> list[str]:
    return [text for text in opened.texts if text in opened.renderings and opened.renderings[text].code]


def test_the_text(opened: SqliteSample) -> None:
    for topic in (topic for project, topic in topics() if project == opened.project):
        written = "\n".join(map(opened.written, cases(opened.project, topic)))
        expected = CASES / opened.project / f"{topic}.sqlite.ts"
        if os.environ.get("WORKBENCH_UPDATE"):
            expected.write_text(written, encoding="utf-8")
        assert written == expected.read_text(encoding="utf-8")


def test_what_has_no_translation_says_why(opened: SqliteSample) -> None:
    left = [text for text in opened.texts if text not in translated(opened) and not opened.queries[text].empty]
    assert len(left) <= MOST_REFUSED[opened.project]
    assert all(note.thing and note.fact for text in left for note in opened.reasons(text))
    assert [text for text in left if not opened.reasons(text)] == []


def test_the_compiler_accepts_it_in_one_batch(opened: SqliteSample) -> None:
    modules = {f"q{n}.ts": opened.renderings[text].code for n, text in enumerate(translated(opened))}
    with TypeChecker() as checker:
        assert checker.check({**opened.files, **modules}, "sqlite") == ()


def test_the_rows_are_those_of_django(opened: SqliteSample) -> None:
    texts = translated(opened)
    answers = execute_queries(opened.shop.agent, texts, opened.database.django_settings())
    wrong = {}
    for text, answer in zip(texts, answers, strict=True):
        rows = rows_of(opened, text)
        found = answer["error"] or answer["diagnostic"] or isinstance(rows, str)
        if found or compare_rows(opened.queries[text].outputs, answer["rows"], rows, ordered=False):
            wrong[text] = (answer["error"], answer["diagnostic"], rows)
    assert wrong == {}
