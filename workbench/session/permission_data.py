"""The users and objects of a permission matrix as rows that a scratch database accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.catalog.table import Catalog
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation.completing import Completer
from workbench.inspection.records import FieldRecord, RelationRecord
from workbench.policies.cases.covering import Case
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import ColumnSlot, Mark, Option, RowsSlot, Slot, Value, World
from workbench.policies.models import Models
from workbench.values import Wire
from workbench.verdict import TableRows

FIRST = 1000  # keys begin here: past the rows that Django itself put in
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

    def __post_init__(self) -> None:
        self._completer = Completer(self.catalog, first=FIRST, known=self.known)
        self._groups: dict[object, int] = {}
        self._made: dict[object, dict[str, Wire]] = {}

    def add_users(self, profiles: Iterable[Profile]) -> None:
        """A row for everybody who is no visitor, with groups and grants."""
        for profile in profiles:
            if profile.name not in self.users:
                self.users[profile.name] = self._user(profile) if profile.present else None

    def add_object(self, model: str, case: Case) -> Wire:
        """The key of an object that is as the case wants it. ``Refused`` where the constraints leave no room."""
        viewer = self.users.get(case.who.name)
        viewer = viewer if viewer is not None else self._other(None)
        return self._key(model, self._object(model, (), case.world, viewer))

    def add_bare(self, model: str, count: int = _BARE) -> None:
        """Objects of a model of which no rule reads anything."""
        for _ in range(count):
            try:
                self._completer.add(self._table(model), {})
            except Refused as refusal:
                self.refused.append(str(refusal))

    def objects(self, model: str) -> list[Wire]:
        """The keys of all rows of the model's table, made for whatever reason, and of those that were there."""
        return [self._key(model, row) for row in self._completer.all(self._table(model))]

    def follow(self, model: str, key: Wire, path: Sequence[str]) -> dict[str, Wire]:
        """The row at the end of a path of foreign keys from the object of that key."""
        row = next(row for row in self._completer.all(self._table(model)) if self._key(model, row) == key)
        for step in path:
            value, model = self.value(model, row, step), self._relation(model, step).to
            row = next(row for row in self._completer.all(self._table(model)) if self._key(model, row) == value)
        return row

    def value(self, model: str, row: Mapping[str, Wire], name: str) -> Wire:
        """What a row holds in a field."""
        item = self.models.field(model, name)
        return row.get(str(item.column)) if item else None

    def referring(self, slot: RowsSlot, owner: Mapping[str, Wire]) -> list[dict[str, Wire]]:
        """The rows of a slot that refer to their owner."""
        key = self._key(self._relation(slot.model, slot.link).to, owner)
        rows = self._completer.all(self._table(slot.model))
        return [row for row in rows if self.value(slot.model, row, slot.link) == key]

    def tables(self) -> tuple[TableRows, ...]:
        """All rows made."""
        return self._completer.tables()

    def _user(self, profile: Profile) -> int:
        flags = {"is_active": profile.active, "is_staff": profile.staff, "is_superuser": profile.superuser}
        given: dict[str, Wire] = {"username": profile.name.replace(" ", "_")[:150], **flags}
        row = self._completer.add(self._table(self.models.user), self._columns(self.models.user, given))
        key = self._key(self.models.user, row)
        assert isinstance(key, int)
        for name in profile.groups:
            self._link(self.models.user, "groups", key, self._group(name, ()))
        if profile.through:
            self._link(self.models.user, "groups", key, self._group(profile.name, profile.through))
        for name in profile.granted:
            self._link(self.models.user, "user_permissions", key, self.permissions[name])
        return key

    def _group(self, name: str, granted: tuple[str, ...]) -> int:
        if name not in self._groups:
            label = self._relation(self.models.user, "groups").to
            row = self._completer.add(self._table(label), self._columns(label, {"name": name}))
            key = self._key(label, row)
            assert isinstance(key, int)
            self._groups[name] = key
            for permission in granted:
                self._link(label, "permissions", key, self.permissions[permission])
        return self._groups[name]

    def _link(self, model: str, name: str, own: int, other: int) -> None:
        relation = self._relation(model, name)
        through = str(relation.through)
        ends: dict[str, Wire] = {str(relation.through_source): own, str(relation.through_target): other}
        self._completer.add(self._table(through), self._columns(through, ends))

    def _object(self, model: str, path: tuple[str, ...], world: World, viewer: int) -> dict[str, Wire]:
        """The object at the end of a path, after those that it refers to; an inner one is made once."""
        below = {slot: option for slot, option in world.items() if slot.path[: len(path)] == path}
        shared = (model, viewer, tuple((_shape(slot, path), option) for slot, option in below.items()))
        if path and shared in self._made:
            return self._made[shared]
        given: dict[str, Wire] = {}
        for slot, option in below.items():
            if slot.path == path and isinstance(slot, ColumnSlot) and not isinstance(option, tuple):
                given |= self._given(slot.model, slot.field, option, viewer)
        for step in dict.fromkeys(slot.path[len(path)] for slot in below if len(slot.path) > len(path)):
            target = self._relation(model, step).to
            inner = self._object(target, (*path, step), world, viewer)
            given |= self._columns(model, {step: self._key(target, inner)})
        row = self._completer.add(self._table(model), given)
        for slot, option in below.items():
            if slot.path == path and isinstance(slot, RowsSlot):
                self._rows(slot, option, self._key(model, row), viewer)
        self._made[shared] = row
        return row

    def _rows(self, slot: RowsSlot, option: Option, owner: Wire, viewer: int) -> None:
        assert isinstance(option, tuple)
        for wanted in option:
            given = self._columns(slot.model, {slot.link: owner})
            for name, value in wanted:
                given |= self._given(slot.model, name, value, viewer)
            try:
                self._completer.add(self._table(slot.model), given)
            except Refused as refusal:
                self.refused.append(str(refusal))

    def _given(self, model: str, name: str, value: Value, viewer: int) -> dict[str, Wire]:
        if value is Mark.ROW:
            relation = self.models.field(model, name)
            target = relation.relation.to if relation and relation.relation else None
            if target is None:
                return {}  # the key itself: any will do
            return self._columns(model, {name: self._key(target, self._completer.any(self._table(target)))})
        if isinstance(value, Mark):
            value = viewer if value is Mark.VIEWER else self._other(viewer)
        return self._columns(model, {name: value})

    def _other(self, viewer: int | None) -> int:
        """Somebody else."""
        return next(key for key in self.users.values() if key is not None and key != viewer)

    def _columns(self, model: str, given: Mapping[str, Wire]) -> dict[str, Wire]:
        """By column; what the model's own table does not hold is left out."""
        found: dict[str, Wire] = {}
        for name, value in given.items():
            item = self.models.field(model, name)
            if item is not None and item.column and self._holds(model, item):
                found[item.column] = value
        return found

    def _holds(self, model: str, item: FieldRecord) -> bool:
        return any(column.name == item.column for column in self.catalog.table(self._table(model)).columns)

    def _key(self, model: str, row: Mapping[str, Wire]) -> Wire:
        key = self.models.key(model)
        assert key is not None and key.column is not None
        return row[key.column]

    def _table(self, model: str) -> str:
        return self.models.record(model).table

    def _relation(self, model: str, name: str) -> RelationRecord:
        item = self.models.field(model, name)
        assert item is not None and item.relation is not None
        return item.relation


def _shape(slot: Slot, path: tuple[str, ...]) -> object:
    """A slot seen from the object that a path leads to."""
    rest = slot.path[len(path) :]
    return (rest, slot.model, slot.field if isinstance(slot, ColumnSlot) else slot.link, type(slot))
