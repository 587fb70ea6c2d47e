"""Translations that are right show no difference on a database of the user's, whatever they ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.runtime.own_databases import state, url_of
from tests.targets.queries.conftest import Sample, topics
from workbench.runtime.node import NodeWorker
from workbench.runtime.own_database import own_database
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import TypeChecker
from workbench.session.own.comparing import OwnQuery
from workbench.session.own.side import OwnSide
from workbench.verdict import Undecided

PROJECTS = sorted({project for project, _ in topics()} - {"bookshop"})  # that one is asked in test_own_database.py
EVERY = 20  # of the querysets of a project, each so many-th: all 550 take over a minute, and differ in nothing either
UNJUDGED = Undecided("none", ("the ladder was not asked",))


@pytest.fixture(scope="module", params=PROJECTS)
def sample(request: pytest.FixtureRequest) -> Iterator[Sample]:
    with PostgresServer() as server, NodeWorker() as worker, TypeChecker() as checker:
        opened = Sample(str(request.param), server, worker, checker)
        yield opened
        opened.shop.close()


def test_no_right_translation_differs_there(sample: Sample) -> None:
    own = OwnSide(sample.shop, own_database(url_of(sample.database), "postgres"))
    rows, before, told = own.rows(sample.worker), state(sample.database), {}
    assert {table.verdict.word for table in own.tables.tables} == {"equivalent"}
    for text in list(sample.queries)[::EVERY]:
        query, rendering = sample.queries[text], sample.rendering(text)
        nearly = tuple(note.fact for note in rendering.diagnostics if note.code == "query-nearly")
        compiled = sample.worker.compile(sample.key, rendering.code)
        asked = OwnQuery(query, sample.key, rendering.code, compiled, rendering.paths, nearly)
        verdict, (note,) = rows.judged(UNJUDGED, asked)
        assert verdict is UNJUDGED, (text, note.fact)
        told[text] = note.code
    assert list(told.values()).count("database-rows-equal") > 0.8 * len(told), told
    assert state(sample.database) == before
