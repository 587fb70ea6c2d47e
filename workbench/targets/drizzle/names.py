"""TypeScript names for everything an inspection names: deterministic, unique, free of reserved words.

Names are given in the order of the inspection's models, so the same project always gets the same names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workbench.inspection.records import FieldRecord, ModelRecord
from workbench.targets.drizzle.words import COLUMN_WORDS, MODULE_WORDS, TABLE_WORDS


def camel(name: str) -> str:
    """``author_id`` -> ``authorId``, ``HTTPServer`` -> ``httpServer``, ``Book_tags`` -> ``bookTags``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    words = [word for word in re.split(r"[^0-9a-zA-Z\u0080-\uffff]+", spaced) if word]
    joined = "".join([words[0].lower(), *(word[0].upper() + word[1:].lower() for word in words[1:])]) if words else "_"
    return joined if not joined[0].isdigit() else f"_{joined}"


def fresh(wanted: str, taken: set[str]) -> str:
    """``wanted``, or the first of ``wanted2``, ``wanted3`` … that is not taken; takes it."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}{number}", number + 1
    taken.add(name)
    return name


@dataclass(frozen=True)
class SchemaNames:
    """The names of one schema. Every method raises KeyError for what the inspection does not hold."""

    _tables: dict[str, str] = field(default_factory=dict)
    _columns: dict[tuple[str, str], str] = field(default_factory=dict)
    _modules: dict[str, str] = field(default_factory=dict)
    _relations: dict[tuple[str, str], str] = field(default_factory=dict)
    _reverses: dict[tuple[str, str], str] = field(default_factory=dict)
    _spreads: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, models: Sequence[ModelRecord]) -> SchemaNames:
        """Names for every table of ``models`` (proxies and swapped models have none of their own)."""
        concrete = table_owners(models)
        names = cls()
        names._tables.update(_table_names(concrete))
        names._modules.update({model.table: module_stem(model.app) for model in concrete})
        for model in concrete:
            names._columns.update(_column_names(model))
        names._relations.update(_forward_names(concrete, names))
        names._reverses.update(_reverse_names(concrete, names))
        names._spreads.update(_spread_names(concrete, names._declared))
        return names

    @property
    def _declared(self) -> set[str]:
        """The constants of the tables and of their relations."""
        return {constant for name in self._tables.values() for constant in (name, relations_of(name))}

    def table(self, table: str) -> str:
        """The constant that holds a table: ``catalog_book`` -> ``book``."""
        return self._tables[table]

    def column(self, table: str, column: str) -> str:
        """The property that holds a column: ``author_id`` -> ``authorId``."""
        return self._columns[table, column]

    def module(self, table: str) -> str:
        """The file stem of the module that declares a table: its app's label."""
        return self._modules[table]

    def relation(self, label: str, field_name: str) -> str:
        """The relation from the model that declares a foreign key: ``("catalog.Book", "author")`` -> ``author``."""
        return self._relations[label, field_name]

    def reverse(self, label: str, field_name: str) -> str:
        """The relation on a foreign key's *target*: ``("catalog.Book", "author")`` -> ``bookSet``."""
        return self._reverses[label, field_name]

    def spread(self, base: str) -> str:
        """The function that gives an abstract base's columns: ``core.models.CommonModel`` -> ``common``."""
        return self._spreads[base]


def table_owners(models: Sequence[ModelRecord]) -> list[ModelRecord]:
    """One model for each table: no proxies, nothing swapped out; a managed model before an unmanaged twin."""
    owners: dict[str, ModelRecord] = {}
    for model in models:
        if model.proxy or model.swapped or not model.table:
            continue
        known = owners.get(model.table)
        if known is None or (model.managed and not known.managed):
            owners[model.table] = model
    return [model for model in models if owners.get(model.table) is model]


def columns_of(model: ModelRecord) -> list[FieldRecord]:
    """The fields of a model that have a column in its own table."""
    return [item for item in model.fields if item.column is not None]


