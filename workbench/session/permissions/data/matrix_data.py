"""The users and objects of a permission matrix as rows that a scratch database accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.catalog.table import Catalog
from workbench.equivalence.engine import Refused
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.universe import Case
from workbench.policies.cases.worlds import Mark
from workbench.policies.models import Models
from workbench.session.permissions.data.groups import Groups
from workbench.session.permissions.data.rows import Rows
from workbench.session.permissions.data.things import Things
from workbench.values import Wire, to_wire
from workbench.verdict import TableRows

_BARE = 3  # objects of a model that no rule looks at


@dataclass
class MatrixData:
    """Makes rows case by case; ``refused`` says which the constraints left no room for."""

    catalog: Catalog
    models: Models
    permissions: Mapping[str, int]  # "app.codename" -> key of its row
    known: Sequence[TableRows]  # rows that are there already
    users: dict[str, int | None] = field(default_factory=dict)  # profile's name -> key; None: a visitor
    refused: list[str] = field(default_factory=list)
    dropped: set[Case] = field(default_factory=set)  # cases that could not be made as they are wanted

    def __post_init__(self) -> None:
        self.rows = Rows(self.catalog, self.models, self.known)
        self.groups = Groups(self.rows, self.permissions)
        self._things = Things(self.rows, self.groups, self.users, self.refused)

    def add_users(self, profiles: Iterable[Profile]) -> None:
        """A row for everybody who is no visitor, with groups and grants."""
        for profile in profiles:
            if profile.name not in self.users:
                self.users[profile.name] = self._user(profile) if profile.present else None

    def add_object(self, case: Case) -> Wire:
        """The key of an object that is as the case wants it; None where the constraints leave no room: dropped."""
        viewer, before = self.users.get(case.who.name), len(self.refused)
        row: Mapping[str, Wire] | None = None
        try:
            row = self._things.row(case.thing, viewer if viewer is not None else self._things.other(None))
        except Refused as refusal:
            self.refused.append(str(refusal))
        if len(self.refused) > before:
            self.dropped.add(case)
        return self.rows.key(case.thing.model or self.models.user, row) if row is not None else None

    def holder(self, name: str, visitor: str | None, field: str) -> Wire:
        """The key of a profile's user; of a visitor the row, named by ``field``, that stands for visitors, if any."""
        if self.users.get(name) is not None:
            return self.users[name]
        rows = self.rows.completer.all(self.rows.table(self.models.user))
        found = (row for row in rows if self.rows.value(self.models.user, row, field) == visitor)
        return next((self.rows.key(self.models.user, row) for row in found), None)

    def add_bare(self, model: str, count: int = _BARE) -> None:
        """Objects of a model of which no rule reads anything."""
        for _ in range(count):
            try:
                self.rows.completer.add(self.rows.table(model), {})
            except Refused as refusal:
                self.refused.append(str(refusal))

    def _user(self, profile: Profile) -> int:
        flags = {"is_active": profile.active, "is_staff": profile.staff, "is_superuser": profile.superuser}
        given: dict[str, Wire] = {"username": profile.name.replace(" ", "_")[:150], **flags}
        own = dict(profile.own.values) if profile.own else {}
        known = {name: to_wire(value) for name, value in own.items() if not isinstance(value, Mark)}
        row = self.rows.add(self.models.user, {**known, **given})
        key = self.rows.key(self.models.user, row)
        assert isinstance(key, int)
        for name in profile.groups:
            self.groups.link(self.models.user, "groups", key, self.groups.granted(name, ()))
        self.groups.memberships[key] = profile.groups
        if profile.through:
            self.groups.link(self.models.user, "groups", key, self.groups.granted(profile.name, profile.through))
        for name in profile.granted:
            self.groups.link(self.models.user, "user_permissions", key, self.permissions[name])
        if profile.own:
            self._things.around(profile.own, row, key)
        return key
