"""Decides one pair of queries: reads both sides, and climbs the ladder."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.bindings import Binding
from workbench.equivalence.case import Case
from workbench.equivalence.counterexample.search import DATABASES
from workbench.equivalence.engine import Engine, Scratch
from workbench.equivalence.hurry import Hurried
from workbench.equivalence.ladder import climb
from workbench.equivalence.parse import ParsedQuery, parse_query
from workbench.equivalence.placeholders import Style, style_of
from workbench.verdict import Verdict


def decide(
    left: str | ParsedQuery,
    right: str | ParsedQuery,
    catalog: Catalog,
    *,
    dialect: Dialect = "postgres",
    engine: Engine | None = None,
    scratch: Scratch | None = None,
    left_params: Sequence[Binding] | None = None,
    right_params: Sequence[Binding] | None = None,
    left_style: Style | None = None,
    right_style: Style | None = None,
    budget: float = 10.0,
    databases: int = DATABASES,
    times: dict[str, float] | None = None,
) -> Verdict:
    """Do two queries mean the same on every database of the catalog?

    ``scratch`` (or ``engine``, which makes one of the catalog) runs counterexamples; without either only normal form
    and proof answer. ``left_params``: wire values, bound as literals, or ``Shared`` parameters that stay free; None:
    all parameters are free, and one number is one parameter on both sides. ``budget`` in seconds. ``times`` receives
    milliseconds by rung. Raises ``WorkbenchError`` for a side that cannot be read.
    """
    started = time.monotonic()
    sides = (
        _side(left, catalog, dialect, left_params, left_style, "left"),
        _side(right, catalog, dialect, right_params, right_style, "right"),
    )
    spent = {"parse": (time.monotonic() - started) * 1000}
    with _lent(scratch, engine, catalog) as found:
        hurried = Hurried(found, started + budget) if found is not None else None
        case = Case(*sides, catalog, hurried, started + budget, databases, times=spent)
        try:
            return climb(case)
        finally:
            if times is not None:
                times.update(spent)


@contextmanager
def _lent(scratch: Scratch | None, engine: Engine | None, catalog: Catalog) -> Iterator[Scratch | None]:
    """The caller's scratch database, or one of the engine's for the time of one verdict."""
    if scratch is not None or engine is None:
        yield scratch
        return
    own = engine.create(catalog)
    try:
        yield own
    finally:
        own.close()


def _side(
    query: str | ParsedQuery,
    catalog: Catalog,
    dialect: Dialect,
    params: Sequence[Binding] | None,
    style: Style | None,
    side: str,
) -> ParsedQuery:
    if isinstance(query, ParsedQuery):
        return query
    chosen = style or style_of(query, params is not None)
    return parse_query(query, catalog, dialect, chosen, params, "left" if side == "left" else "right")
