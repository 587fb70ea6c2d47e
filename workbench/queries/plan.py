"""A write of several statements: Django's statements in order, and what later ones take of the answers before them."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.queries.query import Query
from workbench.values import Wire


@dataclass(frozen=True)
class Answer:
    """One column of the rows that a statement gives back; ``values`` and ``others`` are two that stand in, by row."""

    index: int  # among the outputs of a SELECT, or the columns that an INSERT gives back
    column: str
    values: tuple[Wire, ...]
    others: tuple[Wire, ...]


@dataclass(frozen=True)
class Step:
    """One statement. ``others`` are its parameters where all answers before it are the other ones.

    ``branch``: "always", or where the rows that the form looks for are "found" or "missing". ``relation`` and ``rule``
    say whose ``on_delete`` asks for it; ``before``: it belongs to what the write is called on.
    """

    kind: str  # "select", "insert", "update", "delete"
    branch: str
    before: bool
    query: Query
    others: tuple[Wire, ...]
    answers: tuple[Answer, ...]
    relation: str = ""
    rule: str = ""
    again: bool = False  # rows of a tree: asked again for those that hang on them, until there are none

    @property
    def guards(self) -> bool:
        """Whether rows that it finds forbid the deletion."""
        return self.rule in ("PROTECT", "RESTRICT")


@dataclass(frozen=True)
class Targets:
    """The keys that ``add()`` or ``set()`` is given; ``name`` of the variable that holds them all, "" where listed.

    They go into ``column`` of the table in between; of a symmetrical relation into ``source``, too.
    """

    name: str
    table: str
    column: str
    source: str
    values: tuple[Wire, ...]
    others: tuple[Wire, ...]


@dataclass(frozen=True)
class Plan:
    """The method, its statements, and the error that it raises where the row it needs is missing."""

    form: str
    model: str
    steps: tuple[Step, ...]
    targets: Targets | None = None
    failure: str = ""


@dataclass(frozen=True)
class PlannedWrite(Query):
    """An expression that writes in several statements: ``sql`` is "", the plan holds the statements."""

    plan: Plan = Plan("", "", ())

    @property
    def runs(self) -> bool:
        """Its statements are in the plan."""
        return True
