"""Each rule on its own file of cases: the rewritten text, and both texts executed on generated databases."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.catalog.table import Catalog
from workbench.equivalence import ParsedQuery, parse_query
from workbench.equivalence.counterexample.search import Search, search
from workbench.equivalence.engine import Scratch
from workbench.equivalence.normal_form import RULES, normal_form

CASES = Path(__file__).with_name("cases")
_BLOCK = re.compile(r"-- (rewritten|to|left alone)\n(.*?);\n", re.DOTALL)
_NAMES = sorted({rule.__name__ for rules in RULES.values() for rule in rules})


def _blocks(name: str) -> list[tuple[str, str]]:
    return _BLOCK.findall((CASES / f"{name}.sql").read_text())


def _rewritten() -> list[tuple[str, str, str]]:
    found = []
    for name in _NAMES:
        blocks = _blocks(name)
        pairs = pairwise(blocks)
        found += [(name, first[1], second[1]) for first, second in pairs if first[0] == "rewritten"]
    return found


def _read(sql: str, catalog: Catalog) -> ParsedQuery:
    return parse_query(sql, catalog, "postgres", "dollar")


def test_every_rule_has_cases() -> None:
    assert {path.stem for path in CASES.glob("*.sql")} == set(_NAMES)
    assert all(any(kind == "rewritten" for kind, _ in _blocks(name)) for name in _NAMES)


@pytest.mark.parametrize(("name", "before", "after"), _rewritten())
def test_rewrites(name: str, before: str, after: str, bookshop: Catalog, scratch: Scratch) -> None:
    form = normal_form(_read(before, bookshop))
    assert name.replace("_", " ") in {step.rule for step in form.steps}
    assert form.tree.sql("postgres") == after
    attempt = Search(_read(before, bookshop), _read(after, bookshop), bookshop, scratch)
    assert search(attempt, 24) is None
    assert attempt.compared >= 12


@pytest.mark.parametrize(
    ("name", "sql"), [(name, sql) for name in _NAMES for kind, sql in _blocks(name) if kind == "left alone"]
)
def test_leaves_alone(name: str, sql: str, bookshop: Catalog) -> None:
    assert name.replace("_", " ") not in {step.rule for step in normal_form(_read(sql, bookshop)).steps}
