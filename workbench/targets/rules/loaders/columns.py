"""The columns that loaders read, and the types of their keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.policies.condition import Some
from workbench.targets.rules.contexts import Shape
from workbench.targets.rules.properties import Properties
from workbench.targets.typescript import Expression, Member, Name, Object, sql

_ONE = Object((("one", sql("1")),))


@dataclass
class Columns:
    """Names columns; ``tables`` and ``keys`` collect what the module has to import and to declare."""

    properties: Properties
    tables: dict[str, str] = field(default_factory=dict)  # constant -> module of the schema
    keys: dict[str, str] = field(default_factory=dict)  # name of a type -> its declaration

    def table(self, model: str) -> str:
        """A table's constant."""
        table = self.properties.table(model)
        self.tables[table] = self.properties.module(model)
        return table

    def column(self, model: str, column: str) -> Expression:
        """A column of a table."""
        return Member(Name(self.table(model)), column)

    def key(self, node: Shape) -> Expression:
        """The column of its rows' keys."""
        return self.column(node.model, self.properties.column(node.model, "pk"))

    def key_type(self, node: Shape) -> str:
        """The name of their type."""
        return self.type_of(node.model, self.properties.column(node.model, "pk"))

    def type_of(self, model: str, column: str) -> str:
        """The name of a column's type."""
        table = self.table(model)
        own = column == self.properties.column(model, "pk")
        name = f"{_capital(table)}{'Key' if own else _capital(column)}"
        self.keys[name] = f'type {name} = (typeof {table}.$inferSelect)["{column}"];'
        return name

    def owner(self, some: Some) -> str:
        """The column that rows refer to."""
        if some.keyed == "text":
            return self.properties.column(some.owner, "pk")
        return self.properties.link(some.model, some.link).target[1]

    def row(self, node: Shape) -> Object:
        """The columns that are read of each row."""
        own = tuple((name, self.column(node.model, name)) for name in sorted(node.columns))
        return Object(own) if own else _ONE


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
