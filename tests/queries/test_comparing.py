"""Cells of both sides: what counts as the same value, and what never does."""

from __future__ import annotations

import pytest

from workbench.queries.comparing import compare_rows
from workbench.queries.query import Output
from workbench.values import Wire


def tagged(kind: str, value: Wire) -> Wire:
    return {"$": kind, "v": value}


SAME = [
    ("IntegerField", 5, tagged("js-number", "5")),
    ("BigIntegerField", 2**60 + 1, tagged("js-bigint", str(2**60 + 1))),
    ("DecimalField", tagged("decimal", "1.10"), "1.10"),
    ("FloatField", tagged("float", "0.1"), tagged("js-number", "0.1")),
    ("FloatField", tagged("float", "2.0"), tagged("js-number", "2")),
    ("DateTimeField", tagged("datetime", "2024-01-02T03:04:05.000006+00:00"), "2024-01-02 04:04:05.000006+01"),
    ("DateField", tagged("date", "2024-01-02"), "2024-01-02"),
    ("TimeField", tagged("time", "03:04:05.000000"), "03:04:05"),
    ("DurationField", tagged("interval", 93784000005), "1 day 02:03:04.000005"),
    ("DurationField", tagged("interval", -1000000), "-00:00:01"),
    ("UUIDField", tagged("uuid", "00000000-0000-0000-0000-000000000001"), "00000000-0000-0000-0000-000000000001"),
    ("JSONField", tagged("json", {"a": [1, None]}), tagged("js-object", {"a": [tagged("js-number", "1"), None]})),
    ("JSONField", tagged("json", "x"), "x"),
    ("BinaryField", tagged("bytes", "00ff"), tagged("bytes", "00ff")),
    ("FloatField", tagged("float", "-0.0"), tagged("js-number", "-0")),
    ("HStoreField", tagged("json", {"a": "1", "b": None}), '"b"=>NULL, "a"=>"1"'),
    ("ArrayField", [tagged("hstore", {'"': "\\"})], ['"\\""=>"\\\\"']),
    ("ArrayField", [tagged("range", {"lower": 1, "upper": 5, "bounds": "[)"}), None], ["[1,5)", None]),
    ("ArrayField", [tagged("json", {"a": 1})], [tagged("js-object", {"a": tagged("js-number", "1")})]),
    ("BooleanField", True, True),
    ("CharField", None, None),
]

DIFFERENT = [
    ("IntegerField", 5, "5"),
    ("IntegerField", 1, True),
    ("CharField", "5", tagged("js-number", "5")),
    ("CharField", "", None),
    ("DecimalField", tagged("decimal", "1.10"), "1.1"),
    ("DecimalField", tagged("decimal", "1.10"), tagged("js-number", "1.1")),
    ("BigIntegerField", 2**60 + 1, tagged("js-number", str(float(2**60)))),
    ("DateTimeField", tagged("datetime", "2024-01-02T03:04:05.000006+00:00"), "2024-01-02 03:04:05+00"),
    ("DateTimeField", tagged("datetime", "2024-01-02T03:04:05.000000+00:00"), "2024-01-02 03:04:05"),
    ("FloatField", tagged("float", "0.1"), tagged("js-number", "0.10000000000000002")),
    ("FloatField", tagged("float", "-0.0"), tagged("js-number", "0")),
    ("IntegerField", 0, tagged("js-number", "-0")),
    ("HStoreField", tagged("json", {"a": "1"}), '"a"=>NULL'),
    ("HStoreField", tagged("json", {"a": "1"}), "no hstore"),
    ("ArrayField", [tagged("range", {"lower": 1, "upper": 5, "bounds": "[)"})], ["[1,6)"]),
    ("ArrayField", ["[1,5)"], ['[1,"5")']),
]


@pytest.mark.parametrize(("kind", "django", "drizzle"), SAME)
def test_the_same_value(kind: str, django: Wire, drizzle: Wire):
    assert compare_rows([Output("x", kind)], [[django]], [[drizzle]], ordered=True) is None


@pytest.mark.parametrize(("kind", "django", "drizzle"), DIFFERENT)
def test_another_value(kind: str, django: Wire, drizzle: Wire):
    found = compare_rows([Output("x", kind)], [[django]], [[drizzle]], ordered=False)
    assert found is not None
    assert (found.row, found.column) == (1, "x")


def test_order_counts_only_where_it_is_total():
    output = [Output("x", "CharField")]
    assert compare_rows(output, [["a"], ["b"]], [["b"], ["a"]], ordered=False) is None
    assert compare_rows(output, [["a"], ["b"]], [["b"], ["a"]], ordered=True) is not None


def test_duplicates_count():
    found = compare_rows([Output("x", "CharField")], [["a"], ["a"]], [["a"]], ordered=False)
    assert found is not None
    assert found.fact == "2 rows in Django, 1 in Drizzle"
