"""Sums that two releases of SQLite round otherwise: Node brings its own, and Python's interpreter another.

From 3.43 on SQLite compensates the rounding of sums. Where both statements give the very same rows on one library, and
the decoded rows differ in the last digits of fractions only, the difference is the library's and not the translation's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.equivalence.engine import Scratch, Statement
from workbench.queries.query import Query
from workbench.runtime.observation import Observation
from workbench.session.querysets.running import Row, Run, compare_runs
from workbench.values import Wire

DIGITS = 12  # of a double's 15: what sums of a scratch database's few rows keep in any order


def of_one_library(run: Run, query: Query, observed: Observation, paths: Sequence[str], scratch: Scratch) -> Run:
    """The run without a difference that is only one of rounding between two libraries."""
    if query.dialect != "sqlite" or run.difference is None:
        return run
    rows = [_rounded(query, row) for row in run.rows]
    seen = replace(observed, rows=tuple(_rounded(query, row, observed, paths) for row in observed.rows))
    if compare_runs(query.outputs, rows, seen, paths, None).difference is not None:
        return run
    both = (Statement(query.sql, query.parameters), Statement(observed.sql, observed.parameters, "qmark"))
    django, drizzle = scratch.trial((), both)
    same = django.error is None and sorted(map(repr, django.rows)) == sorted(map(repr, drizzle.rows))
    return replace(run, difference=None) if same else run


def _rounded(query: Query, row: Sequence[Wire], observed: Observation | None = None, paths: Sequence[str] = ()) -> Row:
    kinds = {number: output.kind for number, output in enumerate(query.outputs)}
    if observed is not None and paths and set(paths) <= set(observed.columns):
        kinds = {observed.columns.index(path): kinds.get(number, "") for number, path in enumerate(paths)}
    return tuple(_cell(cell, kinds.get(number, "")) for number, cell in enumerate(row))


def _cell(cell: Wire, kind: str) -> Wire:
    """A fraction with fewer digits; anything else as it is."""
    text = cell["v"] if isinstance(cell, dict) and cell["$"] in ("float", "js-number", "decimal") else None
    if isinstance(cell, str) and kind == "DecimalField":
        text = cell
    if text is None or not any(mark in str(text) for mark in ".eE"):
        return cell
    return {"$": "float", "v": repr(float(f"{float(text):.{DIGITS}g}"))}
