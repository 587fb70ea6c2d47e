"""``shop.sign_in``: django.contrib.auth beside Better Auth, and the trial that both answer alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Block, Cell, Code, Columns, Details, Displayed, Grid, Notes, Page, Text
from workbench.display.frame import dataframe
from workbench.inspection.sign_in_records import SignInRecord
from workbench.runtime.node import NodeWorker
from workbench.session.sign_in.proof import SignInProof, prove
from workbench.session.sign_in.trial import Subject, scene
from workbench.targets.better_auth.render import render_sign_in, table_names
from workbench.targets.better_auth.table import SignInRow, sign_in_rows
from workbench.targets.better_auth.users import user_table
from workbench.targets.rendering import Rendering

if TYPE_CHECKING:
    import pandas as pd

    from workbench.session.workbench import Workbench

HEADINGS = ("part", "Django", "Better Auth", "where")
NOT_TRIED = "Shown side by side. `.prove()` tries it: real Better Auth signs in users that Django made."
_SHOWN = ("auth/project.ts", "auth/auth.ts", "auth/session.ts")
_GUARDING = ("start/guards.ts", "start/routes/_authed.ts")
_MOVING = ("auth/preflight.sql", "auth/migrate_users.sql")

_NOT_TRIED_HERE = Diagnostic(
    "dialect-not-judged",
    Origin("sign-in"),
    "sqlite",
    "sign-in is tried on PostgreSQL only",
    "Open the project with dialect postgres.",
    Fidelity.UNSUPPORTED,
)


@dataclass(frozen=True)
class SignInView(Displayed):
    """The sign-in of a project; ``rendering`` holds the TypeScript modules and the SQL that it becomes."""

    rows: tuple[SignInRow, ...]
    rendering: Rendering
    source: str
    _subject: Callable[[], Subject] = field(repr=False)

    def prove(self, *, dear: bool = True) -> SignInProof:
        """Signs users in on both sides. Installs Better Auth at first use, which needs a network.

        ``dear``: also tries hashes that cost what the project's hashers ask, which takes seconds each.
        """
        with scene(self._subject()) as opened:
            return prove(opened, dear=dear)

    def page(self) -> Page:
        """The rows, the user model beside what the settings say, the SQL of the move, and what needs a person."""
        blocks: list[Block] = [
            Text(NOT_TRIED),
            Grid(HEADINGS, _cells(self.rows), "Sign-in"),
            Columns((Code(self.source, "python", "the user model in Django"), *self._codes(_SHOWN[:1]))),
            Details("Better Auth", tuple(self._codes(_SHOWN[1:]))),
            Details("TanStack Start", tuple(self._codes(_GUARDING))),
            Details("Moving the users", tuple(self._codes(_MOVING))),
        ]
        if self.diagnostics:
            blocks.append(Notes(self.diagnostics))
        return Page("Sign-in", tuple(blocks))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What does not survive, and what a person has to look at."""
        return self.rendering.diagnostics

    def to_dataframe(self) -> pd.DataFrame:
        """One row a field, hasher, setting or guard."""
        return dataframe(Grid(HEADINGS, _cells(self.rows)))

    def _codes(self, paths: tuple[str, ...]) -> list[Code]:
        found = [self.rendering.artifact(path) for path in paths]
        return [Code(one.text, one.language, one.path) for one in found]


def sign_in_view(shop: Workbench, node: Callable[[], NodeWorker]) -> SignInView:
    """Of an opened project; ``node`` has drizzle-kit. WorkbenchError where its user model has no counterpart."""
    record = msgspec.convert(shop.agent.request("sign_in"), SignInRecord)
    users = user_table(shop.inspection, record)
    rendering = render_sign_in(shop.inspection, record, shop.catalog)
    tables = table_names(table.name for table in shop.catalog.tables)

    def subject() -> Subject:
        if shop.backend.dialect != "postgres":
            raise WorkbenchError(_NOT_TRIED_HERE)
        create, statements = shop.backend.create, shop.django_tables.all
        return Subject(shop.agent, record, users, rendering, tables, lambda: create(statements), node())

    return SignInView(sign_in_rows(record, users), rendering, users.model.source, subject)


def _cells(rows: tuple[SignInRow, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((row.part, row.django, row.better_auth, row.origin) for row in rows)
