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
    """One step to another object: its property on the context, and both ends as (model label, column property)."""

    property: str
    source: tuple[str, str]
    target: tuple[str, str]
    nullable: bool = False  # nothing may stand there
    backward: bool = False  # the other side holds the foreign key


@dataclass(frozen=True)
class Properties:
    """Looks names up; KeyError where the schema has no such table, column or relation."""

    models: Models
    names: SchemaNames

    def table(self, label: str) -> str:
        """The constant of a model's table."""
        return self.names.table(self.sql_table(label))

    def sql_table(self, label: str) -> str:
        """The name that the database knows a model's table by."""
        return next(record.table for record in self.models.records if record.label == label)

    def module(self, label: str) -> str:
        """The schema's module of a model's table."""
        return self.names.module(self.sql_table(label))

    def column(self, label: str, field: str) -> str:
        """The property of a field's column."""
        return self.names.column(self.sql_table(label), str(self.field(label, field).column))

    def steps(self, label: str, through: Sequence[str]) -> Iterator[Step]:
        """The steps of a path that starts at the model ``label``: foreign keys, or one-to-one fields backwards."""
        for name in through:
            step = self._forward(label, name) if self.models.field(label, name) else self._backward(label, name)
            yield step
            label = step.target[0]

    def end(self, label: str, through: Sequence[str]) -> str:
        """The label of the model that a path leads to."""
        for step in self.steps(label, through):
            label = step.target[0]
        return label

    def rows(self, label: str, link: str) -> str:
        """The property on a context that holds the rows whose foreign key ``link`` refers to it."""
        if self.field(label, link).relation is None:  # a text that holds the key
            return camel(f"{self.table(label)}_rows")
        return self.names.reverse(self.own(label), link)

    def chain(self, label: str, parent: str) -> str:
        """The property that holds an object and those above it, along the foreign key ``parent``."""
        return camel(f"{self.names.relation(self.own(label), parent)}_chain")

    def link(self, label: str, link: str) -> Step:
        """The foreign key ``link`` of ``label``, followed."""
        return self._forward(label, link)

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

    def own(self, label: str) -> str:
        """A proxy's relations are its concrete model's."""
        return next((record.concrete or label for record in self.models.records if record.label == label), label)

    def _forward(self, label: str, name: str) -> Step:
        field = self.field(label, name)
        relation = field.relation
        assert relation is not None
        target = (relation.to, self.column(relation.to, relation.to_field or "pk"))
        property = self.names.relation(self.own(label), field.name)
        return Step(property, (label, self.column(label, name)), target, field.null)

    def _backward(self, label: str, accessor: str) -> Step:
        found = self.models.referring(label, accessor, "o2o")
        if found is None:
            raise KeyError((label, accessor))
        other, field = found
        relation = field.relation
        assert relation is not None
        source = (label, self.column(label, relation.to_field or "pk"))
        return Step(self.names.reverse(other, field.name), source, (other, self.column(other, field.name)), True, True)
