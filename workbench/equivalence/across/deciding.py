"""Decides a pair whose sides run on PostgreSQL and SQLite: the same ladder, with one reading for proofs."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlglot import exp

from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.across.constructs import differing
from workbench.equivalence.across.decoding import DIGITS
from workbench.equivalence.across.scratch import TwoDatabases
from workbench.equivalence.bindings import Binding
from workbench.equivalence.case import Case
from workbench.equivalence.counterexample.arguments import ParameterPlan
from workbench.equivalence.engine import Scratch
from workbench.equivalence.generation import Hints
from workbench.equivalence.hurry import Hurried
from workbench.equivalence.ladder import climb
from workbench.equivalence.parse import ParsedQuery, parse_query
from workbench.equivalence.placeholders import style_of
from workbench.verdict import Equivalent, Undecided, Verdict

ASSUMED = (
    "text is compared and ordered by code point on both databases",
    "SQLite holds values of the declared types, stored as Django stores them, and its answers are read as these types",
    f"decimal and floating point numbers are compared to {DIGITS} digits",
)


def decide_across(
    texts: tuple[str, str],
    dialects: tuple[Dialect, Dialect],
    catalogs: Mapping[Dialect, Catalog],
    scratches: Mapping[Dialect, Scratch],
    params: tuple[Sequence[Binding] | None, Sequence[Binding] | None],
    *,
    budget: float,
    times: dict[str, float],
) -> Verdict:
    """Do the two texts, each on its own database, answer the same on the same data?

    Rows are made for PostgreSQL's catalog, whose types are the stricter. Without both scratch databases only what is
    written in constructs that mean the same in both is decided.
    """
    deadline = time.monotonic() + budget
    styles = [style_of(text, bound is not None) for text, bound in zip(texts, params, strict=True)]
    left = parse_query(texts[0], catalogs[dialects[0]], dialects[0], styles[0], params[0], "left")
    right = parse_query(texts[1], catalogs[dialects[1]], dialects[1], styles[1], params[1], "right")
    catalog = catalogs["postgres"]
    scratch = Hurried(TwoDatabases(scratches), deadline) if len(scratches) == len(catalogs) else None
    case = Case(left, right, catalog, scratch, deadline, times=times, further_assumptions=ASSUMED)
    case.readings = _one_reading(case, catalog)
    verdict = climb(case)
    refused = _refused(case) if isinstance(verdict, Equivalent) else ""
    return Undecided("ladder", (refused,), verdict.assumptions, verdict.tried) if refused else verdict


def _refused(case: Case) -> str:
    """Which database refuses its query even without rows: what does not run is not equivalent to what does."""
    if case.scratch is None:
        return ""
    plan = ParameterPlan(case.left, case.right, case.catalog, Hints())
    statements = [plan.statement(side, {}) for side in (case.left, case.right)]
    for side, answer in zip((case.left, case.right), case.scratch.trial((), statements), strict=True):
        if answer.error:
            return f"{side.dialect} refuses its query: {answer.error}"
    return ""


def _one_reading(case: Case, catalog: Catalog) -> tuple[ParsedQuery, ParsedQuery] | None:
    """Both sides read as PostgreSQL's, where every construct of both means the same in both databases."""
    for side in (case.left, case.right):
        construct = differing(side)
        if construct:
            case.reasons.append(f"PostgreSQL and SQLite may differ in {construct}: only compared by running it")
            return None
    if any(table.name != table.name.lower() for table in catalog.tables):
        case.reasons.append("names in mixed case are not one name in both databases: only compared by running")
        return None
    return _as_postgres(case.left, catalog), _as_postgres(case.right, catalog)


def _as_postgres(query: ParsedQuery, catalog: Catalog) -> ParsedQuery:
    """The same tree; where NULL sorts does not matter, since no sort key of a listed construct holds any."""
    tree = query.tree.copy()
    for key in tree.find_all(exp.Ordered):
        key.set("nulls_first", False)
    return replace(query, dialect="postgres", catalog=catalog, tree=tree)
