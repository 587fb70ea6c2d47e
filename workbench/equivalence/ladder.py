"""The rungs: normal form, first databases, proof, counterexample, bounded models; the first that knows answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.equivalence.case import Case
from workbench.equivalence.counterexample import Found, Search, search
from workbench.equivalence.counterexample.replay import witness
from workbench.equivalence.counterexample.shrink import shrink
from workbench.equivalence.normal_form import Unresolved, normal_form
from workbench.equivalence.normal_form.canonical import canonical_text
from workbench.equivalence.standing import contradiction
from workbench.equivalence.volatility import volatile_calls
from workbench.verdict import Different, Equivalent, Step, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.equivalence.proof.prove import Proved

FIRST_DATABASES = 10  # of the 137 differences of the ORM-shaped suite 130 show on these (the last on the 33rd)
CHECKED_AFTER_PROOF = 10  # further databases on which a proof is tried to be contradicted


def climb(case: Case) -> Verdict:
    """The first verdict of the rungs; undecided, with all that was tried, where none has one."""
    for rung in LADDER:
        verdict = rung(case)
        if verdict is not None:
            return verdict
    reasons = tuple(dict.fromkeys((*_undetermined(case), *case.reasons))) or ("no proof and no difference found",)
    return Undecided("ladder", reasons, case.assumed, case.all_tried)


def _undetermined(case: Case) -> list[str]:
    """Why a side's answer is not fixed by its database: then no run shows a difference, and no proof an equality."""
    return [meaning.nondeterminism for meaning in case.meanings if meaning.nondeterminism]


def by_normal_form(case: Case) -> Verdict | None:
    """Equal normal forms mean the same; both sides are then run, and a contradiction is our defect."""
    with case.rung("normal form"):
        steps = _same_form(case)
    if steps is None:
        return None
    if case.scratch is not None:
        with case.rung("check"):
            found = contradiction(case)
        if found is not None:
            return _contradicted(case, *found)
    return Equivalent("normal form", steps, case.assumed, case.all_tried)


def _same_form(case: Case) -> tuple[Step, ...] | None:
    """The steps to one normal form; None where there are two. A volatile function equals nothing."""
    volatile = volatile_calls(case.left.kinds) + volatile_calls(case.right.kinds)
    if volatile:
        case.reasons.append(f"{volatile[0]}() answers differently on each call")
        return None
    if case.readings is None:
        return None
    last = Step("identical normal forms", case.left.sql, case.right.sql)
    first, second = case.readings
    try:
        if canonical_text(first.tree) == canonical_text(second.tree):
            return (last,)
        left, right = normal_form(first), normal_form(second)
    except (Unresolved, RecursionError) as error:
        case.reasons.append(f"no normal form: {error}")
        return None
    if left.text == right.text:
        return (*left.steps, *right.steps, last)
    case.rewritten = (replace(first, tree=left.tree), replace(second, tree=right.tree))
    return None


def by_first_databases(case: Case) -> Verdict | None:
    """A few databases first: most differences show at once, and cost less than a proof that must fail."""
    return _refute(case, FIRST_DATABASES) if case.scratch is not None else None


def by_proof(case: Case) -> Verdict | None:
    """The unbounded proof; further databases then try to contradict it, and a contradiction is our defect."""
    if volatile_calls(case.left.kinds) or volatile_calls(case.right.kinds):
        return None
    with case.rung("proof"):
        proof = _proof(case)
    if proof is None:
        return None
    found = _look(case, CHECKED_AFTER_PROOF) if case.scratch is not None else None
    if found is not None:
        return _contradicted(case, *found)
    assumed = dict.fromkeys((*case.assumed, *proof.assumptions))
    return Equivalent("proof", proof.steps, tuple(assumed), case.all_tried)


def _proof(case: Case) -> Proved | None:
    """Of the queries as written, or of their normal forms."""
    from workbench.equivalence.proof.prove import Proved, prove  # loads z3: only where a pair needs it

    reasons: list[str] = []
    refused: set[tuple[str, str]] = set()
    for sides in (case.readings, case.rewritten):
        if sides is not None:
            proof = prove(*sides, sides[0].catalog, expired=case.half_spent, refused=refused)
            if isinstance(proof, Proved):
                return proof
            reasons = reasons or list(proof.reasons)
    case.reasons.extend(reasons)
    return None


def by_counterexample(case: Case) -> Verdict | None:
    """The rest of the databases; the first contradiction, made small, is the witness."""
    if case.scratch is None:
        case.reasons.append("no database to look for a difference on")
        return None
    return _refute(case, case.databases)


def by_bounded_models(case: Case) -> Verdict | None:
    """Databases of up to three rows a table that z3 makes of both queries; or that it proves not to exist."""
    attempt = case.search
    if attempt is None or attempt.hopeless or case.left.dialect != case.right.dialect:
        return None
    from workbench.equivalence.bounded import bounded  # loads z3: only where a pair needs it

    with case.rung("bounded models"):
        outcome = bounded(attempt, case.milliseconds_left)
        databases = attempt.databases + outcome.databases
        case.tried = replace(case.tried, databases=databases, bounded_rows=outcome.rows)
        small = shrink(outcome.found, attempt) if outcome.found is not None else None
    if small is not None:
        return Different("bounded model", (witness(small, attempt),), case.assumed, case.all_tried)
    if outcome.rows:
        case.reasons.append(outcome.sentence)
    return None


LADDER: tuple[Callable[[Case], Verdict | None], ...] = (
    by_normal_form,
    by_first_databases,
    by_proof,
    by_counterexample,
    by_bounded_models,
)


def _refute(case: Case, databases: int) -> Verdict | None:
    found = _look(case, databases)
    if found is None:
        return None
    attempt, difference = found
    with case.rung("counterexample"):
        small = shrink(difference, attempt)
    return Different("counterexample", (witness(small, attempt),), case.assumed, case.all_tried)


def _look(case: Case, databases: int) -> tuple[Search, Found] | None:
    """Go on with the search for at most so many further databases."""
    assert case.scratch is not None
    with case.rung("counterexample"):
        if case.search is None:
            case.search = Search(case.left, case.right, case.catalog, case.scratch, case.expired, case.meanings)
        attempt = case.search
        found = search(attempt, min(databases, case.databases - attempt.number))
        case.tried = replace(case.tried, databases=attempt.databases)
        case.reasons.extend(attempt.incomparable)
        if attempt.refused and not attempt.databases:
            case.reasons.append(f"no generated database satisfies the constraints: {attempt.refused}")
    return (attempt, found) if found is not None else None


def _contradicted(case: Case, attempt: Search, difference: Found) -> Verdict:
    script = witness(shrink(difference, attempt), attempt).sql
    reason = f"a defect of the workbench: proved equivalent, yet {difference.why}; please report this script:\n{script}"
    return Undecided("contradiction", (reason,), case.assumed, case.all_tried)
