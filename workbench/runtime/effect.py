"""What a write leaves behind on a scratch database."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.verdict import ResultRows

# Both sides number new rows from here: a sequence is no part of a transaction, and would go on counting between them.
FIRST_KEY = 30_001  # fits a smallint; generated rows have smaller ones


@dataclass(frozen=True)
class Effect:
    """What the statement gave back (or its error), and all rows of the table after it."""

    result: ResultRows
    rows: ResultRows
