"""``shop.guards``: every address, requested as each kind of user, beside its generated guard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic
from workbench.display import Block, Cell, Displayed, Grid, Notes, Page, Text
from workbench.display.frame import dataframe
from workbench.policies.policy import Policies
from workbench.session.guards.judging import GuardVerdict, unseen, unseen_diagnostic
from workbench.session.tables.model import verdict_badge
from workbench.targets.rendering import Rendering

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("address", "method", "view", "verdict", "requests", "where")
_UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class OpenView:
    """A view that takes an unsafe method from a visitor, or from whoever is signed in; ``writes``: tables, if seen."""

    address: str
    method: str
    view: str
    who: str
    writes: tuple[str, ...]


@dataclass(frozen=True)
class GuardsView(Displayed):
    """The verdicts of all guards."""

    verdicts: tuple[GuardVerdict, ...]
    policies: Policies
    own: frozenset[str]  # labels of the project's own apps
    rendering: Rendering  # the guards, those denying that the requests showed to be too open

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Views that refuse somebody without a guard that was read from their source."""
        return tuple(unseen_diagnostic(view, reason) for view, reason in unseen(self.verdicts).items())

    @property
    def summary(self) -> dict[str, int]:
        """Verdict to how many."""
        return dict(Counter(one.verdict.word for one in self.verdicts))

    @property
    def requests(self) -> int:
        """How many requests were compared."""
        return sum(len(one.compared) for one in self.verdicts)

    def page(self) -> Page:
        """The verdicts, what is unguarded, and what no guard explains."""
        blocks: list[Block] = [
            Text(f"{self.requests} requests in Django, each compared with the generated guard."),
            Grid(HEADINGS, tuple(self._rows()), "Guards"),
        ]
        if self.unguarded:
            rows = tuple((o.address, o.method, o.view, o.who, ", ".join(o.writes)) for o in self.unguarded)
            blocks.append(Grid(("address", "method", "view", "open to", "writes"), rows, "Unguarded"))
        if self.unused:
            names: tuple[tuple[Cell, ...], ...] = tuple((name,) for name in self.unused)
            blocks.append(Grid(("permission that nothing asks for",), names, "Unused"))
        if self.diagnostics:
            blocks.append(Notes(self.diagnostics))
        return Page("Guards", tuple(blocks))

    def to_dataframe(self) -> pd.DataFrame:
        """One row an address and method."""
        return dataframe(Grid(HEADINGS, tuple(self._rows())))

    @cached_property
    def unguarded(self) -> tuple[OpenView, ...]:
        """Unsafe methods that reach a view's body as a visitor, or as a user without any permission."""
        return tuple(found for one in self.verdicts if one.method in _UNSAFE for found in _open(one))

    @cached_property
    def unused(self) -> tuple[str, ...]:
        """Permissions of the project's own apps that nothing asks for."""
        return tuple(name for name in unused(self.policies) if name.partition(".")[0] in self.own)

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.verdicts:
            badge = verdict_badge(one.verdict)
            yield one.view.route or "/", one.method, one.view.view, badge, len(one.compared), one.view.origin


def _open(one: GuardVerdict) -> Iterator[OpenView]:
    """The widest circle of users that gets in; a body that finds nothing for them lets nobody in."""
    admitted = [c.answer for c in one.compared if c.answer.word == "pass" and not c.inside and c.answer.status != 404]
    for user, who in (("anonymous", "everybody"), ("plain", "whoever is signed in")):
        by_user = [answer for answer in admitted if answer.user == user]
        if by_user:
            writes = tuple(dict.fromkeys(table for answer in by_user for table in answer.writes))
            yield OpenView(one.view.route or "/", one.method, one.view.view, who, writes)
            return


def unused(policies: Policies) -> tuple[str, ...]:
    """Permissions that no guard, no page of the admin, no template and no code of the project asks for."""
    asked = {name for view in policies.views for guard in view.guards for name in guard.permissions}
    asked |= {name for place in policies.places if place.kind not in _GRANTING for name in place.permissions}
    texts = " ".join(guard.source for view in policies.views for guard in view.guards)
    texts += " ".join(body.source for body in policies.bodies.values())
    return tuple(p.name for p in policies.permissions if p.name not in asked and p.name not in texts)


_GRANTING = {"rules.add_perm", "guardian.assign_perm", "guardian.remove_perm"}
