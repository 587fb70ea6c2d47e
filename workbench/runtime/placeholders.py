"""Placeholders of one driver's style, rewritten to another's, outside of quotes and comments only."""

from __future__ import annotations

import re
from collections.abc import Callable

# quoted texts, identifiers, dollar quotes and comments pass unchanged; what is left may hold a placeholder
_OPAQUE = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$"
_DOLLAR = re.compile(rf"(?P<opaque>{_OPAQUE})|\$(?P<number>\d+)", re.DOTALL)
_QMARK = re.compile(rf"(?P<opaque>{_OPAQUE})|\?", re.DOTALL)
_FORMAT = re.compile(r"%(?P<kind>[%s])")  # as Python's ``%`` and psycopg see it: inside of quotes too


def format_to_qmark(sql: str) -> str:
    """``%s`` to ``?`` and ``%%`` to ``%``, everywhere in the text, as Django's SQLite backend does."""
    return _FORMAT.sub(lambda found: "?" if found["kind"] == "s" else "%", sql)


def dollar_to_qmark(sql: str) -> str:
    """``$n`` to SQLite's ``?n``."""
    return _replace(_DOLLAR, sql, lambda found, _: f"?{found['number']}")


def qmark_to_dollar(sql: str) -> str:
    """``?`` to ``$1``, ``$2`` … in order (PostgreSQL's operators ``?``, ``?|``, ``?&`` cannot be written so)."""
    return _replace(_QMARK, sql, lambda _, count: f"${count}")


def _replace(pattern: re.Pattern[str], sql: str, placeholder: Callable[[re.Match[str], int], str]) -> str:
    count = 0

    def one(found: re.Match[str]) -> str:
        nonlocal count
        if found["opaque"] is not None:
            return found[0]
        count += 1
        return placeholder(found, count)

    return pattern.sub(one, sql)
