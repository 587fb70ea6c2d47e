"""What a parameter is about: the column that it is compared with or assigned to, as a person would call it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.targets.drizzle.names import camel
from workbench.targets.drizzle.queries.differing import Path, part_at
from workbench.targets.drizzle.queries.writer import Known, Writer
from workbench.targets.typescript import Call, Member, flat, quote

_CONNECTORS = ("and", "or")
_THROUGH = ("upper", "lower", "cast", "atTimeZone", "outer", "extract", "dateTrunc", "collate", "jsonGet", "jsonText")
_ASSIGNING = ("values", "set")
_MOST_CHOICES = 8  # in a union of texts: of a longer one the column's own type says as much


@dataclass(frozen=True)
class Subject:
    """A column and the relation path to it; ``assigned`` where a write sets it."""

    known: Known
    assigned: bool = False

    @property
    def name(self) -> str:
        """``author``, ``authorName``: the path and the column, a foreign key's suffix left out."""
        column = self.known.column.removesuffix("_id") if self.is_key else self.known.column
        return camel(f"{self.known.path}__{column}")

    @property
    def _member(self) -> Member:
        assert isinstance(self.known.term.code, Member)
        return self.known.term.code

    @property
    def is_key(self) -> bool:
        """Whether the column leads to another table."""
        return any(key.columns == (self.known.column,) for key in self.known.table.foreign_keys)

    def narrowed(self, type: str) -> str:
        """The type with what the column may hold: its choices in a union, or the column's own type where many."""
        choices, base = self.known.term.choices, type.removesuffix("[]")
        if not choices or self.known.term.js != base:
            return type
        union = " | ".join(_literal(choice, base) for choice in choices)
        if len(choices) > _MOST_CHOICES:
            row = f"(typeof {flat(self._member.object)}.$inferSelect)"
            union = f"NonNullable<{row}[{quote(self._member.property)}]>"
        return union if base == type else f"({union})[]"


def _literal(choice: str | int, base: str) -> str:
    return quote(choice) if isinstance(choice, str) else f"{choice}n" if base == "bigint" else str(choice)


def subject_at(writer: Writer, tree: object, path: Path) -> Subject | None:
    """The column beside the constant at a path; None for one that stands alone."""
    for length in range(len(path), -1, -1):
        part = part_at(tree, path[:length])
        if not isinstance(part, Call):
            continue
        if isinstance(part.callee, Member) and part.callee.property in _ASSIGNING:
            return _assigned(writer, part_at(tree, path[: path.index("entries", length) + 2])[0])
        found = next((writer.known[m] for m in _members(part, path[length:]) if m in writer.known), None)
        if found is not None:
            return Subject(found)
        if getattr(part.callee, "text", "") in _CONNECTORS:
            return None
    return None


def _assigned(writer: Writer, property: str) -> Subject | None:
    """The column of the written table, which the writer learned first, by its property."""
    found = (known for code, known in writer.known.items() if isinstance(code, Member) and code.property == property)
    return next((Subject(known, True) for known in found), None)


def _members(part: Call, skipped: Path) -> Iterator[Member]:
    """The members inside of a call's arguments; that on the way to the constant is left out."""
    for index, argument in enumerate(part.arguments):
        if skipped[:2] != ("arguments", index):
            yield from _within(argument)


def _within(part: object) -> Iterator[Member]:
    if isinstance(part, Member):
        yield part
    elif isinstance(part, Call) and getattr(part.callee, "text", "") in _THROUGH:
        for each in part.arguments:
            yield from _within(each)
