"""Texts at and beside given constants, and UUIDs as types and as texts."""

from __future__ import annotations

import re

from workbench.equivalence.generation.numbers import Pool
from workbench.values import Wire

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
UUID_DIGITS = 32


def text(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    near = [form for hint in hints if isinstance(hint, str) for form in _neighbours(hint)]
    plain = ["a", "b", "A", "", "ab", "a ", "é", "%", "a_b", "B\\", "10", "zz"]
    limit = argument[0] if argument else 10_000
    return [v for v in (*near, *plain) if len(v) <= limit]


def _neighbours(hint: str) -> list[str]:
    """A constant, its other case, longer and shorter forms, and what a LIKE pattern of it matches."""
    bare = hint.replace("%", "").replace("_", "x").replace("\\", "")
    forms = [hint, bare, hint.swapcase(), bare.swapcase(), bare + "x", "x" + bare, bare[:-1], bare + " "]
    return [form for form in forms if "\0" not in form]


def uuids(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    given = [h for h in hints if isinstance(h, dict) and h["$"] == "uuid"]
    given += [{"$": "uuid", "v": h.lower()} for h in hints if isinstance(h, str) and _UUID.fullmatch(h)]
    return [*given, *({"$": "uuid", "v": f"00000000-0000-4000-8000-{n:012x}"} for n in range(1, 5))]


def fixed_text(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    """SQLite's ``char(32)`` is how Django declares a UUID there, kept as text: it reads no other text back."""
    if argument != (UUID_DIGITS,):
        return text(kind, argument, hints)
    given = [h for h in hints if isinstance(h, str) and re.fullmatch(rf"[0-9a-f]{{{UUID_DIGITS}}}", h)]
    return [*given, *(uuid_text(number) for number in range(1, 5))]


def uuid_text(number: int) -> str:
    return f"00000000000040008000{number:012x}"
