"""The three words of a verdict, the same for a table, a query, a validator and a permission.

A verdict cannot be built without its evidence: an ``Equivalent`` needs proof steps, a ``Different`` a witness,
an ``Undecided`` the reasons why nothing was decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from workbench.values import Wire

Word: TypeAlias = Literal["equivalent", "different", "undecided"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof: the rule's name, what stood before and after it, and the constraint it used."""

    rule: str
    before: str = ""
    after: str = ""
    using: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table of a witness database, in the order of ``columns``."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Wire, ...], ...]


@dataclass(frozen=True, slots=True)
class ResultRows:
    """What one side answered: output names, rows as wire values in the order the engine gave them, or its error."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Wire, ...], ...]
    error: str | None = None
    types: tuple[str, ...] = ()  # the database's type of each output ("int8", "numeric"); () where it has none


@dataclass(frozen=True, slots=True)
class DatabaseWitness:
    """A small database on which both real sides were run and disagree; ``sql`` replays it, ``test`` is for pytest.

    ``named``: the (table, column) pairs that a reader has to see; () where nobody knows.
    """

    database: tuple[TableRows, ...]
    parameters: tuple[Wire, ...]
    left: ResultRows
    right: ResultRows
    dialect: str
    sql: str = ""
    note: str = ""
    test: str = ""
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeWitness:
    """The attribute in which two described things differ (tables, types, validators)."""

    subject: str
    attribute: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class AnswerWitness:
    """A user and an object on which two permission systems answer differently.

    ``question``: what was asked of them; the sources are the rule on each side with its place, where they are known.
    """

    user: str
    thing: str
    left: str
    right: str
    question: str = ""
    left_source: str = ""
    right_source: str = ""


Witness: TypeAlias = DatabaseWitness | AttributeWitness | AnswerWitness


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried before giving up: rows a table up to which a proof is bounded, databases run, rungs climbed."""

    bounded_rows: int = 0
    databases: int = 0
    rungs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Both sides mean the same on every database that obeys the constraints, under ``assumptions``."""

    word: ClassVar[Word] = "equivalent"
    method: str
    proof: tuple[Step, ...]
    assumptions: tuple[str, ...] = ()
    tried: Tried = field(default_factory=Tried)

    def __post_init__(self) -> None:
        if not self.proof:
            raise ValueError("an equivalence needs its proof")


@dataclass(frozen=True, slots=True)
class Different:
    """Both sides were run and disagree on the witness."""

    word: ClassVar[Word] = "different"
    method: str
    witnesses: tuple[Witness, ...]
    assumptions: tuple[str, ...] = ()
    tried: Tried = field(default_factory=Tried)

    def __post_init__(self) -> None:
        if not self.witnesses:
            raise ValueError("a difference needs a witness")


@dataclass(frozen=True, slots=True)
class Undecided:
    """Neither proved nor refuted: the reasons, and what was tried."""

    word: ClassVar[Word] = "undecided"
    method: str
    reasons: tuple[str, ...]
    assumptions: tuple[str, ...] = ()
    tried: Tried = field(default_factory=Tried)

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("an undecided verdict needs its reasons")


Verdict: TypeAlias = Equivalent | Different | Undecided
