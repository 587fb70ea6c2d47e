"""What Django's converters make of a database's values, from what a recording says of the outputs."""

from __future__ import annotations

import pytest

from workbench.queries.decoding import converters, decoded
from workbench.queries.query import Output

NAIVE = {"$": "datetime", "v": "2023-07-01T00:00:00.000000"}


@pytest.mark.parametrize(
    ("zone", "instant"),
    [("UTC", "2023-07-01T00:00:00.000000+00:00"), ("Europe/London", "2023-06-30T23:00:00.000000+00:00")],
)
@pytest.mark.parametrize(("dialect", "cell"), [("postgres", NAIVE), ("sqlite", "2023-07-01 00:00:00")])
def test_truncated_moments_are_in_djangos_time_zone(dialect: str, cell: object, zone: str, instant: str) -> None:
    output = Output("truncated", "DateTimeField", annotation=True, zone=zone)
    convert = converters([output], dialect, True, {})
    assert decoded([[cell], [None]], convert) == (({"$": "datetime", "v": instant},), (None,))


@pytest.mark.parametrize(
    ("cell", "document"),
    [
        ('{"a": 1}', {"a": 1}),
        (1, 1),
        ({"$": "float", "v": "1.5"}, 1.5),
        ("bare", "bare"),
        ({"$": "json", "v": "1"}, "1"),
    ],
)
def test_what_is_taken_out_of_a_document_is_one(cell: object, document: object) -> None:
    convert = converters([Output("details__a", "JSONField", annotation=True)], "sqlite", True, {})
    assert decoded([[cell], [None], ["null"]], convert) == (({"$": "json", "v": document},), (None,), (None,))
