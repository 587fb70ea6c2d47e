"""Two scratch databases that are handed the same rows: each statement runs on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.catalog.table import Dialect
from workbench.equivalence.across.decoding import decoded, rounded
from workbench.equivalence.engine import Scratch, Statement
from workbench.verdict import ResultRows, TableRows


@dataclass(frozen=True)
class TwoDatabases:
    """A ``Scratch`` made of one for each dialect; a statement names its dialect."""

    held: Mapping[Dialect, Scratch]

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """Each statement on its own database, SQLite's answers read as PostgreSQL's types beside them."""
        answers: dict[int, ResultRows] = {}
        for dialect, scratch in self.held.items():
            own = [place for place, statement in enumerate(statements) if statement.dialect == dialect]
            if own:
                found = scratch.trial(database, [statements[place] for place in own])
                answers.update(zip(own, found, strict=True))
        types = next((answer.types for answer in answers.values() if answer.types), ())
        return tuple(rounded(decoded(answers[place], types)) for place in range(len(statements)))

    def close(self) -> None:
        """The databases belong to their schemas."""
