"""A scratch database whose statements may not outlast a deadline."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.equivalence.engine import Scratch, Statement
from workbench.verdict import ResultRows, TableRows

_LEAST = 0.02  # seconds a statement always gets: what remains may be less than nothing


@dataclass(frozen=True)
class Hurried:
    """Hands trials on with the seconds that are left, shared out: a statement that would take longer is refused."""

    scratch: Scratch
    deadline: float

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """See ``engine.Scratch``."""
        left = max((self.deadline - time.monotonic()) / max(len(statements), 1), _LEAST)
        return self.scratch.trial(database, [replace(statement, seconds=left) for statement in statements])

    def close(self) -> None:
        """The scratch belongs to somebody else."""
