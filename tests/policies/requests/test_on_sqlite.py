"""The same project opened for SQLite: its rules, filters and guards are tried there, and answer as on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.catalog.table import Catalog, Check, Column, Table
from workbench.session.permissions.affinity import with_numbers

GATE = Path(__file__).parent / "gate"


@pytest.fixture(scope="module")
def lite() -> Iterator[Any]:
    with wb.open(GATE, settings="gate_settings", dialect="sqlite") as shop:
        yield shop


def test_guards_have_the_verdicts_that_they_have_on_postgresql(gate: Any, lite: Any) -> None:
    words = {
        shop.backend.dialect: {one.id: one.verdict.word for one in shop.own_guards.verdicts} for shop in (gate, lite)
    }
    assert words["sqlite"] == words["postgres"]
    assert lite.own_guards.summary.get("different") is None


def test_every_layer_of_a_rule_answers_as_django(lite: Any) -> None:
    proof = lite.permissions.prove(decisions=1_000).proof
    undecided = {name for name, verdict in proof.verdicts.items() if verdict.word != "equivalent"}
    assert undecided == {"doors.ByHeader.retrieve/update/partial_update/destroy"}  # it asks for a header
    assert proof.summary == {"equivalent": len(proof.verdicts) - 1, "undecided": 1}
    asked = [one for one in proof.matrix.asked if one.subject.model == "doors.Door"]
    kept = [keys for one in proof.matrix.node.subjects for viewer in one.rows for keys in viewer if keys is not None]
    assert asked and any(kept) and not all(kept)  # its SQL filter ran, and let some rows through and others not


def test_a_number_that_a_check_writes_as_text_is_one_beside_a_numeric_column() -> None:
    checks = ("\"price\" >= '0'", "\"name\" >= '0'", "\"price\" >= 'a'", '\'1.5\' < "price" AND "price" <> "name"')
    columns = (Column("price", "decimal"), Column("name", "varchar(10)"))
    table = Table("book", columns, checks=tuple(Check(text) for text in checks))
    found = with_numbers(Catalog("sqlite", (table,))).tables[0].checks
    assert [check.expression for check in found] == [
        '"price" >= 0',
        checks[1],
        checks[2],
        '1.5 < "price" AND "price" <> "name"',
    ]
    assert with_numbers(Catalog("postgres", (table,))).tables[0].checks == table.checks
