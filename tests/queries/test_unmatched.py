"""Rows without a partner: as bags, in order, and with numbers in nine digits."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.queries.query import Output
from workbench.queries.unmatched import unmatched

OUTPUTS = (Output("id", "IntegerField"), Output("price", "DecimalField"))


def number(text: str) -> dict[str, Any]:
    return {"$": "js-number", "v": text}


def price(text: str) -> dict[str, Any]:
    return {"$": "decimal", "v": text}


ROWS = [(1, price("1.10")), (2, price("2.20")), (2, price("2.20"))]
MOMENT = "2026-01-02T00:00:00.000Z"
SAME = [(number("1"), "1.10"), (number("2"), "2.20"), (number("2"), "2.20")]


@pytest.mark.parametrize(("drizzle", "ordered"), [(SAME, True), (SAME, False), (SAME[::-1], False)])
def test_every_row_has_its_partner(drizzle: list[Any], ordered: bool) -> None:
    assert unmatched(OUTPUTS, ROWS, drizzle, ordered=ordered, loose=False) is None


def test_in_another_order_every_moved_row_is_told() -> None:
    found = unmatched(OUTPUTS, ROWS, SAME[::-1], ordered=True, loose=False)
    assert found is not None and found.columns == ()
    assert found.left == (ROWS[0], ROWS[2]) and found.right == (ROWS[1], ROWS[0])


def test_a_row_that_is_there_less_often_is_told() -> None:
    found = unmatched(OUTPUTS, ROWS, SAME[:2], ordered=False, loose=False)
    assert found is not None and found.left == (ROWS[2],) and found.right == ()


def test_a_value_of_another_type_is_told_in_its_own_words() -> None:
    found = unmatched(OUTPUTS, ROWS[:1], [(number("1"), number("1.1"))], ordered=False, loose=False)
    assert found is not None and found.columns == (1,)
    assert found.right == ((1, {"$": "float", "v": "1.1"}),), "the id is Django's, the price JavaScript's"


def test_the_last_digits_of_a_sum_may_vary_where_its_order_does() -> None:
    outputs = (Output("total", "FloatField"),)
    django, drizzle = [({"$": "float", "v": "0.30000000000000004"},)], [(number("0.3"),)]
    assert unmatched(outputs, django, drizzle, ordered=False, loose=True) is None
    assert unmatched(outputs, django, drizzle, ordered=False, loose=False) is not None


@pytest.mark.parametrize(
    ("cell", "wire"),
    [
        (number("-0"), {"$": "float", "v": "-0"}),
        (number("Infinity"), {"$": "float", "v": "inf"}),
        ({"$": "js-bigint", "v": "9007199254740993"}, 9007199254740993),
        ({"$": "js-undefined", "v": None}, None),
        ({"$": "js-date", "v": MOMENT}, {"$": "other", "v": {"type": "Date", "text": MOMENT}}),
        ({"$": "js-object", "v": {"a": number("1.5")}}, {"$": "json", "v": {"a": 1.5}}),
        ([number("1"), "x"], [1, "x"]),
        ({"$": "bytes", "v": "00ff"}, {"$": "bytes", "v": "00ff"}),
    ],
)
def test_a_value_of_javascript_has_a_form_on_the_wire(cell: Any, wire: Any) -> None:
    found = unmatched((Output("x", ""),), [], [(cell,)], ordered=False, loose=False)
    assert found is not None and found.right == ((wire,),)
