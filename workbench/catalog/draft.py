"""A table while its statements are read, and the names that PostgreSQL gives to what has none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workbench.catalog.table import Check, Column, Dialect, Exclusion, ForeignKey, Index, Key, Table


@dataclass
class Draft:
    """A table while its statements are read."""

    name: str
    dialect: Dialect
    columns: list[Column] = field(default_factory=list)
    primary_key: Key | None = None
    uniques: list[Key] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    comment: str | None = None
    tablespace: str | None = None

    def auto_name(self, column: str | None, label: str) -> str | None:
        """The name the database gives: PostgreSQL's rule; SQLite's constraints stay unnamed."""
        return generated_name(self.name, column, label) if self.dialect == "postgres" else None

    def merge_uniques(self) -> None:
        """PostgreSQL makes one index of equal unique constraints of a CREATE TABLE; a given name wins over its own."""
        merged: dict[Key, Key] = {}
        for key in self.uniques:
            same = replace(key, name=None)
            known = merged.get(same)
            if known is None or known.name == self.auto_name("_".join(key.columns), "key"):
                merged[same] = key
        own = self.primary_key.columns if self.primary_key else None
        self.uniques = [key for same, key in merged.items() if same != Key(own or ())]

    def table(self) -> Table:
        """The finished table."""
        return Table(
            self.name,
            tuple(self.columns),
            self.primary_key,
            tuple(self.uniques),
            tuple(self.foreign_keys),
            tuple(self.checks),
            tuple(self.exclusions),
            tuple(self.indexes),
            self.comment,
            self.tablespace,
        )


def generated_name(table: str, column: str | None, label: str) -> str:
    """PostgreSQL's ``makeObjectName``: 63 bytes, the longer of table and column cut first."""
    first, second = table.encode(), (column or "").encode()
    room = 63 - len(label) - 1 - (1 if column else 0)
    while len(first) + len(second) > room:
        if len(first) > len(second):
            first = first[:-1]
        else:
            second = second[:-1]
    parts = [first.decode(errors="ignore"), second.decode(errors="ignore") if column else "", label]
    return "_".join(part for part in parts if part)
