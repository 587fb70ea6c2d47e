"""Prefetched relations as nested results: both sides run, compared as nested values, one verdict on the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.equivalence.generation import Hints
from workbench.queries.nested.differing import Difference
from workbench.queries.nested.executing import execute_nested
from workbench.runtime.row_types import read_type
from workbench.runtime.row_values import stray
from workbench.session.backends import ScratchDatabase
from workbench.session.querysets import generic_rows
from workbench.session.querysets.nested_running import Ran, compared
from workbench.session.querysets.nested_view import Level, NestedView
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.result_types import stray_value, type_notes
from workbench.session.tables.data import FilledDatabase
from workbench.targets.drizzle.nested import NestedRendering, render_nested
from workbench.values import Wire
from workbench.verdict import AttributeWitness, Different, Equivalent, Step, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
METHOD = "nested values"


def nested(querying: Querying, view: QueryView) -> QueryView:
    """The view with its nested result; its verdict then is that of the whole."""
    gaps = tuple(_gaps(view))
    if view.query is None or view.verdict is None or not (gaps or view.prefetches):
        return view
    if gaps:
        return replace(view, first_verdict=view.verdict, verdict=_undecided(view.verdict, gaps))
    rendering = render_nested(view.query, querying.shop.catalog, querying.shop.names)
    if not rendering.code:
        reasons = tuple(f"{note.thing}: {note.fact}" for note in rendering.diagnostics)
        verdict, notes = _undecided(view.verdict, reasons), (*view.diagnostics, *rendering.diagnostics)
        return replace(view, first_verdict=view.verdict, verdict=verdict, diagnostics=notes)
    ran = run(querying, view, rendering)
    found = querying.checker.query(querying.type_key, rendering.code)
    ran = replace(ran, errors=(*(f"TypeScript: {error}" for error in found.errors), *ran.errors))
    whole = NestedView(
        rendering.code, rendering.body, found.row or "", ran.statements, ran.levels, rendering.diagnostics
    )
    notes = (*view.diagnostics, *_typed(querying, view, ran, found.row))
    return replace(view, nested=whole, first_verdict=view.verdict, verdict=judged(view, ran), diagnostics=notes)


def _typed(querying: Querying, view: QueryView, ran: Ran, row: str | None) -> Iterator[Diagnostic]:
    """What the types of the further queries and of the whole rows say otherwise than Django's fields and the values."""
    for part in view.prefetches:
        yield from type_notes(part, None, querying.shop.inspection)
    type_ = read_type(row or "unknown")
    stray_ = next((text for value in ran.values if (text := stray(value, type_, ""))), "")
    if stray_ and view.query:
        yield stray_value(view.query, f"a nested row{stray_}")


def run(querying: Querying, view: QueryView, rendering: NestedRendering) -> Ran:
    """Django's objects and the rows of the generated function, on the same data."""
    ran = _run_on(querying, view, rendering, querying.shop.data.database())
    if ran.errors or ran.difference or all(level.rows for level in ran.levels):
        return ran
    with closing(_with_constants(querying, view)) as data:  # rows that the queries' own conditions select
        again = _run_on(querying, view, rendering, data.database())
    return again if again.errors or again.difference or _fuller(again, ran) else ran


def _fuller(ran: Ran, other: Ran) -> bool:
    return sum(level.rows > 0 for level in ran.levels) > sum(level.rows > 0 for level in other.levels)


def _with_constants(querying: Querying, view: QueryView) -> FilledDatabase[Any]:
    """Rows that hold the constants of the queries (keys that stand in are none)."""
    queries = [part.query for part in (view, *view.prefetches) if part.query]
    lists = (each.values[0][0] for query in queries if query.link for each in query.variables if each.values)
    keys = {repr(key) for keys in lists if isinstance(keys, list) for key in keys}
    values = {repr(value): _dated(value) for query in queries for value in query.parameters if value is not None}
    shop = querying.shop
    generic = list(generic_rows.abouts(shop.inspection, shop.catalog, queries))
    types = {(each.table, each.type_column): (each.type,) for each in generic}
    hints = Hints(types, anywhere=tuple(value for text, value in values.items() if text not in keys))
    return FilledDatabase(shop.backend, shop.django_tables, shop.catalog, hints, [each.applied for each in generic])


def _dated(value: Wire) -> Wire:
    """SQLite's texts of dates as dates."""
    return {"$": "date", "v": value} if isinstance(value, str) and _DATE.fullmatch(value) else value


