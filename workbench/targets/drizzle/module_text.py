"""A generated module as lines, each with its origin; imports are found from the names that the code uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from workbench.diagnostic import Origin
from workbench.targets.rendering import Artifact
from workbench.targets.typescript import Const, Expression, Import, Name, Template, print_expression, print_statement

INDENT = "  "


@dataclass
class ModuleText:
    """Lines in order. ``uses`` are the names that the code refers to."""

    lines: list[tuple[str, Origin | None]] = field(default_factory=list)
    uses: set[str] = field(default_factory=set)

    def add(self, text: str, origin: Origin | None = None) -> None:
        """Text of one or more lines, all of one origin."""
        self.lines += [(line, origin) for line in text.split("\n")]

    def expression(self, head: str, value: Expression, tail: str, indent: int, origin: Origin | None = None) -> None:
        """An expression between a head and a tail, e.g. a property: ``title: `` … ``,``."""
        self.uses |= names_in(value)
        self.add(f"{INDENT * indent}{head}{print_expression(value, indent, len(head), len(tail))}{tail}", origin)

    def statement(self, statement: Const, origin: Origin | None = None) -> None:
        """A whole constant, and an empty line after it."""
        self.uses |= names_in(statement.value)
        self.add(print_statement(statement) + "\n", origin)

    def artifact(self, path: str, title: str, imports: Iterable[Import]) -> Artifact:
        """The module's file: title, imports, code."""
        head = [f"// {title}"]
        for statement in imports:
            head += print_statement(statement).split("\n")
        lines: list[tuple[str, Origin | None]] = [(line, None) for line in [*head, ""]] + self.lines
        while not lines[-1][0]:
            lines.pop()
        origins = {number: origin for number, (_, origin) in enumerate(lines, 1) if origin is not None}
        return Artifact(path, "typescript", "\n".join(line for line, _ in lines) + "\n", origins)


def names_in(value: object) -> set[str]:
    """Every name that an expression refers to, its template tags included."""
    return set(_names_in(value))


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, Name):
        yield value.text
    elif isinstance(value, tuple):
        for item in value:
            yield from _names_in(item)
    elif is_dataclass(value):
        if isinstance(value, Template):
            yield value.tag
        for entry in fields(value):
            yield from _names_in(getattr(value, entry.name))
