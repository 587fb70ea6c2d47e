"""The verdict on two SQL texts: the ladder, and what a run of both sides showed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from workbench.diagnostic import WorkbenchError
from workbench.equivalence.decide import decide
from workbench.equivalence.stated import varying
from workbench.queries.query import Query
from workbench.runtime.observation import Compiled
from workbench.session.querysets.running import Run
from workbench.session.querysets.varying import Bindings, bindings
from workbench.targets.drizzle.queries.rendering import Variant
from workbench.verdict import Different, Equivalent, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


EQUAL_SO_FAR = "the SQLs differ for that reason; the decoded rows were the same on generated data"


def decided(querying: Querying, query: Query, compiled: Compiled, variants: Sequence[Variant] = ()) -> Verdict:
    """The ladder on the two original texts; a text that it cannot read is undecided, not a failure.

    What holds for any value of the call site is said of any; else of the value that stands in.
    """
    try:
        for bound in bound_values(querying, query, compiled, variants):
            verdict = _climbed(querying, query, compiled, bound)
            if isinstance(verdict, Equivalent):
                break
        return verdict
    except WorkbenchError as error:
        return Undecided("none", tuple(f"{d.place}: {d.thing}: {d.fact}" for d in error.diagnostics))


def bound_values(
    querying: Querying, query: Query, compiled: Compiled, variants: Sequence[Variant]
) -> tuple[Bindings, ...]:
    """What both sides' parameters stand for: first with the call site's values free, then with all as they are."""
    fixed = Bindings(query.parameters, querying.typed(compiled, query))
    if not variants:
        return (fixed,)
    compile, typed = partial(querying.worker.compile, querying.key), partial(querying.typed, query=query)
    free = bindings(query, compiled, variants, compile, typed)
    return (free, fixed) if free.free else (fixed,)


def _climbed(querying: Querying, query: Query, compiled: Compiled, bound: Bindings) -> Verdict:
    return decide(
        query.sql,
        compiled.sql,
        querying.shop.catalog,
        scratch=querying.scratch,
        left_params=bound.django,
        right_params=bound.drizzle,
        left_style="format",
        right_style=querying.style,
        dialect=querying.dialect,
    )


def combined(verdict: Verdict, run: Run, cut: bool, nearly: tuple[str, ...] = ()) -> Verdict:
    """The ladder's verdict and what the run showed: equal SQL whose decoded rows differ is no equal translation.

    ``cut``: a LIMIT may take other rows at each run, so that differing rows alone prove nothing. ``nearly``: where
    Drizzle's SQL does what Django does in Python after its own; the ladder sees the SQL alone.
    """
    if run.errors:
        return Undecided("run", run.errors, verdict.assumptions, verdict.tried)
    if isinstance(verdict, Different) and nearly and not run.difference:
        return Undecided("decoded rows", (*nearly, EQUAL_SO_FAR), verdict.assumptions, verdict.tried)
    found = run.difference
    if found and isinstance(verdict, Equivalent) and not cut and not varying(verdict):
        return Different("decoded rows", (found,), verdict.assumptions, verdict.tried)
    if found and not isinstance(verdict, Different):
        fact = f"on generated data: {found.subject}, {found.attribute}: {found.left} / {found.right}"
        known = verdict.reasons if isinstance(verdict, Undecided) else ()
        return Undecided(verdict.method, (*known, fact), verdict.assumptions, verdict.tried)
    return verdict
