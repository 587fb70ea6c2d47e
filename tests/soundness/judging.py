"""Executes what a verdict claims: an equivalence on fresh databases, a difference on its own witness."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.catalog.table import Catalog
from workbench.equivalence import decide, parse_query
from workbench.equivalence.bounded import bounded
from workbench.equivalence.counterexample.search import Search, search
from workbench.equivalence.engine import Scratch, Statement
from workbench.verdict import DatabaseWitness, Different, Equivalent, Undecided, Verdict

_FUSE = 10_000  # milliseconds
FRESH_SEED = 777_001  # other databases than the ladder's own


@dataclass(frozen=True)
class Judgement:
    """A verdict, and the sentence that says why it is wrong (empty where it is not)."""

    verdict: Verdict
    wrong: str = ""


def judge(
    left: str,
    right: str,
    catalog: Catalog,
    scratch: Scratch,
    *,
    equal: bool = False,
    databases: int = 24,
    alone: bool = True,
) -> Judgement:
    """Decide a pair and try to show the verdict wrong; ``equal``: the pair is known to be equivalent.

    ``alone``: what a run shows to be different is also asked of normal form and proof, which must not say otherwise.
    """
    verdict = decide(left, right, catalog, dialect=catalog.dialect, scratch=scratch)
    if isinstance(verdict, Undecided) and verdict.method == "contradiction":
        return Judgement(verdict, verdict.reasons[0])
    if isinstance(verdict, Equivalent):
        return Judgement(verdict, _contradiction(left, right, catalog, scratch, databases))
    if isinstance(verdict, Different):
        if equal:
            return Judgement(verdict, "called different, and equivalent by construction")
        if alone and isinstance(decide(left, right, catalog, dialect=catalog.dialect), Equivalent):
            return Judgement(verdict, "called equivalent where there is no database to run it on")
        return Judgement(verdict, _replayed(left, right, verdict, scratch))
    return Judgement(verdict)


def _contradiction(left: str, right: str, catalog: Catalog, scratch: Scratch, databases: int) -> str:
    sides = [parse_query(sql, catalog, catalog.dialect, "dollar") for sql in (left, right)]
    attempt = Search(sides[0], sides[1], catalog, scratch)
    found = search(attempt, databases, FRESH_SEED)
    if found is None and sides[0].tree != sides[1].tree:
        found = bounded(attempt, lambda: _FUSE, (1, 2)).found
    return f"called equivalent, and {found.why} on {found.database}" if found else ""


def _replayed(left: str, right: str, verdict: Different, scratch: Scratch) -> str:
    """Run the witness again: both answers as recorded, and not the same list."""
    witness = verdict.witnesses[0]
    assert isinstance(witness, DatabaseWitness)
    answers = scratch.trial(witness.database, [Statement(left, (), "dollar"), Statement(right, (), "dollar")])
    if any(answer.error for answer in answers):
        return f"the witness fails: {answers[0].error or answers[1].error}"
    if answers[0].rows != witness.left.rows or answers[1].rows != witness.right.rows:
        return "the witness does not replay"
    same = repr(answers[0].rows) == repr(answers[1].rows)  # True is not 1
    return "the witness shows no difference" if same else ""
