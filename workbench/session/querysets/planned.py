"""A write of several statements on its way: one transaction, a verdict a statement, and both sides run on databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Statement
from workbench.queries.plan import PlannedWrite
from workbench.queries.plan import Step as Sent
from workbench.runtime.node import CodeError
from workbench.session.querysets.deciding import bound_values, decided
from workbench.session.querysets.generic_rows import asked_types
from workbench.session.querysets.performing import Performed
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.result_types import typed
from workbench.session.querysets.writes import judge_write
from workbench.targets.drizzle.queries import QueryRendering
from workbench.targets.drizzle.writes import render_planned
from workbench.targets.drizzle.writes.transactions.documents import FACT as DOCUMENTS
from workbench.verdict import Different, Equivalent, Step, Tried, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying

ASSUMPTIONS = (
    "the statements that Django sends, and their order, are those of the rehearsal for all values",
    "no other transaction changes these rows in between",
    "no trigger changes them",
)
TYPES_ARE_THERE = "django_content_type holds a row of each model, as migrate makes them"


def view_planned(querying: Querying, text: str, planned: PlannedWrite) -> QueryView:
    """The whole way. What cannot be done is a diagnostic of the view."""
    shop = querying.shop
    rendering = render_planned(planned, shop.catalog, shop.names, querying.updating)
    whole = rendering.whole
    view = QueryView(text, planned, whole.code, whole.body, diagnostics=(*planned.diagnostics, *whole.diagnostics))
    if not whole.code:
        return view
    steps = tuple(
        _step(querying, number, step, alone)
        for number, (step, alone) in enumerate(zip(planned.plan.steps, rendering.statements, strict=True), 1)
    )
    try:
        performed = querying.performing.run(planned, whole.code)
    except WorkbenchError as error:
        return replace(view, steps=steps, diagnostics=(*view.diagnostics, *error.diagnostics))
    verdict = _verdict(planned, steps, performed, tuple(_other_texts(view)))
    return replace(typed(view, querying.types(view)), steps=steps, verdict=verdict)


def judge_own(querying: Querying, view: QueryView, planned: PlannedWrite) -> QueryView:
    """A person's own TypeScript for such a write: run beside Django's; a proof there is none."""
    performed = querying.performing.run(planned, view.drizzle_code)
    fact = "your statements are not compared one by one"
    own = QueryView(fact, None)
    return replace(typed(view, querying.types(view)), steps=(), verdict=_verdict(planned, (own,), performed))


def _step(querying: Querying, number: int, sent: Sent, rendering: QueryRendering) -> QueryView:
    """One statement alone: both SQL texts and their verdict."""
    view = QueryView(
        f"{number}. {sent.kind}{_why(sent)}",
        sent.query,
        rendering.code,
        rendering.body,
        rendering.paths,
        diagnostics=rendering.diagnostics,
        variants=rendering.variants,
    )
    if not rendering.code:
        return view
    try:
        compiled = querying.worker.compile(querying.key, rendering.code)
    except CodeError as error:
        return replace(view, diagnostics=(*view.diagnostics, *error.diagnostics))
    view = replace(view, drizzle_sql=compiled.sql, drizzle_parameters=compiled.parameters)
    if not sent.query.intent.writes:
        return replace(view, verdict=decided(querying, sent.query, compiled, rendering.variants))
    sides = (
        Statement(sent.query.sql, sent.query.parameters, "format"),
        Statement(compiled.sql, compiled.parameters, querying.style),
    )
    bound = bound_values(querying, sent.query, compiled, rendering.variants)
    scratches = (querying.scratch, querying.filled)
    verdict, _ = judge_write(*sides, bound, querying.shop.catalog, querying.dialect, scratches)
    return replace(view, verdict=verdict)


def _why(sent: Sent) -> str:
    told = [] if sent.branch == "always" else [f"where the row is {sent.branch}"]
    if sent.relation:
        told.append(f"{sent.relation}: {sent.rule}")
    return f" ({', '.join(told)})" if told else ""


def _other_texts(view: QueryView) -> Iterator[str]:
    """Documents whose text may be another, although no generated row showed it."""
    return (f"{note.thing}: {note.fact}" for note in view.diagnostics if note.fact == DOCUMENTS)


def _verdict(
    planned: PlannedWrite, steps: Sequence[QueryView], performed: Performed, open_points: tuple[str, ...] = ()
) -> Verdict:
    """A difference of the tables stands over all proofs; without one every statement must be proved, and have run."""
    tried = Tried(databases=performed.databases, rungs=("each statement", "all tables after both"))
    if performed.difference is not None:
        return Different("tables left behind", (performed.difference,), (), tried)
    if performed.problem:
        return Undecided("run", (performed.problem,), (), tried)
    reasons = (*_unproved(steps), *_not_seen(planned, performed), *open_points)
    typed = (TYPES_ARE_THERE,) if asked_types(planned.plan) else ()
    assumptions = (*ASSUMPTIONS, *typed, *_silent(planned))
    if reasons:
        equal = f"all tables were equal on {performed.databases} databases"
        return Undecided("tables left behind", (*reasons, equal), assumptions, tried)
    proof = tuple(Step(f"{view.text}: {view.verdict.method}") for view in steps if view.verdict is not None)
    return Equivalent("statement by statement", proof, assumptions, tried)


def _unproved(steps: Sequence[QueryView]) -> Iterator[str]:
    for view in steps:
        if not isinstance(view.verdict, Equivalent):
            found = view.verdict.reasons if isinstance(view.verdict, Undecided) else ()
            word = view.verdict.word if view.verdict else "not compiled"
            yield f"{view.text}: {word}{': ' + found[0] if found else ''}"


def _not_seen(planned: PlannedWrite, performed: Performed) -> Iterator[str]:
    missing = len(planned.plan.steps) - performed.exercised(planned.plan)
    if missing:
        yield f"{missing} of {len(planned.plan.steps)} statements were not sent on any generated database"


def _silent(planned: PlannedWrite) -> Iterator[str]:
    for note in planned.diagnostics:
        if note.code == "queryset-signal":
            yield f"what {note.thing} does is done on both sides, or on neither"
