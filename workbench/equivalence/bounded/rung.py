"""The search over bounded databases: one row a table, then two, then three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from workbench.equivalence.bounded.difference import goal
from workbench.equivalence.bounded.encoding import TableEncoder
from workbench.equivalence.bounded.models import ModelEncoder
from workbench.equivalence.bounded.pair import Bounded, SymbolicPair
from workbench.equivalence.bounded.realising import argument, database
from workbench.equivalence.bounded.solving import Solved, solve
from workbench.equivalence.bounded.tables import Tables
from workbench.equivalence.counterexample.search import SEED, Search
from workbench.equivalence.engine import Refused
from workbench.equivalence.proof.context import Context
from workbench.equivalence.proof.lowering_query import lower_ordered
from workbench.equivalence.proof.smt import Formula, disjunction
from workbench.equivalence.proof.terms import (
    Unsupported,
)
from workbench.values import Wire

ROWS = (1, 2, 3)
RLIMIT = 6_000_000  # z3's units for one question
MODELS = 3  # run for one number of rows: the engine may find no difference where a function was read too freely


def bounded(attempt: Search, milliseconds: Callable[[], int], rows: tuple[int, ...] = ROWS) -> Bounded:
    """A database on which the engine shows a difference, or up to how many rows a table there is none.

    ``milliseconds``: what is left of the budget, a fuse; z3's resource units bound the work. ``rows`` that were
    completed without a model are counted only where the reading of both queries is exact.
    """
    outcome = Bounded()
    try:
        context = Context(attempt.left.catalog, attempt.left.dialect)
        left, right = (lower_ordered(context, side.tree, None) for side in (attempt.left, attempt.right))
        if len(left.columns) != len(right.columns):
            return outcome
        outcome.assumptions = tuple(context.assumptions)
        pair = SymbolicPair(attempt, left, right, milliseconds, outcome)
        for count in rows:
            if not _one_bound(pair, count):
                break
    except (Unsupported, RecursionError) as error:
        outcome.reason = str(error) or "nested too deeply"
    return outcome


def _one_bound(pair: SymbolicPair, rows: int) -> bool:
    """Is there reason to go on with more rows?"""
    encoder = ModelEncoder(Tables(pair.attempt.left.catalog, pair.tables, rows), pair.domains)
    formulas = [*_difference(encoder, pair), *encoder.tables.constraints(encoder)]
    formulas += encoder.domain_facts()
    for _ in range(MODELS):
        solved = solve(encoder, formulas, RLIMIT, pair.milliseconds())
        if solved.answer != "model":
            break
        if _runs_differently(pair, encoder, solved):
            return False
        formulas.append(_another(encoder, solved))
    if solved.answer == "none" and pair.outcome.rows == rows - 1 and _no_difference(pair, rows):
        pair.outcome.rows = rows
    return solved.answer != "unknown"


def _difference(encoder: TableEncoder, pair: SymbolicPair) -> list[Formula]:
    """The rows differ, or where both sides order alike, the rows with their sort keys."""
    width = len(pair.left.columns)
    keyed = pair.left.directions == pair.right.directions
    sides = [
        tuple(replace(t, outputs=t.outputs if keyed else t.outputs[:width]) for t in side.terms)
        for side in (pair.left, pair.right)
    ]
    return [goal(encoder, encoder.bag(sides[0]), encoder.bag(sides[1]))]


def _no_difference(pair: SymbolicPair, rows: int) -> bool:
    """Does z3 refute a difference also where values are any values and functions any functions?"""
    if pair.left.directions != pair.right.directions:
        return False  # one side promises an order that the other does not
    encoder = TableEncoder(Tables(pair.attempt.left.catalog, pair.tables, rows))
    formulas = [*_difference(encoder, pair), *encoder.tables.constraints(encoder)]
    return solve(encoder, formulas, RLIMIT, pair.milliseconds()).answer == "none"


def _runs_differently(pair: SymbolicPair, encoder: ModelEncoder, solved: Solved) -> bool:
    """Run the model's database: only the engine says that two queries differ."""
    rows = database(encoder, solved.model, pair.attempt.catalog)
    arguments = _arguments(pair, encoder, solved)
    try:
        pair.outcome.found = pair.attempt.try_one(rows, arguments)
    except Refused:
        return False
    pair.outcome.databases += 1
    return pair.outcome.found is not None


def _arguments(pair: SymbolicPair, encoder: ModelEncoder, solved: Solved) -> dict[str, Wire]:
    drawn = pair.attempt.parameters.draw(Random(SEED), 0)
    for param in pair.parameters:
        try:
            drawn[param.key] = argument(encoder, solved.model, param)
        except KeyError:
            continue  # of no kind that has a column: as drawn
    return drawn


def _another(encoder: ModelEncoder, solved: Solved) -> Formula:
    """Some cell of the tables, or the presence of some row, is not as in this model."""
    changed = []
    for slots in encoder.tables.slots.values():
        for slot in slots:
            here = solved.model.get(slot.present.strip("|"), False)
            changed.append(f"(not {slot.present})" if here else slot.present)
    for (row, _), (null, _) in encoder.columns.items():
        if row in encoder.tables.table_of and null in solved.model:
            changed.append(f"(not {null})" if solved.model[null] else null)
    return disjunction(*changed)
