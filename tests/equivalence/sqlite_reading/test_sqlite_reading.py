"""Pairs on SQLite, one a line: "=" is proved without running anything, "!" never; the rows show both."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.equivalence import decide
from workbench.equivalence.parse import parse_query
from workbench.equivalence.sqlite_reading import Unsettled, reading
from workbench.equivalence.walking import children, nodes

HERE = Path(__file__).parent
SCHEMA = (HERE / "schema.sql").read_text()
PAIRS = [(line[0], *line[2:].split(" | ")) for line in (HERE / "pairs.txt").read_text().splitlines()]


@pytest.mark.parametrize(("sign", "name", "left", "right"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_pairs(sign: str, name: str, left: str, right: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(SCHEMA + (HERE / "rows.sql").read_text())
        rows = [Counter(map(repr, connection.execute(side))) for side in (left, right)]
    assert (rows[0] == rows[1]) == (sign == "=")
    catalog = read_ddl(SCHEMA, "sqlite")
    words = {decide(*pair, catalog, dialect="sqlite").word for pair in ((left, right), (right, left))}
    assert words == {"equivalent" if sign == "=" else "undecided"}
    assert decide(left, left, catalog, dialect="sqlite").word == "equivalent"


@pytest.mark.parametrize("side", sorted({side for pair in PAIRS for side in pair[2:]}))
def test_reading_leaves_every_node_with_its_parent(side: str) -> None:
    """Of the query that was read, and of what it is read as: rules look upwards."""
    query = parse_query(side, read_ddl(SCHEMA, "sqlite"), "sqlite")
    trees = [query.tree]
    with suppress(Unsettled):
        trees.append(reading(query).tree)
    assert all(child.parent is node for tree in trees for node in nodes(tree) for child in children(node))
