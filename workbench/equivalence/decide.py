"""The ladder: normal form, proof, counterexample; the first rung that knows the answer gives it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.bindings import Binding
from workbench.equivalence.counterexample import Found, Search, search
from workbench.equivalence.counterexample.meaning import Meaning, meaning
from workbench.equivalence.counterexample.replay import witness
from workbench.equivalence.counterexample.search import DATABASES
from workbench.equivalence.counterexample.shrink import shrink
from workbench.equivalence.engine import Engine, Scratch
from workbench.equivalence.normal_form import Unresolved, normal_form
from workbench.equivalence.normal_form.canonical import canonical_text
from workbench.equivalence.parse import ParsedQuery, parse_query
from workbench.equivalence.placeholders import Style, style_of
from workbench.equivalence.stated import assumptions
from workbench.equivalence.volatility import volatile_calls
from workbench.verdict import Different, Equivalent, Step, Tried, Undecided, Verdict

FIRST_DATABASES = 10  # before a proof; of the soundness run's differences nine in ten show on these
CHECKED_AFTER_PROOF = 10  # further databases on which a proof is tried to be contradicted


@dataclass
class Case:
    """One pair on its way up the ladder."""

    left: ParsedQuery
    right: ParsedQuery
    catalog: Catalog
    scratch: Scratch | None
    deadline: float
    databases: int = DATABASES
    reasons: list[str] = field(default_factory=list)
    climbed: list[str] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    tried: Tried = field(default_factory=Tried)
    search: Search | None = None
    rewritten: tuple[ParsedQuery, ParsedQuery] | None = None
    started: float = field(default_factory=time.monotonic)

    @cached_property
    def meanings(self) -> tuple[Meaning, Meaning]:
        """What each side promises about its answer."""
        return meaning(self.left), meaning(self.right)

    def expired(self) -> bool:
        """Is the budget spent? A fuse: counts and seeds bound the work before it."""
        return time.monotonic() > self.deadline

    def half_spent(self) -> bool:
        """The proof leaves the other half of the budget to the search for a difference."""
        return time.monotonic() > self.started + (self.deadline - self.started) / 2

    @contextmanager
    def rung(self, name: str) -> Iterator[None]:
        """Notes the rung and its time in milliseconds."""
        started = time.perf_counter()
        self.climbed.append(name)
        try:
            yield
        finally:
            self.times[name] = self.times.get(name, 0.0) + (time.perf_counter() - started) * 1000


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
    deadline = time.monotonic() + budget
    sides = (
        _side(left, catalog, dialect, left_params, left_style, "left"),
        _side(right, catalog, dialect, right_params, right_style, "right"),
    )
    own = None if scratch is not None or engine is None else engine.create(catalog)
    case = Case(*sides, catalog, scratch or own, deadline, databases)
    try:
        return climb(case)
    finally:
        if own is not None:
            own.close()
        if times is not None:
            times.update(case.times)


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


def climb(case: Case) -> Verdict:
    """The first verdict of the rungs; undecided, with all that was tried, where none has one."""
    for rung in LADDER:
        verdict = rung(case)
        if verdict is not None:
            return verdict
    reasons = tuple(dict.fromkeys(case.reasons)) or ("no proof and no difference found",)
    return Undecided("ladder", reasons, _assumed(case), _tried(case))


def _tried(case: Case) -> Tried:
    return replace(case.tried, rungs=tuple(dict.fromkeys(case.climbed)))


def _assumed(case: Case) -> tuple[str, ...]:
    return assumptions(case.left, case.right, case.meanings)


def by_normal_form(case: Case) -> Verdict | None:
    """Equal normal forms mean the same; a volatile function equals nothing."""
    with case.rung("normal form"):
        volatile = volatile_calls(case.left.kinds) + volatile_calls(case.right.kinds)
        if volatile:
            case.reasons.append(f"{volatile[0]}() answers differently on each call")
            return None
        try:
            if canonical_text(case.left.tree) == canonical_text(case.right.tree):
                return _alike(case, ())
            left, right = normal_form(case.left), normal_form(case.right)
        except (Unresolved, RecursionError) as error:
            case.reasons.append(f"no normal form: {error}")
            return None
        if left.text != right.text:
            case.rewritten = (replace(case.left, tree=left.tree), replace(case.right, tree=right.tree))
            return None
        return _alike(case, (*left.steps, *right.steps))


def _alike(case: Case, steps: tuple[Step, ...]) -> Equivalent:
    last = Step("identical normal forms", case.left.sql, case.right.sql)
    return Equivalent("normal form", (*steps, last), _assumed(case), _tried(case))


def by_first_databases(case: Case) -> Verdict | None:
    """A few databases first: most differences show at once, and cost less than a proof that must fail."""
    return _refute(case, FIRST_DATABASES) if case.scratch is not None else None


def by_proof(case: Case) -> Verdict | None:
    """The unbounded proof; further databases then try to contradict it, and a contradiction is our defect."""
    if volatile_calls(case.left.kinds) or volatile_calls(case.right.kinds):
        return None
    from workbench.equivalence.proof.prove import NotProved, prove  # loads z3: only where a pair needs it

    with case.rung("proof"):
        refused: set[tuple[str, str]] = set()
        proof = prove(case.left, case.right, case.left.catalog, expired=case.half_spent, refused=refused)
        if isinstance(proof, NotProved) and case.rewritten is not None:
            again = prove(*case.rewritten, case.left.catalog, expired=case.half_spent, refused=refused)
            proof = proof if isinstance(again, NotProved) else again
    if isinstance(proof, NotProved):
        case.reasons.extend(proof.reasons)
        return None
    found = _look(case, CHECKED_AFTER_PROOF) if case.scratch is not None else None
    if found is not None:
        return _contradicted(case, *found)
    assumed = dict.fromkeys((*_assumed(case), *proof.assumptions))
    return Equivalent("proof", proof.steps, tuple(assumed), _tried(case))


def by_counterexample(case: Case) -> Verdict | None:
    """The rest of the databases; the first contradiction, made small, is the witness."""
    if case.scratch is None:
        case.reasons.append("no database to look for a difference on")
        return None
    return _refute(case, case.databases)


LADDER: tuple[Callable[[Case], Verdict | None], ...] = (
    by_normal_form,
    by_first_databases,
    by_proof,
    by_counterexample,
)


def _refute(case: Case, databases: int) -> Verdict | None:
    found = _look(case, databases)
    if found is None:
        return None
    attempt, difference = found
    with case.rung("counterexample"):
        small = shrink(difference, attempt)
    return Different("counterexample", (witness(small, attempt),), _assumed(case), _tried(case))


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
    return Undecided("contradiction", (reason,), _assumed(case), _tried(case))


__all__ = ["LADDER", "Case", "WorkbenchError", "climb", "decide"]
