"""The objects of a permission matrix as rows: each after those that it refers to, before those that refer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.equivalence.engine import Refused
from workbench.policies.cases.worlds import Mark, Thing
from workbench.session.permissions.data.groups import Groups
from workbench.session.permissions.data.rows import ANY, FURNISHED, Rows
from workbench.values import Wire, to_wire


@dataclass
class Things:
    """Makes things with all that they refer to and all that refers to them; ``refused``: what found no room."""

    rows: Rows
    groups: Groups
    users: Mapping[str, int | None]  # profile's name -> key; None: a visitor
    refused: list[str]

    def __post_init__(self) -> None:
        self._made: dict[tuple[Thing, int], dict[str, Wire]] = {}

    def row(self, thing: Thing, viewer: int) -> dict[str, Wire]:
        """The row of a thing, after those that it refers to and before those that refer to it."""
        if thing.who is not None:
            return self.rows.row(self.rows.models.user, viewer if thing.who is Mark.VIEWER else self.other(viewer))
        row = self.rows.completer.add(self.rows.table(thing.model), self._given(thing, viewer))
        self.around(thing, row, viewer)
        return row

    def _inner(self, thing: Thing, viewer: int) -> dict[str, Wire]:
        """An object that others refer to: made once, or found where a unique key has it already."""
        if (thing, viewer) not in self._made:
            known = self._unique(thing, viewer) or self._furnished(thing, viewer)
            self._made[thing, viewer] = known or self.row(thing, viewer)
        return self._made[thing, viewer]

    def _unique(self, thing: Thing, viewer: int) -> dict[str, Wire] | None:
        """The row that has the same values in a unique key: a group of that name, a permission of that model."""
        if thing.who is not None or thing.rows:
            return None
        given = self._given(thing, viewer)
        keys = [key.columns for key in self.rows.catalog.table(self.rows.table(thing.model)).uniques]
        known = [columns for columns in keys if set(columns) <= set(given)]
        rows = self.rows.completer.all(self.rows.table(thing.model))
        return next((row for row in rows if any(all(row[c] == given[c] for c in columns) for columns in known)), None)

    def _furnished(self, thing: Thing, viewer: int) -> dict[str, Wire] | None:
        """Of a table that Django fills itself, another row: a permission, or a content type, that is not the one."""
        if thing.model not in FURNISHED:
            return None
        rows, given = self.rows.completer.all(self.rows.table(thing.model)), self._given(thing, viewer)
        near = [row for row in rows if any(row[name] == value for name, value in given.items())]
        return next((row for row in (*near, *rows) if not any(_alike(row[name], given[name]) for name in given)), None)

    def _given(self, thing: Thing, viewer: int) -> dict[str, Wire]:
        """Its columns, the keys of what it refers to among them: that is made before."""
        given = self.rows.columns(thing.model, {name: self._value(thing, name, viewer) for name, _ in thing.values})
        for name, inner in thing.objects:
            step = self.rows.models.step(thing.model, name)
            if step and not step[2]:
                key = None if inner is None else self.rows.key(step[0], self._inner(inner, viewer))
                given |= self.rows.columns(thing.model, {name: key})
        return given

    def around(self, thing: Thing, row: Mapping[str, Wire], viewer: int) -> None:
        """The rows that refer to a thing's row."""
        key = self.rows.key(thing.model or self.rows.models.user, row)
        for (model, link), found in thing.rows:
            for inner in found:
                self._referring(inner, model, link, key, viewer)
        for name, single in thing.objects:
            step = self.rows.models.step(thing.model or self.rows.models.user, name)
            if single is not None and step and step[2]:
                self._referring(single, step[0], step[1].name, key, viewer)

    def _referring(self, thing: Thing, model: str, link: str, owner: Wire, viewer: int) -> None:
        given = self.rows.columns(model, {link: owner})
        given |= self.rows.columns(model, {name: self._value(thing, name, viewer) for name, _ in thing.values})
        try:
            for name, inner in thing.objects:
                target = self.rows.relation(model, name).to
                key = None if inner is None else self.rows.key(target, self._inner(inner, viewer))
                given |= self.rows.columns(model, {name: key})
            row = self.rows.completer.add(self.rows.table(model), given)
        except Refused as refusal:
            self.refused.append(str(refusal))
            return
        self.around(thing, row, viewer)

    def _value(self, thing: Thing, name: str, viewer: int) -> Wire:
        """What a column is to hold; what is known only now is put in the place of its mark."""
        value = thing.value(name)
        if value is Mark.ROW:
            item = self.rows.models.field(thing.model, name)
            target = item.relation.to if item and item.relation else None
            return self.rows.key(target, self.rows.completer.any(self.rows.table(target))) if target else ANY
        if value is Mark.GROUP:
            return next(iter(self.groups.memberships.get(viewer, ())), "no group of theirs")
        if isinstance(value, Mark):
            return viewer if value is Mark.VIEWER else self.other(viewer)
        return to_wire(value)

    def other(self, viewer: int | None) -> int:
        """Somebody else."""
        return next(key for key in self.users.values() if key is not None and key != viewer)


def _alike(text: Wire, wanted: Wire) -> bool:
    """Whether a text is another but for its edges, as those are that are drawn around a constant."""
    return isinstance(text, str) and isinstance(wanted, str) and bool(wanted) and (text in wanted or wanted in text)
