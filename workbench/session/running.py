"""Both sides run on the same rows: what Django decodes beside what Drizzle decodes, compared type-strictly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.display import wire_text
from workbench.queries.query import Output
from workbench.runtime.observation import Observation, as_database_value
from workbench.values import Wire
from workbench.verdict import AttributeWitness

Row = tuple[Wire, ...]


@dataclass(frozen=True)
class Run:
    """The decoded rows of both sides, or their errors; ``differences`` is () where they are the same."""

    django: tuple[Row, ...]
    drizzle: tuple[Row, ...]
    differences: tuple[AttributeWitness, ...]
    errors: tuple[str, ...] = ()


def compare_runs(
    outputs: Sequence[Output], django: Sequence[Row], observed: Observation, paths: Sequence[str], error: str | None
) -> Run:
    """Rows as bags, values with their types. ``error`` is Django's; whether the order agrees is for the ladder to say.

    ``paths`` say where each output stands in a row of Drizzle's; () where they are in order.
    """
    errors = tuple(f"{side}: {text}" for side, text in (("Django", error), ("Drizzle", observed.error)) if text)
    if errors:
        return Run(tuple(django), (), (), errors)
    places = [observed.columns.index(path) if path in observed.columns else n for n, path in enumerate(paths)]
    places = places or list(range(len(observed.columns)))
    kinds = [output.kind for output in outputs]
    drizzle = tuple(
        tuple(decoded(row[place], observed.types[place], kind) for place, kind in zip(places, kinds, strict=False))
        for row in observed.rows
    )
    return Run(tuple(django), drizzle, tuple(_differences([o.name for o in outputs], django, drizzle)))


def decoded(value: Wire, type_name: str, kind: str) -> Wire:
    """The Python value that Drizzle's value is, for an output of Django's ``kind``."""
    if kind in _BY_KIND and value is not None:
        return _BY_KIND[kind](value, type_name)
    return as_database_value(value, type_name)


def _float(value: Wire, type_name: str) -> Wire:
    """A JavaScript number is a float where Django says FloatField, whatever the column's type."""
    if isinstance(value, dict) and value["$"] == "js-number":
        return {"$": "float", "v": repr(float(value["v"]))}
    return as_database_value(value, type_name)


def _date(value: Wire, type_name: str) -> Wire:
    """Midnight of a day is that day where Django says DateField: ``date_trunc`` answers with a timestamp."""
    read = as_database_value(value, type_name)
    if isinstance(read, dict) and read["$"] == "datetime" and read["v"][10:26] == "T00:00:00.000000":
        return {"$": "date", "v": read["v"][:10]}
    return read


_BY_KIND: dict[str, Callable[[Wire, str], Wire]] = {"FloatField": _float, "DateField": _date}


def _differences(columns: Sequence[str], left: Sequence[Row], right: Sequence[Row]) -> list[AttributeWitness]:
    """Up to three rows that one side returns more often; where one row of each stands alone, the values that differ."""
    here, there = Counter(map(_key, left)), Counter(map(_key, right))
    only_here, only_there = list(here - there), list(there - here)
    if len(only_here) == len(only_there) == 1:
        one, two = json.loads(only_here[0]), json.loads(only_there[0])
        return [
            AttributeWitness("row", column, wire_text(a), wire_text(b))
            for column, a, b in zip(columns, one, two, strict=True)
            if a != b
        ]
    return [
        AttributeWitness(f"row {key}", "times returned", str(here[key]), str(there[key]))
        for key in (only_here + only_there)[:3]
    ]


def _key(row: Row) -> str:
    """A row as text: equal where every value and its type is."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False)
