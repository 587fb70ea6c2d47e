"""One pair on its way up the ladder: both sides, the database, the budget, and what was tried."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from workbench.catalog.table import Catalog
from workbench.equivalence.counterexample import Search
from workbench.equivalence.counterexample.meaning import Meaning, meaning
from workbench.equivalence.counterexample.search import DATABASES
from workbench.equivalence.engine import Scratch
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.sqlite_reading import Unsettled, reading
from workbench.equivalence.stated import assumptions
from workbench.verdict import Tried


@dataclass
class Case:
    """One pair on its way up the ladder. ``times`` holds milliseconds by rung.

    ``readings``: both sides as normal form and proof read them, in one dialect; None where they have none in common.
    """

    left: ParsedQuery
    right: ParsedQuery
    catalog: Catalog
    scratch: Scratch | None
    deadline: float
    databases: int = DATABASES
    reasons: list[str] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)
    tried: Tried = field(default_factory=Tried)
    search: Search | None = None
    rewritten: tuple[ParsedQuery, ParsedQuery] | None = None
    readings: tuple[ParsedQuery, ParsedQuery] | None = None
    further_assumptions: tuple[str, ...] = ()
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        if self.left.dialect == self.right.dialect:
            self.readings = (self.left, self.right)
        if self.readings and self.left.dialect == "sqlite" and self.left.tree != self.right.tree:
            self._settle()

    def _settle(self) -> None:
        """SQLite's own meanings: where they cannot be read off the text, only the same statement is sure."""
        try:
            self.readings = (reading(self.left), reading(self.right))
        except Unsettled as fact:
            self.readings = None
            self.reasons.append(str(fact))

    @cached_property
    def meanings(self) -> tuple[Meaning, Meaning]:
        """What each side promises about its answer."""
        return meaning(self.left), meaning(self.right)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What a verdict on this pair rests on."""
        return (*assumptions(self.left, self.right, self.meanings), *self.further_assumptions)

    @property
    def all_tried(self) -> Tried:
        """Databases run and rungs climbed so far."""
        return replace(self.tried, rungs=tuple(self.times))

    def expired(self) -> bool:
        """Is the budget spent? A fuse: counts and seeds bound the work before it."""
        return time.monotonic() > self.deadline

    def milliseconds_left(self) -> int:
        """Of the budget: a fuse for z3."""
        return int((self.deadline - time.monotonic()) * 1000)

    def half_spent(self) -> bool:
        """The proof leaves the other half of the budget to the search for a difference."""
        return time.monotonic() > self.started + (self.deadline - self.started) / 2

    @contextmanager
    def rung(self, name: str) -> Iterator[None]:
        """Notes the rung and its time in milliseconds."""
        started = time.perf_counter()
        self.times.setdefault(name, 0.0)
        try:
            yield
        finally:
            self.times[name] += (time.perf_counter() - started) * 1000
