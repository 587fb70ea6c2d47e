"""A small part of the nightly run; WORKBENCH_SOUNDNESS_COUNT makes it larger."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.soundness.disguises import rename
from tests.soundness.judging import judge
from tests.soundness.mutations import DISGUISES, MUTATIONS, changed
from tests.soundness.queries import query
from tests.soundness.run import main, run
from tests.soundness.schemas import schema
from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Dialect
from workbench.equivalence import decide
from workbench.equivalence.engine import Engine

COUNT = int(os.environ.get("WORKBENCH_SOUNDNESS_COUNT", "60"))
FAILURES = sorted((Path(__file__).parent / "failures").glob("*.json"))


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_no_verdict_is_contradicted(dialect: Dialect, request: pytest.FixtureRequest) -> None:
    engine: Engine = request.getfixturevalue(dialect)
    judged = [pair for word, pair in run(engine, dialect, COUNT, seed=COUNT) if word != "unreadable"]
    assert len(judged) >= COUNT * 0.9
    assert [pair for pair in judged if pair["wrong"]] == []


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=max(10, COUNT // 3), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_query_equals_itself_and_verdicts_are_symmetric(random: Random, sqlite: Engine) -> None:
    catalog = read_ddl(schema(random), "sqlite")
    left = query(random)
    right, _ = changed(left, random, MUTATIONS + DISGUISES, 1)
    scratch = sqlite.create(catalog)
    try:
        assert decide(left, left, catalog, dialect="sqlite", scratch=scratch).word == "equivalent"
        words = {
            decide(*pair, catalog, dialect="sqlite", scratch=scratch).word for pair in ((left, right), (right, left))
        }
        assert words not in ({"equivalent", "different"}, {"equivalent", "undecided"})
    finally:
        scratch.close()


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=max(10, COUNT // 3), deadline=None, suppress_health_check=list(HealthCheck))
def test_disguises_are_never_called_different(random: Random, sqlite: Engine) -> None:
    catalog = read_ddl(schema(random), "sqlite")
    left = query(random)
    right, _ = changed(left, random, DISGUISES, 3)
    scratch = sqlite.create(catalog)
    try:
        assert judge(left, right, catalog, scratch, equal=True).wrong == ""
    finally:
        scratch.close()


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=max(10, COUNT // 3), deadline=None, suppress_health_check=list(HealthCheck))
def test_verdicts_are_stable_under_renaming(random: Random, sqlite: Engine) -> None:
    catalog = read_ddl(schema(random), "sqlite")
    left = query(random)
    right, _ = changed(left, random, MUTATIONS, 1)
    renamed = changed(left, random, (rename,), 1)[0], changed(right, random, (rename,), 1)[0]
    scratch = sqlite.create(catalog)
    try:
        words = [decide(*pair, catalog, dialect="sqlite", scratch=scratch).word for pair in ((left, right), renamed)]
        assert words[0] == words[1]
    finally:
        scratch.close()


def test_a_stopped_run_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "blocks.jsonl"
    assert main(["5", "3", "sqlite", "--out", str(out)]) == 0
    first = out.read_text()
    assert main(["55", "3", "sqlite", "--out", str(out)]) == 0  # the first block counts as done, whatever its size
    assert out.read_text().startswith(first)
    assert [json.loads(line)["seed"] for line in out.read_text().splitlines()] == [3, 4]
    assert "share decided by kind of change" in capsys.readouterr().err


@pytest.mark.parametrize("path", FAILURES, ids=lambda path: path.stem)
def test_past_failures(path: Path, postgres: Engine) -> None:
    """Pairs that some version judged wrongly; ``truth`` says what they are."""
    pair = json.loads(path.read_text())
    catalog = read_ddl(pair["schema"], "postgres")
    scratch = postgres.create(catalog)
    try:
        judged = judge(pair["left"], pair["right"], catalog, scratch, equal=pair["truth"] == "eq")
    finally:
        scratch.close()
    assert judged.wrong == ""
    assert judged.verdict.word in ("undecided", {"eq": "equivalent", "neq": "different"}[pair["truth"]])