def foreign_keys_of(model: ModelRecord) -> list[tuple[FieldRecord, str]]:
    """The fields of a model that refer to another row, with the label of their target."""
    return [(item, item.relation.to) for item in model.fields if item.relation and item.relation.kind in ("fk", "o2o")]


def module_stem(app: str) -> str:
    """The module of an app: its label, kept apart from the barrel's and the shared modules' names."""
    return f"{app}App" if app in MODULE_WORDS else app


def _table_names(models: Iterable[ModelRecord]) -> dict[str, str]:
    models = list(models)
    plain = Counter(camel(model.name) for model in models)
    wanted = {model.table: _wanted_name(model, plain) for model in models}
    reserved = TABLE_WORDS | {relations_of(name) for name in wanted.values()}
    taken: set[str] = set()
    names: dict[str, str] = {}
    for table, name in wanted.items():
        names[table] = fresh(f"{name}Table" if name in reserved else name, taken)
        taken.add(relations_of(names[table]))
    return names


def relations_of(table: str) -> str:
    """The constant that holds the relations of a table: ``book`` -> ``bookRelations``."""
    return f"{table}Relations"


def _wanted_name(model: ModelRecord, plain: Counter[str]) -> str:
    """The model's name; of two apps' models of one name, with the app."""
    name = camel(model.name)
    return name if plain[name] == 1 else camel(f"{model.app}_{_snake(model.name)}")


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)


def _column_names(model: ModelRecord) -> dict[tuple[str, str], str]:
    taken = set(COLUMN_WORDS)
    return {(model.table, str(item.column)): fresh(camel(item.attname), taken) for item in columns_of(model)}


def _taken_on(models: Iterable[ModelRecord], names: SchemaNames) -> dict[str, set[str]]:
    """The property names that each model's rows already have, by label."""
    return {
        model.label: {names.column(model.table, str(item.column)) for item in columns_of(model)} for model in models
    }


def _forward_names(models: Sequence[ModelRecord], names: SchemaNames) -> dict[tuple[str, str], str]:
    taken = _taken_on(models, names)
    return {
        (model.label, item.name): fresh(camel(item.name), taken[model.label])
        for model in models
        for item, _ in foreign_keys_of(model)
    }


def _reverse_names(models: Sequence[ModelRecord], names: SchemaNames) -> dict[tuple[str, str], str]:
    taken = _taken_on(models, names)
    for (label, _), name in names._relations.items():
        taken[label].add(name)
    reverses: dict[tuple[str, str], str] = {}
    for model in models:
        keys = foreign_keys_of(model)
        targets = Counter(target for _, target in keys)
        for item, target in keys:
            wanted = _reverse_name(names.table(model.table), item, targets[target])
            reverses[model.label, item.name] = fresh(wanted, taken.setdefault(target, set()))
    return reverses


def _reverse_name(source: str, item: FieldRecord, keys_to_target: int) -> str:
    """Django's accessor; a hidden one is named after the table, and after the key where the table has several."""
    accessor = item.relation.accessor if item.relation else None
    if accessor and not accessor.endswith("+"):
        return camel(accessor)
    return source if keys_to_target == 1 else camel(f"{_snake(source)}_by_{item.name}")


def _spread_names(models: Sequence[ModelRecord], taken: set[str]) -> dict[str, str]:
    bases = sorted({base for model in models for base in model.abstract_bases})
    taken = taken | TABLE_WORDS
    return {base: fresh(_spread_name(base, taken), taken) for base in bases}


def _spread_name(base: str, taken: set[str]) -> str:
    """``CommonModel`` -> ``common``; the last word goes where it only says that the class is a base."""
    name = base.rsplit(".", 1)[-1]
    short = re.sub(r"(?<=.)(Model|Mixin|Base)+$", "", name)
    short = re.sub(r"^(Abstract|Base)(?=[A-Z])", "", short) or name
    return camel(short) if camel(short) not in taken else f"{camel(short)}Columns"
