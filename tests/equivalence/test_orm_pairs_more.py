"""Pairs of an adversary over seven further schemas, as ``workbench equiv`` reads them: few undecided, none wrong."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine

FOLDER = Path(__file__).parent
PAIRS = [json.loads(line) for line in (FOLDER / "orm_pairs_more.jsonl").read_text().splitlines()]
MEANT = {"eq": "equivalent", "neq": "different"}


def _line(pair: dict[str, str]) -> str:
    schema = (FOLDER / "orm_schemas" / f"{pair['schema']}.sql").read_text()
    return json.dumps({**{k: v for k, v in pair.items() if k != "truth"}, "schema": schema})


def test_nothing_is_wrong_and_nearly_all_is_decided(postgres: Engine) -> None:
    answers = decide_pairs(map(_line, PAIRS), lambda dialect: postgres if dialect == "postgres" else None)
    words = {answer["id"]: answer["verdict"] for answer in answers}
    wrong = [p["id"] for p in PAIRS if words[p["id"]] not in (MEANT[p["truth"]], "undecided")]
    assert wrong == []
    decided = sum(word != "undecided" for word in words.values())
    assert decided / len(PAIRS) >= 0.95
    assert min(Counter(p["truth"] for p in PAIRS).values()) >= 200
