"""The tables in sight at one point of a query; each has a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from workbench.targets.rules.properties import Properties, Step
from workbench.targets.rules.questions import Subject
from workbench.targets.rules.rule_names import BOUND
from workbench.targets.typescript import Expression, Member, Name

Path: TypeAlias = tuple[str, tuple[str, ...]]  # root and steps


class NoFilter(Exception):
    """A condition that a predicate can ask but SQL cannot be asked in one piece; its reason."""


@dataclass
class Aliases:
    """Second names of tables that stand in a query twice, declared once a module; ``taken``: names in use there."""

    taken: set[str]
    found: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> (table's constant, name in SQL)

    def name(self, table: str, sql_table: str, used: Iterable[str]) -> str:
        """A name for one more ``table`` beside those in use."""
        number, known = 2, set(used)
        while True:
            name = f"{table}{number}"
            if name not in known and (name in self.found or name not in self.taken):
                self.taken.add(name)
                self.found[name] = (table, f"{sql_table}_{number}")
                return name
            number += 1


@dataclass(frozen=True)
class Sight:
    """The tables in sight at one point of a query, by root and path."""

    subject: Subject
    aliases: Aliases
    tables: Mapping[Path, str]  # -> the table's name in the module

    @classmethod
    def of(cls, subject: Subject, aliases: Aliases) -> Sight:
        """What the query of a list sees: the table itself."""
        return cls(subject, aliases, {("", ()): _table(subject.properties.table(subject.model))})

    @property
    def properties(self) -> Properties:
        """Looks names up."""
        return self.subject.properties

    def with_table(self, path: Path, label: str) -> tuple[Sight, str]:
        """One more table in sight, and its name."""
        table = _table(self.properties.table(label))
        used = set(self.tables.values())
        name = self.aliases.name(table, self.properties.sql_table(label), used) if table in used else table
        return replace(self, tables={**self.tables, path: name}), name

    def with_row(self, row: str, label: str) -> tuple[Sight, str]:
        """The rows of a test in sight."""
        inner, name = self.with_table((row, ()), label)
        return replace(inner, subject=self.subject.inside(row, label)), name

    def column(self, path: Path, column: str) -> Expression:
        """A column of a table in sight."""
        return Member(Name(self.tables[path]), column)

    def steps(self, path: Path) -> list[Step]:
        """The steps of a path."""
        return list(self.properties.steps(self.subject.label(path[0]), path[1]))

    def nullable(self, path: Path) -> bool:
        """Whether nothing may stand at its end."""
        return any(step.nullable for step in self.steps(path))


def _table(name: str) -> str:
    if name in BOUND:
        raise NoFilter(f"the table's name {name} is one that the module binds itself")
    return name
