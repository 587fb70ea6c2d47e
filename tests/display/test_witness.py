"""What differs is marked, and values of different kinds never look the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from workbench.display.wire_text import _KINDS, wire_text
from workbench.display.witness import difference
from workbench.values import _READERS, Wire, to_wire

VALUES = {
    "NULL": None,
    "true": True,
    "1": 1,
    "'1'": "1",
    "'it''s'": "it's",
    "1.0 (float)": 1.0,
    "1 (decimal)": Decimal(1),
    "1.10 (decimal)": Decimal("1.10"),
    "2026-01-02": date(2026, 1, 2),
    "2026-01-02T03:04:05.000006+00:00": datetime(2026, 1, 2, 3, 4, 5, 6, UTC),
    "03:04:05.000000": time(3, 4, 5),
    "1 day, 0:00:01.000002": timedelta(days=1, seconds=1, microseconds=2),
    "00000000-0000-0000-0000-000000000001": UUID(int=1),
    "\\x00ff": b"\x00\xff",
    '{"a": [1, null]} (json)': {"a": [1, None]},
    "[1, NULL, 'x']": [1, None, "x"],
}


@pytest.mark.parametrize(("shown", "value"), VALUES.items())
def test_a_value_is_shown(shown: str, value: object) -> None:
    assert wire_text(to_wire(value)) == shown


@pytest.mark.parametrize(
    ("shown", "wire"),
    [
        ("[1, 5)", {"$": "range", "v": {"lower": 1, "upper": 5, "bounds": "[)"}}),
        ("empty (range)", {"$": "range", "v": {"empty": True}}),
        ("(1+2j) (builtins.complex)", to_wire(1 + 2j)),
    ],
)
def test_a_kind_without_a_python_form_is_shown(shown: str, wire: Wire) -> None:
    assert wire_text(wire) == shown


def test_every_kind_on_the_wire_has_a_look() -> None:
    assert set(_READERS) - set(_KINDS) == set()
    assert {"range", "other"} <= set(_KINDS)


@pytest.mark.parametrize(
    ("left", "right", "marks"),
    [
        ([(1,), (2,)], [(1,), (2,)], ([False, False], [False, False])),
        ([(1,), (1,)], [(1,)], ([False, True], [False])),
        ([(1,), (2,)], [(2,), (1,)], ([True, True], [True, True])),
        ([], [(None,)], ([], [True])),
        ([(1,)], [("1",)], ([True], [True])),
    ],
)
def test_rows_without_a_partner_are_marked(left: list, right: list, marks: tuple) -> None:
    assert difference(tuple(left), tuple(right)) == (tuple(marks[0]), tuple(marks[1]))
