"""Django's form of a query against other ways to write it: half of them mean something else."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog
from workbench.diagnostic import WorkbenchError
from workbench.equivalence import decide
from workbench.equivalence.engine import Engine, Scratch
from workbench.verdict import Undecided

PAIRS = [json.loads(line) for line in Path(__file__).with_name("orm_pairs.jsonl").read_text().splitlines()]
MEANT = {"eq": "equivalent", "neq": "different"}


def test_nothing_is_wrong_and_nearly_all_is_decided(bookshop: Catalog, scratch: Scratch) -> None:
    words = {p["id"]: decide(p["left"], p["right"], bookshop, scratch=scratch).word for p in PAIRS}
    wrong = [p["id"] for p in PAIRS if words[p["id"]] not in (MEANT[p["truth"]], "undecided")]
    assert wrong == []
    decided = sum(word != "undecided" for word in words.values())
    assert decided / len(PAIRS) >= 0.95
    assert min(Counter(p["truth"] for p in PAIRS).values()) >= 75


# Of the pairs that SQLite can express, those that mean something else there: DESC puts NULL last by itself.
ONLY_ON_SQLITE = {"order-nulls-differ-1": "equivalent"}


def test_the_same_on_sqlite_where_it_can_be_said(sqlite: Engine) -> None:
    """In Django's SQLite schema a key is NOT NULL; elsewhere SQLite would let a NULL in."""
    schema = Path(__file__).with_name("orm_schema.sql").read_text()
    catalog = read_ddl(schema.replace("bigint PRIMARY KEY", "integer NOT NULL PRIMARY KEY"), "sqlite")
    scratch = sqlite.create(catalog)
    try:
        words = {pair["id"]: _word_on_sqlite(pair, catalog, scratch) for pair in PAIRS}
    finally:
        scratch.close()
    said = {name: word for name, word in words.items() if word}
    meant = {pair["id"]: MEANT[pair["truth"]] for pair in PAIRS} | ONLY_ON_SQLITE
    assert [name for name, word in said.items() if word not in (meant[name], "undecided")] == []
    assert len(said) >= 240
    assert sum(word != "undecided" for word in said.values()) / len(said) >= 0.95


def _word_on_sqlite(pair: dict[str, str], catalog: Catalog, scratch: Scratch) -> str:
    """The verdict; empty where SQLite does not know a construct of the pair."""
    try:
        verdict = decide(pair["left"], pair["right"], catalog, dialect="sqlite", scratch=scratch)
    except WorkbenchError:
        return ""
    refused = isinstance(verdict, Undecided) and any("the database refuses" in reason for reason in verdict.reasons)
    return "" if refused else verdict.word