def _run_on(querying: Querying, view: QueryView, rendering: NestedRendering, database: ScratchDatabase) -> Ran:
    (django,) = execute_nested(querying.shop.agent, [view.text], database.django_settings())
    observed = querying.worker.run(querying.key, rendering.code, database.node_settings())
    fact = django["diagnostic"]["fact"] if django["diagnostic"] else django["error"]
    errors = tuple(f"{side}: {text}" for side, text in (("Django", fact), ("Drizzle", observed.error)) if text)
    if errors:
        return Ran(errors=errors)
    return compared(rendering.places, django["instances"], [row[0] for row in observed.rows], observed.statements)


def judged(view: QueryView, ran: Ran) -> Verdict:
    """Equivalent where each query is, and both sides gave the same nested values, of every relation some."""
    parts = _parts(view)
    known = [each for each in parts.values() if each is not None]
    orders = tuple(f"{to or 'the rows'}: by its SQL alone in the order that Django gives" for to in ran.unordered)
    assumptions = (*dict.fromkeys(text for each in known for text in each.assumptions), *orders)
    assert view.verdict is not None
    tried = view.verdict.tried
    if ran.errors:
        return Undecided(METHOD, ran.errors, assumptions, tried)
    worst = next((each for each in known if isinstance(each, Different)), None)
    if worst is not None:
        return worst
    if ran.difference is not None:
        return _differing(view, ran.difference, parts, assumptions)
    reasons = tuple(_undecided_parts(parts)) + tuple(_unseen(ran.levels))
    if reasons:
        return Undecided(METHOD, reasons, assumptions, tried)
    return Equivalent(f"each query, and {METHOD}", (*_steps(parts), _last(view, ran)), assumptions, tried)


def _parts(view: QueryView) -> dict[str, Verdict | None]:
    """The verdict on each query alone, by its place in the result."""
    links = ((part.query.link.to, part.verdict) for part in view.prefetches if part.query and part.query.link)
    return {"": view.verdict, **dict(links)}


def _differing(
    view: QueryView, found: Difference, parts: dict[str, Verdict | None], assumed: tuple[str, ...]
) -> Verdict:
    """A difference counts where the queries are equivalent and no LIMIT may take other rows at each run."""
    witness = AttributeWitness(found.place, found.attribute, str(found.django), str(found.drizzle))
    queries = [part.query for part in (view, *view.prefetches) if part.query]
    cut = any(" LIMIT " in query.sql for query in queries)
    if cut or not all(isinstance(each, Equivalent) for each in parts.values()):
        fact = f"on generated data: {found.place}, {found.attribute}: {found.django} / {found.drizzle}"
        return Undecided(METHOD, (*_undecided_parts(parts), fact), assumed)
    return Different(METHOD, (witness,), assumed)


def _undecided_parts(parts: dict[str, Verdict | None]) -> Iterator[str]:
    for to, verdict in parts.items():
        before = f"{to}: " if to else ""
        if verdict is None:
            yield f"{before}its query was not judged"
        elif isinstance(verdict, Undecided):
            yield from (before + reason for reason in verdict.reasons)


def _unseen(levels: Sequence[Level]) -> Iterator[str]:
    """An empty result is equal to any other empty one."""
    for level in levels:
        if not level.rows:
            yield f"{level.path}: the generated data has no row for it, so that nothing was compared"


def _steps(parts: dict[str, Verdict | None]) -> Iterator[Step]:
    for to, verdict in parts.items():
        if isinstance(verdict, Equivalent):
            yield from (replace(step, rule=f"{to}: {step.rule}") if to else step for step in verdict.proof)


def _last(view: QueryView, ran: Ran) -> Step:
    """What was seen of the whole."""
    links = [part.query.link for part in view.prefetches if part.query and part.query.link]
    keys = tuple(
        f"{link.to}: {', '.join(link.keys)} = {link.via + '.' if link.via else ''}{', '.join(link.parent_keys)}"
        for link in links
    )
    return Step("the same nested values on generated data", "; ".join(keys), "; ".join(map(str, ran.levels)))


def _gaps(view: QueryView) -> Iterator[str]:
    """Relations that have no form here: then the result is not whole."""
    notes: tuple[Diagnostic, ...] = view.query.diagnostics if view.query else ()
    for note in notes:
        if note.code == "queryset-prefetch" and note.fidelity is Fidelity.UNSUPPORTED:
            yield f"{note.thing}: {note.fact}"
    for part in view.prefetches:
        if not part.drizzle_code:
            yield f"{part.text} has no translation"


def _undecided(verdict: Verdict, reasons: tuple[str, ...]) -> Verdict:
    """A difference stays one, whatever else is missing."""
    if isinstance(verdict, Different):
        return verdict
    known = verdict.reasons if isinstance(verdict, Undecided) else ()
    return Undecided(METHOD, (*known, *reasons), verdict.assumptions, verdict.tried)
