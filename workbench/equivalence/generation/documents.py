"""Values of types that queries rarely compare with constants: bytes, JSON, ranges, addresses."""

from __future__ import annotations

from datetime import UTC, datetime

from workbench.equivalence.generation.numbers import Pool
from workbench.values import Wire, to_wire


def booleans(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return [True, False]


def binary(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return [{"$": "bytes", "v": text} for text in ("", "00", "61", "ff00")]


def json(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    documents: list[Wire] = [{}, {"a": 1}, {"a": None, "b": [1, 2]}, [], "x", 1]
    given = [h for h in hints if isinstance(h, dict) and h["$"] == "json"]
    return [*given, *({"$": "json", "v": document} for document in documents)]


def ranges(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    ends: dict[str, tuple[Wire, Wire]] = {
        "int": (1, 5),
        "num": ({"$": "decimal", "v": "1.5"}, {"$": "decimal", "v": "5"}),
        "dat": ({"$": "date", "v": "2024-01-01"}, {"$": "date", "v": "2024-02-01"}),
        "tst": (to_wire(datetime(2024, 1, 1, tzinfo=UTC)), to_wire(datetime(2024, 2, 1, tzinfo=UTC))),
        "tsr": (to_wire(datetime(2024, 1, 1)), to_wire(datetime(2024, 2, 1))),
    }
    low, high = ends.get(kind[:3], (1, 5))
    forms = ({"lower": low, "upper": high}, {"lower": low, "upper": None}, {"lower": None, "upper": high})
    return [{"$": "range", "v": {**form, "bounds": "[)"}} for form in forms] + [{"$": "range", "v": {"empty": True}}]


def addresses(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return ["10.0.0.1", "10.0.0.2", "::1"]


def hstores(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return ["", '"a"=>"1"', '"a"=>NULL, "b"=>"2"']


def bits(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    width = argument[0] if argument else 1
    return ["0" * width, "1" * width]


def search_vectors(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return ["'cat':1 'dog':2", "'dog':1A", ""]
