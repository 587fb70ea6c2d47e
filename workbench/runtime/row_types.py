"""Types as the TypeScript compiler prints them, read: what a property may hold, and whether a value is of its type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Plain:
    """A type by its name ("string", "null", "Buffer<ArrayBufferLike>"), or a constant as it is written ("1")."""

    text: str


@dataclass(frozen=True)
class Record:
    """An object with these properties."""

    properties: Mapping[str, RowType]


@dataclass(frozen=True)
class Listed:
    """An array."""

    element: RowType


@dataclass(frozen=True)
class OneOf:
    """A union."""

    options: tuple[RowType, ...]


RowType: TypeAlias = Plain | Record | Listed | OneOf
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|`[^`]*`|[\w$.-]+|=>|[{}\[\]()<>|&;:,?])')


def read_type(text: str) -> RowType:
    """The type of a text. What the reader does not know stays a ``Plain`` of its whole text."""
    tokens = _TOKEN.findall(text)
    try:
        if "".join(tokens) != re.sub(r"\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", "", text):
            return Plain(text)
        reader = _Reader(tokens)
        found = reader.union()
        return found if reader.at == len(tokens) else Plain(text)
    except (IndexError, ValueError):
        return Plain(text)


class _Reader:
    """Reads tokens from left to right. ValueError where the text is of another form."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens, self.at = tokens, 0

    def union(self) -> RowType:
        options = [self.suffixed()]
        while self._next("|"):
            options.append(self.suffixed())
        return options[0] if len(options) == 1 else OneOf(tuple(options))

    def suffixed(self) -> RowType:
        found = self.atom()
        while self._next("["):
            self._expect("]")
            found = Listed(found)
        return found

    def atom(self) -> RowType:
        if self._next("("):
            found = self.union()
            self._expect(")")
            return found
        if self._next("{"):
            return self.record()
        if self.tokens[self.at] in "}[])<>|&;:,?":
            raise ValueError(self.tokens[self.at])
        name = self._take()
        return Plain(name + self.arguments())

    def record(self) -> Record:
        properties: dict[str, RowType] = {}
        while not self._next("}"):
            name = self._take()
            missing = self._next("?")
            self._expect(":")
            found = self.union()
            key = json.loads(name) if name.startswith('"') else name
            properties[key] = OneOf((found, Plain("undefined"))) if missing else found
            self._next(";")
        return Record(properties)

    def arguments(self) -> str:
        """``<…>`` behind a name, as it is."""
        if not self._next("<"):
            return ""
        start, depth = self.at - 1, 1
        while depth:
            depth += {"<": 1, ">": -1}.get(self._take(), 0)
        return "".join(self.tokens[start : self.at])

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _next(self, token: str) -> bool:
        here = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += here
        return here

    def _expect(self, token: str) -> None:
        if not self._next(token):
            raise ValueError(token)


def options(found: RowType) -> Iterator[RowType]:
    """What a value may be: the parts of a union, or the type itself."""
    if isinstance(found, OneOf):
        for option in found.options:
            yield from options(option)
    else:
        yield found


def at_path(found: RowType, path: Sequence[str]) -> tuple[RowType | None, bool]:
    """The type of a property, and whether an object on the way to it may be missing; None where there is none."""
    missing = False
    for name in path:
        parts = list(options(found))
        records = [part for part in parts if isinstance(part, Record)]
        missing = missing or any(part in NOTHING for part in parts)
        if len(records) != 1 or name not in records[0].properties:
            return None, missing
        found = records[0].properties[name]
    return found, missing


NOTHING = (Plain("null"), Plain("undefined"))


def printed(found: RowType, indent: int = 0) -> str:
    """The type with every property of an object on a line of its own."""
    if isinstance(found, OneOf):
        return " | ".join(printed(option, indent) for option in found.options)
    if isinstance(found, Listed):
        element = printed(found.element, indent)
        return f"({element})[]" if isinstance(found.element, OneOf) else f"{element}[]"
    if isinstance(found, Plain):
        return found.text
    margin = "  " * (indent + 1)
    lines = [f"{margin}{name}: {printed(type, indent + 1)};\n" for name, type in found.properties.items()]
    return "{\n" + "".join(lines) + "  " * indent + "}"
