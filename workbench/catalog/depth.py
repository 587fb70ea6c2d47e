"""How deep a statement may be nested. sqlglot's compiled parser ends the process where the pure one would raise."""

from __future__ import annotations

import re

DEEPEST = 500  # far above any real statement; a stack of 1 MB (Windows) still holds it
# what goes down a level without a parenthesis: subscripts of subscripts, joins before their ON, types within types
_CHAINED = re.compile(r"\]\s*\[|\bjoin\b|\b(?:array|struct|map|list|nested|nullable|union)\s*<", re.IGNORECASE)


def shallow(sql: str) -> str:
    """The same text; RecursionError, as the pure parser raises, for what is nested too deeply to be read."""
    if len(sql) > 2 * DEEPEST and (_parentheses(sql) > DEEPEST or len(_CHAINED.findall(sql)) > DEEPEST):
        raise RecursionError("nested too deeply")
    return sql


def _parentheses(sql: str) -> int:
    if sql.count("(") <= DEEPEST:
        return 0
    depth = deepest = 0
    for mark in re.findall(r"[()]", sql):
        depth += 1 if mark == "(" else -1
        deepest = max(deepest, depth)
    return deepest
