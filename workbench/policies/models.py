"""Finding a model's fields and the rows that refer to it, by the names Python uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.inspection.records import FieldRecord, ModelRecord
from workbench.policies.condition import Kind

# Only types whose values compare alike in Python, TypeScript and SQL; collations are looked at apart.
_KINDS: dict[str, Kind] = {
    "AutoField": "integer",
    "BigAutoField": "integer",
    "SmallAutoField": "integer",
    "IntegerField": "integer",
    "SmallIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "CharField": "text",
    "TextField": "text",
    "SlugField": "text",
    "EmailField": "text",
    "BooleanField": "boolean",
    "DecimalField": "decimal",
    "DateField": "date",
    "DateTimeField": "instant",
}


@dataclass(frozen=True)
class Models:
    """The models of a project; ``user`` is the label of ``AUTH_USER_MODEL``."""

    records: Sequence[ModelRecord]
    user: str
    hiding: frozenset[str] = frozenset()  # labels whose manager may hide rows
    zoned: bool = True  # USE_TZ

    def has(self, label: str) -> bool:
        """Whether a model of that label exists."""
        return label in self._by_label

    def record(self, label: str) -> ModelRecord:
        """The model of that label; KeyError where there is none."""
        return self._by_label[label]

    def by_class(self, dotted: str) -> str | None:
        """The label of the model of that dotted class name."""
        return next((record.label for record in self.records if record.class_name == dotted), None)

    def field(self, label: str, name: str) -> FieldRecord | None:
        """The field of that name or attname; ``pk`` is the single primary key. A proxy has its concrete model's."""
        record = self._by_label[label]
        record = self._by_label[record.concrete] if record.proxy else record
        if name == "pk" and len(record.primary_key) == 1:
            name = record.primary_key[0]
        return next((item for item in record.fields if name in (item.name, item.attname)), None)

    def key(self, label: str) -> FieldRecord | None:
        """The single primary key."""
        return self.field(label, "pk")

    def kind(self, field: FieldRecord) -> Kind | None:
        """How values of the field compare; None where they do not compare alike everywhere."""
        if field.collation or field.column is None or not _plain_class(field):
            return None
        if field.relation is None:
            kind = _KINDS.get(field.kind)
            return kind if kind != "instant" or self.zoned else None
        target = self.field(field.relation.to, field.relation.to_field or "pk") if self.has(field.relation.to) else None
        return self.kind(target) if target else None

    def referring(self, label: str, accessor: str, kind: str = "fk") -> tuple[str, FieldRecord] | None:
        """The model and the field behind a reverse accessor: ``("processn.Project", "members")``."""
        return self._referring.get((label, accessor, kind))

    def by_query_name(self, label: str, name: str) -> str | None:
        """The accessor of the rows that a lookup calls ``name``: a reverse foreign key or many-to-many relation."""
        return self._query_names.get((label, name))

    def step(self, label: str, name: str) -> tuple[str, FieldRecord, bool] | None:
        """Where one step of a path leads: the model, the field, and whether the field is on the other side."""
        found = self.field(label, name)
        if found is not None:
            return (found.relation.to, found, False) if found.relation else None
        one = self.referring(label, name, "o2o")
        return (*one, True) if one else None

    def related_classes(self, label: str, other: str) -> bool:
        """Whether an object of one model may be an instance of the other: proxies, multi-table parents and children."""
        records = [self._by_label[name] for name in (label, other)]
        families = [{item.label, item.concrete, *item.parents} for item in records]
        return bool(families[0] & families[1])

    @cached_property
    def open_steps(self) -> frozenset[str]:
        """Names of steps that may lead to nothing, on any model."""
        relations = [(item, item.relation) for record in self.records for item in record.fields if item.relation]
        backward = {str(relation.accessor) for item, relation in relations if relation.kind == "o2o"}
        return frozenset({item.name for item, _ in relations if item.null} | backward)

    def unique_keys(self, label: str) -> list[tuple[str, ...]]:
        """The field names of each unique key that holds for all rows."""
        record = self._by_label[label]
        found: list[tuple[str, ...]] = [(i.name,) for i in record.fields if i.unique or i.primary_key]
        found += [tuple(names) for names in record.unique_together]
        plain = (item for item in record.constraints if item.kind == "unique" and not item.condition and item.fields)
        return found + [tuple(item.fields) for item in plain]

    def numbers_users(self) -> bool:
        """Whether users have whole numbers as keys: the only kind that a session holds here."""
        key = self.key(self.user) if self.has(self.user) else None
        return key is not None and self.kind(key) == "integer"

    def plain_rows(self, label: str) -> bool:
        """Whether a reverse accessor shows all rows of the model, and filters them as Django does."""
        return label not in self.hiding

    @cached_property
    def _referring(self) -> dict[tuple[str, str, str], tuple[str, FieldRecord]]:
        return {
            (item.relation.to, item.relation.accessor, item.relation.kind): (record.label, item)
            for record in self.records
            if not record.proxy
            for item in record.fields
            if item.relation and item.relation.accessor
        }

    @cached_property
    def _query_names(self) -> dict[tuple[str, str], str]:
        return {
            (label, str(item.relation.query_name)): accessor
            for (label, accessor, kind), (_, item) in self._referring.items()
            if kind in ("fk", "m2m") and item.relation
        }

    @cached_property
    def _by_label(self) -> dict[str, ModelRecord]:
        return {record.label: record for record in self.records}


def _plain_class(field: FieldRecord) -> bool:
    """Whether Django itself converts the values: a custom class may compare as it likes."""
    return field.class_name.startswith("django.")
