"""PostgreSQL's text of an hstore, written and read."""

from __future__ import annotations

import re

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_PAIR = re.compile(rf"{_TEXT}=>(?:{_TEXT}|NULL)(?:, |\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def hstore_text(value: dict[str, str | None]) -> str:
    """What PostgreSQL reads as these keys and their texts."""
    return ", ".join(f"{_quoted(key)}=>{'NULL' if text is None else _quoted(text)}" for key, text in value.items())


def read_hstore(text: str) -> dict[str, str | None]:
    """Its keys and their texts, as PostgreSQL prints it; ValueError where it is no hstore."""
    found: dict[str, str | None] = {}
    place = 0
    while place < len(text):
        pair = _PAIR.match(text, place)
        if pair is None:
            raise ValueError(f"no hstore: {text!r}")
        found[_read(pair[1])] = None if pair[2] is None else _read(pair[2])
        place = pair.end()
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read(written: str) -> str:
    return _ESCAPE.sub(r"\1", written)
