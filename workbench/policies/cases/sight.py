"""What conditions see of a case: who asks, and the rows that they can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import Mark, Thing
from workbench.policies.condition import VIEWER, Condition


class Refuses(Exception):
    """Django raises here: nobody is let in."""


class Unknown(Exception):
    """A kind of condition, or a comparison, that has no answer here."""


@dataclass(frozen=True)
class Sight:
    """Who asks, and the rows that a condition can name."""

    who: Profile
    roots: Mapping[str, Thing]
    given: Mapping[Condition, bool | None] = field(default_factory=dict)  # answers that are supposed

    def at(self, root: str, through: tuple[str, ...]) -> Thing:
        """The row at the end of a path."""
        found = self._root(root)
        for step in through:
            inner = found.referred.get(step) if found.who is not Mark.VIEWER else self._own().referred[step]
            if inner is None:
                raise Refuses
            found = inner
        return self._own() if found.who is Mark.VIEWER else found

    def with_row(self, name: str, row: Thing) -> Sight:
        """The same within a test of rows."""
        return Sight(self.who, {**self.roots, name: row}, self.given)

    def _root(self, root: str) -> Thing:
        return self._own() if root == VIEWER else self.roots[root]

    def _own(self) -> Thing:
        """The row of who asks."""
        if not self.who.present:
            raise Refuses
        return self.who.row
