"""Who may do what: every permission, guard and rule of the project beside its TypeScript form, and its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic
from workbench.display import Block, Cell, Code, Columns, Details, Displayed, Grid, Judgement, Notes, Page, Text
from workbench.display.frame import dataframe
from workbench.session.guards.view import GuardsView, OpenView
from workbench.session.permissions.access import AccessView
from workbench.session.permissions.differing import HEADINGS as HEADINGS_OF_DIFFERENCES
from workbench.session.permissions.differing import Difference, decided_otherwise, rows_of
from workbench.session.permissions.proof import DECISIONS, PermissionProver, Proof
from workbench.session.tables.model import verdict_badge
from workbench.targets.rendering import Rendering
from workbench.targets.rules.table import PolicyRow
from workbench.verdict import Different, Verdict

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("subject", "permission", "kind", "who", "TypeScript", "where")
# Kinds of rows that are permissions, or rules that are asked as they are; all others are guards
PERMISSIONS = ("default", "custom", "rule", "classes", "rows", "admin", "named")
NOT_PROVED = "Shown side by side. That both sides answer alike is not proved here."


@dataclass(frozen=True)
class PermissionsView(Displayed):
    """The permissions of a project; ``rendering`` holds the TypeScript modules they become.

    Verdicts are shown once ``prove()`` ran: it asks Django and the TypeScript about generated users and objects.
    """

    rows: tuple[PolicyRow, ...]
    rendering: Rendering
    own: frozenset[str]
    prover: PermissionProver = field(compare=False, repr=False)
    otherwise: tuple[Difference, ...] = field(default=(), kw_only=True)  # layers that ask for other permissions
    guards: Callable[[], GuardsView] = field(compare=False, repr=False)  # requests the project's views

    def prove(self, decisions: int = DECISIONS) -> PermissionsView:
        """This view with a verdict on each permission of the project, after at least so many decisions of Django.

        0: as many as it takes to try every way in which a rule's conditions can be true together. WorkbenchError
        where the project cannot be tried: on SQLite, or with users whose keys are no whole numbers.
        """
        self.prover.prove(decisions)
        return self

    def access(self, decisions: int = 0) -> AccessView:
        """Kinds of user × permissions, and the objects behind each cell, in both systems. Tries them as ``prove()``."""
        proof = self.prover.prove(decisions)
        return AccessView(proof.matrix, proof.verdicts, {r.permission: r for r in self.rows if r.kind in PERMISSIONS})

    @property
    def proof(self) -> Proof | None:
        """What was tried, and every verdict; None before ``prove()``."""
        return self.prover.proof

    @property
    def untried(self) -> str:
        """Why the project's permissions cannot be tried; "" where they can."""
        return self.prover.untried

    def verdict(self, permission: str) -> Verdict | None:
        """The verdict on a permission by its full name; None where nothing was tried."""
        return self.proof.verdicts.get(permission) if self.proof else None

    def page(self) -> Page:
        """Permissions by model, those with a rule side by side, then guards by address, then what needs a person."""
        permissions, guards = self.own_permissions, [row for row in self.rows if row.kind not in PERMISSIONS]
        beside = tuple(_beside(row) for row in permissions if row.source)
        blocks: list[Block] = [
            Text(self.proof.told if self.proof else NOT_PROVED),
            self._grid(permissions),
            *self._differences(),
            *(
                [Grid(HEADINGS_OF_DIFFERENCES, rows_of(self.differing), "Rules that differ in effect")]
                if self.differing
                else []
            ),
            *beside,
            Grid(("address or code", "guard", "permission or view", "where"), tuple(map(_guard, guards)), "Guards"),
        ]
        pairs = tuple(_beside(row) for row in guards if row.source and row.typescript)
        if pairs:
            blocks.append(Details("Guards side by side", pairs))
        if self.rendering.diagnostics:
            blocks.append(Notes(self.rendering.diagnostics))
        return Page("Permissions", tuple(blocks))

    def _grid(self, permissions: Iterable[PolicyRow]) -> Grid:
        """With verdicts, and the number of decisions of Django behind each, where there are any."""
        if self.proof is None:
            rows = tuple((row.permission, row.kind, row.who, row.origin) for row in permissions)
            return Grid(("permission", "kind", "who", "where"), rows, "Permissions")
        asked = self.proof.matrix.by_permission
        judged = (
            (row, verdict_badge(self.verdict(row.permission)), asked.get(row.permission, 0)) for row in permissions
        )
        found = tuple((row.permission, row.kind, row.who, badge, count, row.origin) for row, badge, count in judged)
        return Grid(("permission", "kind", "who", "verdict", "decisions", "where"), found, "Permissions")

    def _differences(self) -> Iterator[Block]:
        """Each permission on which both sides disagree, with its witnesses."""
        for name, verdict in self.proof.verdicts.items() if self.proof else ():
            if isinstance(verdict, Different):
                yield Text(name)
                yield Judgement(verdict)

    @property
    def unguarded(self) -> tuple[OpenView, ...]:
        """Methods that write, of the project's own views, that visitors or whoever is signed in get through: tried."""
        return self.guards().unguarded

    @property
    def unused(self) -> tuple[str, ...]:
        """Permissions of the project's own apps that no guard, rule, template or code asks for."""
        return self.guards().unused

    @property
    def differing(self) -> tuple[Difference, ...]:
        """Rules about one action on one model that differ in effect: by name, and once proved, by what they decide."""
        return (*self.otherwise, *(decided_otherwise(self.proof.matrix) if self.proof else ()))

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
