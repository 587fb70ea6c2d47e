"""Queries side by side as ``diff_cases.txt`` shows them: a title, both queries, the lines that meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog
from workbench.equivalence import parse_query
from workbench.equivalence.diff import side_by_side

FILE = Path(__file__).with_name("diff_cases.txt")
SCHEMA = Path(__file__).with_name("orm_schema.sql")
CASES = {block.splitlines()[0]: block.splitlines()[1:] for block in FILE.read_text("utf-8").strip().split("\n\n")}


def told(left: str, right: str, catalog: Catalog) -> list[str]:
    sides = (parse_query(sql, catalog, "postgres") for sql in (left, right))
    return [
        f"  {line.change:<10} | {_side(line.clause, line.left, line.depth[0]):<45} | "
        f"{_side(line.right_clause, line.right, line.depth[1])}".rstrip()
        for line in side_by_side(*sides)
    ]


def _side(clause: str, text: str, depth: int) -> str:
    return f"{'  ' * depth}{clause} {text}".rstrip()


@pytest.mark.parametrize("name", CASES)
def test_clauses_stand_side_by_side(bookshop: Catalog, name: str) -> None:
    left, right, *expected = CASES[name]
    assert told(left, right, bookshop) == expected


@pytest.mark.parametrize("name", CASES)
def test_a_query_beside_itself_is_the_same(bookshop: Catalog, name: str) -> None:
    for sql in CASES[name][:2]:
        assert {line.split("|")[0].strip() for line in told(sql, sql, bookshop)} == {"same"}


@pytest.mark.parametrize("name", CASES)
def test_turned_round_the_sides_change_places(bookshop: Catalog, name: str) -> None:
    left, right, *_ = CASES[name]
    turned = {"left only": "right only", "right only": "left only"}
    changes = [sorted(line.change for line in _lines(*pair, bookshop)) for pair in ((left, right), (right, left))]
    assert sorted(turned.get(change, change) for change in changes[0]) == changes[1]


def _lines(left: str, right: str, catalog: Catalog):  # type: ignore[no-untyped-def]
    return side_by_side(*(parse_query(sql, catalog, "postgres") for sql in (left, right)))


if __name__ == "__main__":
    tables = read_ddl(SCHEMA.read_text("utf-8"), "postgres")
    blocks = ["\n".join([name, *lines[:2], *told(*lines[:2], tables)]) for name, lines in CASES.items()]
    FILE.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
