"""Both sides run on the same rows: what Django decodes beside what Drizzle decodes, compared type-strictly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.inspection.records import Inspection
from workbench.queries.comparing import Mismatch, compare_rows
from workbench.queries.query import Output
from workbench.runtime.observation import Observation
from workbench.values import Wire
from workbench.verdict import AttributeWitness

Row = tuple[Wire, ...]


@dataclass(frozen=True)
class Run:
    """Django's decoded rows, where Drizzle's first differ, and the errors of either side."""

    rows: tuple[Row, ...]
    difference: AttributeWitness | None = None
    errors: tuple[str, ...] = ()
    observed: Observation | None = None  # what Drizzle gave


def compare_runs(
    outputs: Sequence[Output], django: Sequence[Row], observed: Observation, paths: Sequence[str], error: str | None
) -> Run:
    """Rows as bags: whether their order agrees is for the ladder to say. ``error`` is Django's.

    ``paths`` name the selected field of each output; () where the fields are the outputs, in order.
    """
    errors = tuple(f"{side}: {text}" for side, text in (("Django", error), ("Drizzle", observed.error)) if text)
    if errors:
        return Run(tuple(django), errors=errors)
    places = _places(outputs, observed, paths)
    if len(places) != len(outputs):
        counts = AttributeWitness("result", "number of columns", str(len(outputs)), str(len(places)))
        return Run(tuple(django), counts)
    mismatch = compare_rows(outputs, django, _in_place(observed, places), ordered=False)
    return Run(tuple(django), _witness(mismatch) if mismatch else None)


def aligned(outputs: Sequence[Output], observed: Observation, paths: Sequence[str]) -> list[Row] | None:
    """Drizzle's rows, each cell at the place of its output; None where there are more or fewer of them."""
    places = _places(outputs, observed, paths)
    return _in_place(observed, places) if len(places) == len(outputs) else None


def _places(outputs: Sequence[Output], observed: Observation, paths: Sequence[str]) -> Sequence[int]:
    """Of each output among the selected fields; what only ORDER BY needs comes last."""
    if not paths or not set(paths) <= set(observed.columns):  # a person's own names: in their order
        return range(len(observed.columns))
    return [observed.columns.index(path) for path in paths][: len(outputs)]


def _in_place(observed: Observation, places: Sequence[int]) -> list[Row]:
    return [tuple(row[place] for place in places) for row in observed.rows]


def decimal_places(inspection: Inspection) -> dict[str, int]:
    """Decimal places by field ("app.Model.price")."""
    return {
        f"{model.label}.{field.name}": field.decimal_places
        for model in inspection.models
        for field in model.fields
        if field.decimal_places is not None
    }


def _witness(mismatch: Mismatch) -> AttributeWitness:
    if not mismatch.column:
        return AttributeWitness("result", "rows", mismatch.fact, "")
    return AttributeWitness(f"row {mismatch.row}", mismatch.column, str(mismatch.django), str(mismatch.drizzle))
