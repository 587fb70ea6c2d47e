"""Rows that a scratch database accepts, made and looked up by model and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.catalog.table import Catalog
from workbench.equivalence.generation.completing import Completer
from workbench.inspection.records import FieldRecord, RelationRecord
from workbench.policies.models import Models
from workbench.values import Wire
from workbench.verdict import TableRows

FIRST = 1000  # keys begin here: past the rows that Django itself put in
FURNISHED = ("contenttypes.ContentType", "auth.Permission")  # Django itself makes their rows
ANY: Wire = {"$": "any", "v": None}  # a key that nobody compares: the completer's


@dataclass
class Rows:
    """The rows of a scratch database by model and field; ``known``: those that are there already."""

    catalog: Catalog
    models: Models
    known: Sequence[TableRows]

    def __post_init__(self) -> None:
        self.completer = Completer(self.catalog, first=FIRST, known=self.known)

    def add(self, model: str, given: Mapping[str, Wire]) -> dict[str, Wire]:
        """A row with these fields. ``Refused`` where the constraints leave no room."""
        return self.completer.add(self.table(model), self.columns(model, given))

    def objects(self, model: str) -> list[Wire]:
        """The keys of all rows of the model's table, made for whatever reason, and of those that were there."""
        return [self.key(model, row) for row in self.completer.all(self.table(model))]

    def furnished(self, model: str) -> list[tuple[Wire, dict[str, Wire]]]:
        """The rows that Django itself put into the model's table, each with its key."""
        tables = [table for table in self.known if table.table == self.table(model)]
        rows = [dict(zip(table.columns, row, strict=True)) for table in tables for row in table.rows]
        return [(self.key(model, row), row) for row in rows]

    def row(self, model: str, key: Wire) -> dict[str, Wire]:
        """The row of that key; KeyError where none was made."""
        found = (row for row in self.completer.all(self.table(model)) if self.key(model, row) == key)
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
        key = self.key(owner, row)
        return [one for one in self.completer.all(self.table(model)) if self.value(model, one, link) == key]

    def content_type(self, app: str, model: str) -> Wire:
        """The key of a model's content type, which Django made."""
        label = "contenttypes.ContentType"
        rows = self.completer.all(self.table(label))
        return next(self.key(label, row) for row in rows if (row["app_label"], row["model"]) == (app, model))

    def tables(self) -> tuple[TableRows, ...]:
        """All rows made."""
        return self.completer.tables()

    def columns(self, model: str, given: Mapping[str, Wire]) -> dict[str, Wire]:
        """By column; what the model's own table does not hold is left out."""
        found: dict[str, Wire] = {}
        for name, value in given.items():
            item = self.models.field(model, name)
            if item is not None and item.column and value is not ANY and self._holds(model, item):
                found[item.column] = value
        return found

    def _holds(self, model: str, item: FieldRecord) -> bool:
        return any(column.name == item.column for column in self.catalog.table(self.table(model)).columns)

    def key(self, model: str, row: Mapping[str, Wire]) -> Wire:
        """The key of a row."""
        key = self.models.key(model)
        assert key is not None and key.column is not None
        return row[key.column]

    def table(self, model: str) -> str:
        """The name of a model's table."""
        return self.models.record(model).table

    def relation(self, model: str, name: str) -> RelationRecord:
        """A relation of a model."""
        item = self.models.field(model, name)
        assert item is not None and item.relation is not None
        return item.relation
