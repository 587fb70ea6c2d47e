"""Values worth having in a column: constants that queries compare it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.values import Wire


@dataclass(frozen=True)
class Hints:
    """``columns``: by (table, column); ``anywhere``: constants whose column is not known."""

    columns: Mapping[tuple[str, str], tuple[Wire, ...]] = field(default_factory=dict)
    anywhere: tuple[Wire, ...] = ()

    def of(self, table: str, column: str) -> tuple[Wire, ...]:
        """The constants for one column, its own first."""
        return self.columns.get((table, column), ()) + self.anywhere
