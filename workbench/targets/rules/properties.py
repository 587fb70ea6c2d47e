"""How a condition's fields and rows are called in TypeScript: on the context, and in the Drizzle schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.inspection.records import FieldRecord
from workbench.policies.models import Models
from workbench.targets.drizzle.names import SchemaNames, camel
from workbench.targets.typescript import is_identifier


@dataclass(frozen=True)
class Step:
    """One foreign key followed: its property on the context, and both ends as (model label, column property)."""

    property: str
    source: tuple[str, str]
    target: tuple[str, str]


@dataclass(frozen=True)
class Properties:
    """Looks names up; KeyError where the schema has no such table, column or relation."""

    models: Models
    names: SchemaNames

    def table(self, label: str) -> str:
        """The constant of a model's table."""
        return self.names.table(self._table(label))

    def module(self, label: str) -> str:
        """The schema's module of a model's table."""
        return self.names.module(self._table(label))

    def column(self, label: str, field: str) -> str:
        """The property of a field's column."""
        return self.names.column(self._table(label), str(self.field(label, field).column))

    def steps(self, label: str, through: Sequence[str]) -> Iterator[Step]:
        """The foreign keys of a path that starts at the model ``label``."""
        for name in through:
            relation = self.field(label, name).relation
            assert relation is not None
            target = (relation.to, self.column(relation.to, relation.to_field or "pk"))
            yield Step(self.names.relation(self._own(label), name), (label, self.column(label, name)), target)
            label = relation.to

    def rows(self, label: str, link: str) -> str:
        """The property on a context that holds the rows whose foreign key ``link`` refers to it."""
        return self.names.reverse(self._own(label), link)

    def link(self, label: str, link: str) -> Step:
        """The foreign key ``link`` of ``label``, followed."""
        return next(self.steps(label, (link,)))

    def variable(self, label: str) -> str:
        """What an object of the model is called: ``processn.Project`` -> ``project``."""
        name = camel(label.partition(".")[2])
        return name if is_identifier(name) and name not in ("user", "row") else f"{name}Object"

    def field(self, label: str, field: str) -> FieldRecord:
        """The field of that name."""
        found = self.models.field(label, field)
        if found is None:
            raise KeyError((label, field))
        return found

    def _own(self, label: str) -> str:
        """A proxy's relations are its concrete model's."""
        return next((record.concrete or label for record in self.models.records if record.label == label), label)

    def _table(self, label: str) -> str:
        return next(record.table for record in self.models.records if record.label == label)
