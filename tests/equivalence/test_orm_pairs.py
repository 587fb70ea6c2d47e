"""Django's form of a query against other ways to write it: half of them mean something else."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from workbench.catalog.table import Catalog
from workbench.equivalence import decide
from workbench.equivalence.engine import Scratch

PAIRS = [json.loads(line) for line in Path(__file__).with_name("orm_pairs.jsonl").read_text().splitlines()]
MEANT = {"eq": "equivalent", "neq": "different"}


def test_nothing_is_wrong_and_nearly_all_is_decided(bookshop: Catalog, scratch: Scratch) -> None:
    words = {p["id"]: decide(p["left"], p["right"], bookshop, scratch=scratch).word for p in PAIRS}
    wrong = [p["id"] for p in PAIRS if words[p["id"]] not in (MEANT[p["truth"]], "undecided")]
    assert wrong == []
    decided = sum(word != "undecided" for word in words.values())
    assert decided / len(PAIRS) >= 0.95
    assert min(Counter(p["truth"] for p in PAIRS).values()) >= 75
