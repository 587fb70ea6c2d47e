"""Who may do what: every permission, guard and rule of the project beside its TypeScript form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic
from workbench.display import Block, Cell, Code, Columns, Details, Displayed, Grid, Notes, Page, Text
from workbench.display.frame import dataframe
from workbench.targets.rendering import Rendering
from workbench.targets.rules.table import PolicyRow

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("subject", "permission", "kind", "who", "TypeScript", "where")
PERMISSIONS = ("default", "custom", "rule")  # kinds of rows that are permissions; all others are guards
NOT_PROVED = "Shown side by side. That both sides answer alike is not proved here."


@dataclass(frozen=True)
class PermissionsView(Displayed):
    """The permissions of a project; ``rendering`` holds the TypeScript modules they become."""

    rows: tuple[PolicyRow, ...]
    rendering: Rendering
    own: frozenset[str]

    def page(self) -> Page:
        """Permissions by model, those with a rule side by side, then guards by address, then what needs a person."""
        permissions, guards = self.own_permissions, [row for row in self.rows if row.kind not in PERMISSIONS]
        beside = tuple(_beside(row) for row in permissions if row.source)
        blocks: list[Block] = [
            Text(NOT_PROVED),
            Grid(("permission", "kind", "who", "where"), tuple(map(_permission, permissions)), "Permissions"),
            *beside,
            Grid(("address or code", "guard", "permission or view", "where"), tuple(map(_guard, guards)), "Guards"),
        ]
        pairs = tuple(_beside(row) for row in guards if row.source and row.typescript)
        if pairs:
            blocks.append(Details("Guards side by side", pairs))
        if self.rendering.diagnostics:
            blocks.append(Notes(self.rendering.diagnostics))
        return Page("Permissions", tuple(blocks))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What could not be translated, and what a person has to look at."""
        return self.rendering.diagnostics

    def to_dataframe(self) -> pd.DataFrame:
        """One row a permission, guard or place, those of installed packages too."""
        return dataframe(Grid(HEADINGS, _cells(self.rows)))

    @property
    def own_permissions(self) -> list[PolicyRow]:
        """The permissions of the project's own apps."""
        return [r for r in self.rows if r.kind in PERMISSIONS and r.permission.partition(".")[0] in self.own]


def _cells(rows: Iterable[PolicyRow]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((row.subject, row.permission, row.kind, row.who, row.typescript, row.origin) for row in rows)


def _permission(row: PolicyRow) -> tuple[Cell, ...]:
    return row.permission, row.kind, row.who, row.origin


def _guard(row: PolicyRow) -> tuple[Cell, ...]:
    return row.subject, row.kind, row.permission or row.who, row.origin


def _beside(row: PolicyRow) -> Columns:
    title = row.permission or row.subject
    return Columns(
        (
            Code(row.source, "python", f"{title} in Django", row.origin),
            Code(row.typescript, "typescript", "in TypeScript"),
        )
    )
