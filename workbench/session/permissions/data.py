"""The users and objects of a permission matrix as rows that a scratch database accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.catalog.table import Catalog
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation.completing import Completer
from workbench.inspection.records import FieldRecord, RelationRecord
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.universe import Case
from workbench.policies.cases.worlds import Mark, Thing, Value
from workbench.policies.models import Models
from workbench.values import Wire, to_wire
from workbench.verdict import TableRows

FIRST = 1000  # keys begin here: past the rows that Django itself put in
_BARE = 3  # objects of a model that no rule looks at

FURNISHED = ("contenttypes.ContentType", "auth.Permission")  # Django itself makes their rows


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
        self._completer = Completer(self.catalog, first=FIRST, known=self.known)
        self._groups: dict[str, int] = {}
        self._memberships: dict[int, tuple[str, ...]] = {}  # names of groups, by the user's key
        self._made: dict[tuple[Thing, int], dict[str, Wire]] = {}

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
            row = self._row(case.thing, viewer if viewer is not None else self._other(None))
        except Refused as refusal:
            self.refused.append(str(refusal))
        if len(self.refused) > before:
            self.dropped.add(case)
        return self._key(case.thing.model or self.models.user, row) if row is not None else None

    def holder(self, name: str, visitor: str | None, field: str) -> Wire:
        """The key of a profile's user; of a visitor the row, named by ``field``, that stands for visitors, if any."""
        if self.users.get(name) is not None:
            return self.users[name]
        rows = self._completer.all(self._table(self.models.user))
        found = (row for row in rows if self.value(self.models.user, row, field) == visitor)
        return next((self._key(self.models.user, row) for row in found), None)

    def group_with(self, user: Wire) -> int | None:
        """The key of a group that only this user is in; None where users of the project are in no groups."""
        name = f"holding for {user}"
        item = self.models.field(self.models.user, "groups")
        if item is None or not isinstance(user, int):
            return None
        if name not in self._groups:
            self._link(self.models.user, "groups", user, self._group(name, ()))
        return self._groups[name]

    def add_bare(self, model: str, count: int = _BARE) -> None:
        """Objects of a model of which no rule reads anything."""
        for _ in range(count):
            try:
                self._completer.add(self._table(model), {})
            except Refused as refusal:
                self.refused.append(str(refusal))

    def add_row(self, model: str, given: Mapping[str, Wire]) -> None:
        """A row with these fields. ``Refused`` where the constraints leave no room."""
        self._completer.add(self._table(model), self._columns(model, given))

    def group_of(self, name: str) -> int:
        """The key of a group, which is made where there is none."""
        return self._group(name, ())

    def content_type(self, app: str, model: str) -> Wire:
        """The key of a model's content type, which Django made."""
        label = "contenttypes.ContentType"
        rows = self._completer.all(self._table(label))
        return next(self._key(label, row) for row in rows if (row["app_label"], row["model"]) == (app, model))

    def objects(self, model: str) -> list[Wire]:
        """The keys of all rows of the model's table, made for whatever reason, and of those that were there."""
        return [self._key(model, row) for row in self._completer.all(self._table(model))]

    def furnished(self, model: str) -> list[tuple[Wire, dict[str, Wire]]]:
        """The rows that Django itself put into the model's table, each with its key."""
        tables = [table for table in self.known if table.table == self._table(model)]
        rows = [dict(zip(table.columns, row, strict=True)) for table in tables for row in table.rows]
        return [(self._key(model, row), row) for row in rows]

    def row(self, model: str, key: Wire) -> dict[str, Wire]:
        """The row of that key; KeyError where none was made."""
        found = (row for row in self._completer.all(self._table(model)) if self._key(model, row) == key)
        row = next(found, None)
        if row is None:
            raise KeyError((model, key))
        return row

    def value(self, model: str, row: Mapping[str, Wire], name: str) -> Wire:
        """What a row holds in a field."""
        item = self.models.field(model, name)
        return row.get(str(item.column)) if item else None

    def referred(self, model: str, row: Mapping[str, Wire], name: str) -> dict[str, Wire] | None:
        """The row that one step of a path leads to; None where nothing stands there."""
        step = self.models.step(model, name)
        assert step is not None
        target, item, backward = step
        if backward:
            return next(iter(self.referring(target, item.name, model, row)), None)
        key = row.get(str(item.column))
        return None if key is None else self.row(target, key)

    def referring(self, model: str, link: str, owner: str, row: Mapping[str, Wire]) -> list[dict[str, Wire]]:
        """The rows of ``model`` whose foreign key ``link`` refers to a row of ``owner``."""
        key = self._key(owner, row)
        return [one for one in self._completer.all(self._table(model)) if self.value(model, one, link) == key]

    def tables(self) -> tuple[TableRows, ...]:
        """All rows made."""
        return self._completer.tables()

    def _user(self, profile: Profile) -> int:
        flags = {"is_active": profile.active, "is_staff": profile.staff, "is_superuser": profile.superuser}
        given: dict[str, Wire] = {"username": profile.name.replace(" ", "_")[:150], **flags}
        own = dict(profile.own.values) if profile.own else {}
        known = {name: _wire(value) for name, value in own.items() if not isinstance(value, Mark)}
        row = self._completer.add(self._table(self.models.user), self._columns(self.models.user, {**known, **given}))
        key = self._key(self.models.user, row)
        assert isinstance(key, int)
        for name in profile.groups:
            self._link(self.models.user, "groups", key, self._group(name, ()))
        self._memberships[key] = profile.groups
        if profile.through:
            self._link(self.models.user, "groups", key, self._group(profile.name, profile.through))
        for name in profile.granted:
            self._link(self.models.user, "user_permissions", key, self.permissions[name])
        if profile.own:
            self._around(profile.own, row, key)
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

    def _row(self, thing: Thing, viewer: int) -> dict[str, Wire]:
        """The row of a thing, after those that it refers to and before those that refer to it."""
        if thing.who is not None:
            return self.row(self.models.user, viewer if thing.who is Mark.VIEWER else self._other(viewer))
        row = self._completer.add(self._table(thing.model), self._given(thing, viewer))
        self._around(thing, row, viewer)
        return row

    def _inner(self, thing: Thing, viewer: int) -> dict[str, Wire]:
        """An object that others refer to: made once, or found where a unique key has it already."""
        if (thing, viewer) not in self._made:
            known = self._unique(thing, viewer) or self._furnished(thing, viewer)
            self._made[thing, viewer] = known or self._row(thing, viewer)
        return self._made[thing, viewer]

    def _unique(self, thing: Thing, viewer: int) -> dict[str, Wire] | None:
        """The row that has the same values in a unique key: a group of that name, a permission of that model."""
        if thing.who is not None or thing.rows:
            return None
        given = self._given(thing, viewer)
        keys = [key.columns for key in self.catalog.table(self._table(thing.model)).uniques]
        known = [columns for columns in keys if set(columns) <= set(given)]
        rows = self._completer.all(self._table(thing.model))
        return next((row for row in rows if any(all(row[c] == given[c] for c in columns) for columns in known)), None)

    def _furnished(self, thing: Thing, viewer: int) -> dict[str, Wire] | None:
        """Of a table that Django fills itself, another row: a permission, or a content type, that is not the one."""
        if thing.model not in FURNISHED:
            return None
        rows, given = self._completer.all(self._table(thing.model)), self._given(thing, viewer)
        near = [row for row in rows if any(row[name] == value for name, value in given.items())]
        return next((row for row in (*near, *rows) if not any(_alike(row[name], given[name]) for name in given)), None)

    def _given(self, thing: Thing, viewer: int) -> dict[str, Wire]:
        """Its columns, the keys of what it refers to among them: that is made before."""
        given = self._columns(thing.model, {name: self._value(thing, name, viewer) for name, _ in thing.values})
        for name, inner in thing.objects:
            step = self.models.step(thing.model, name)
            if step and not step[2]:
                key = None if inner is None else self._key(step[0], self._inner(inner, viewer))
                given |= self._columns(thing.model, {name: key})
        return given

    def _around(self, thing: Thing, row: Mapping[str, Wire], viewer: int) -> None:
        """The rows that refer to a thing's row."""
        key = self._key(thing.model or self.models.user, row)
        for (model, link), found in thing.rows:
            for inner in found:
                self._referring(inner, model, link, key, viewer)
        for name, single in thing.objects:
            step = self.models.step(thing.model or self.models.user, name)
            if single is not None and step and step[2]:
                self._referring(single, step[0], step[1].name, key, viewer)

    def _referring(self, thing: Thing, model: str, link: str, owner: Wire, viewer: int) -> None:
        given = self._columns(model, {link: owner})
        given |= self._columns(model, {name: self._value(thing, name, viewer) for name, _ in thing.values})
        try:
            for name, inner in thing.objects:
                target = self._relation(model, name).to
                key = None if inner is None else self._key(target, self._inner(inner, viewer))
                given |= self._columns(model, {name: key})
            row = self._completer.add(self._table(model), given)
        except Refused as refusal:
            self.refused.append(str(refusal))
            return
        self._around(thing, row, viewer)

    def _value(self, thing: Thing, name: str, viewer: int) -> Wire:
        """What a column is to hold; what is known only now is put in the place of its mark."""
        value = thing.value(name)
        if value is Mark.ROW:
            item = self.models.field(thing.model, name)
            target = item.relation.to if item and item.relation else None
            return self._key(target, self._completer.any(self._table(target))) if target else _ANY
        if value is Mark.GROUP:
            return next(iter(self._memberships.get(viewer, ())), "no group of theirs")
        if isinstance(value, Mark):
            return viewer if value is Mark.VIEWER else self._other(viewer)
        return _wire(value)

    def _other(self, viewer: int | None) -> int:
        """Somebody else."""
        return next(key for key in self.users.values() if key is not None and key != viewer)

    def _columns(self, model: str, given: Mapping[str, Wire]) -> dict[str, Wire]:
        """By column; what the model's own table does not hold is left out."""
        found: dict[str, Wire] = {}
        for name, value in given.items():
            item = self.models.field(model, name)
            if item is not None and item.column and value is not _ANY and self._holds(model, item):
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


def _alike(text: Wire, wanted: Wire) -> bool:
    """Whether a text is another but for its edges, as those are that are drawn around a constant."""
    return isinstance(text, str) and isinstance(wanted, str) and bool(wanted) and (text in wanted or wanted in text)


def _wire(value: Value) -> Wire:
    return to_wire(value)


_ANY: Wire = {"$": "any", "v": None}  # a key that nobody compares: the completer's
