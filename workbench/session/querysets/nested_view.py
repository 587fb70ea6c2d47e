"""A queryset with its prefetched relations as one function: its rows beside Django's objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.diagnostic import Diagnostic
from workbench.display import Block, Code, Details, Grid, Text
from workbench.display.linking import linked
from workbench.runtime.row_types import printed, read_type
from workbench.session.records import diagnostic_record


@dataclass(frozen=True)
class Level:
    """One query of the result: its place, how many rows stand there, and how many rows above it have none."""

    path: str
    rows: int
    without: int
    single: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.rows} row{'s' if self.rows != 1 else ''}" + (
            f", {self.without} without" if self.without else ""
        )


@dataclass(frozen=True)
class NestedView:
    """The assembled result; where ``code`` is "" the diagnostics say why there is none."""

    code: str = ""
    body: str = ""
    row: str = ""  # TypeScript's type of a row
    statements: int = 0
    levels: tuple[Level, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The function, what its rows were like on both sides, and their type."""
        if not self.code:
            return ()
        code = linked(Code(self.body, "typescript", "The rows with what was prefetched for them"))
        grid = Grid(("rows of", "rows", "above it without"), tuple((x.path, x.rows, x.without) for x in self.levels))
        seen = Details("Nested rows, run on both sides", (grid, Text(f"{self.statements} statements.")))
        typed = (Details("Type of a row", (Code(printed(read_type(self.row)), "typescript"),)),) if self.row else ()
        return (code, seen, *typed)

    def as_record(self) -> dict[str, Any]:
        """The JSON form within that of the queryset."""
        return {
            "code": self.code,
            "type": self.row,
            "statements": self.statements,
            "levels": [{"path": x.path, "rows": x.rows, "without": x.without} for x in self.levels],
            "diagnostics": [diagnostic_record(diagnostic) for diagnostic in self.diagnostics],
        }
