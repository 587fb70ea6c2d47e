"""The groups of a permission matrix's users, and what is granted to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.session.permissions.data.rows import Rows
from workbench.values import Wire


@dataclass
class Groups:
    """Groups, made where there are none, and who is in them; ``permissions``: "app.codename" -> key of its row."""

    rows: Rows
    permissions: Mapping[str, int]

    def __post_init__(self) -> None:
        self._groups: dict[str, int] = {}
        self.memberships: dict[int, tuple[str, ...]] = {}  # names of groups, by the user's key

    def group_with(self, user: Wire) -> int | None:
        """The key of a group that only this user is in; None where users of the project are in no groups."""
        name = f"holding for {user}"
        item = self.rows.models.field(self.rows.models.user, "groups")
        if item is None or not isinstance(user, int):
            return None
        if name not in self._groups:
            self.link(self.rows.models.user, "groups", user, self.granted(name, ()))
        return self._groups[name]

    def group_of(self, name: str) -> int:
        """The key of a group, which is made where there is none."""
        return self.granted(name, ())

    def granted(self, name: str, granted: tuple[str, ...]) -> int:
        """The key of a group with these permissions, which is made where there is none."""
        if name not in self._groups:
            label = self.rows.relation(self.rows.models.user, "groups").to
            row = self.rows.add(label, {"name": name})
            key = self.rows.key(label, row)
            assert isinstance(key, int)
            self._groups[name] = key
            for permission in granted:
                self.link(label, "permissions", key, self.permissions[permission])
        return self._groups[name]

    def link(self, model: str, name: str, own: int, other: int) -> None:
        """A row of the table between two models."""
        relation = self.rows.relation(model, name)
        through = str(relation.through)
        ends: dict[str, Wire] = {str(relation.through_source): own, str(relation.through_target): other}
        self.rows.add(through, ends)
