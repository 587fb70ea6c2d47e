"""TypeScript's lexical layer: how identifiers, strings, numbers, comments and template text are written."""

from __future__ import annotations

import json
import math
import re

IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")  # what a property is called without quotes
_MAX_SAFE_INTEGER = 2**53 - 1  # ECMA-262 Number.MAX_SAFE_INTEGER
_RESERVED = """
    arguments await break case catch class const continue debugger default delete do else enum eval export extends
    false finally for function if implements import in instanceof interface let new null package private protected
    public return static super switch this throw true try typeof undefined var void while with yield
"""
RESERVED = frozenset(_RESERVED.split())  # ECMA-262 "ReservedWord", and the words strict mode and modules reserve


def is_identifier(text: str) -> bool:
    """Whether the text may name a binding: Python's identifiers, and ``$``, are among ECMA-262's."""
    return text.replace("$", "_").isidentifier() and text not in RESERVED


def quote(text: str) -> str:
    """A double-quoted string literal that stays one line and survives any encoding."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "\u2028\u2029\x7f" or "\ud800" <= c <= "\udfff" else c for c in quoted)


def key(text: str) -> str:
    """An object key or interface member: bare where an identifier name, quoted otherwise."""
    return text if IDENTIFIER.match(text) else quote(text)


def comment(text: str) -> str:
    """A ``//`` comment, one line for each line of the text."""
    return "\n".join(f"// {line}".rstrip() for line in text.splitlines() or [""])


def number(value: float) -> str:
    """A number literal: BigInt where a double would round an integer."""
    if isinstance(value, int):
        return str(value) if abs(value) <= _MAX_SAFE_INTEGER else f"{value}n"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def template_text(text: str) -> str:
    """Text inside a template literal."""
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")


def type_arguments(types: tuple[str, ...]) -> str:
    """``<A, B>``, or nothing where there are none."""
    return f"<{', '.join(types)}>" if types else ""
