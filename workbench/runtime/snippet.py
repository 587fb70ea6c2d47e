"""A person's own TypeScript, made the module of a query without moving a line of it.

Three forms are understood: a module that exports ``query``; an expression (``db.select().from(book)``); statements
that end in ``return``. The last two may begin with imports of their own; the names they use of the schema and of
``drizzle-orm`` are imported for them. What is added stands before their first line's text, on that line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_EXPORT = re.compile(r"^\s*export\s", re.MULTILINE)
_RETURN = re.compile(r"^\s*return\b", re.MULTILINE)
_IMPORTS = re.compile(r"""(?:\s*(?:import\b[^;'"]*['"][^'"]*['"]\s*;?|//[^\n]*))*\s*""")
_OPAQUE = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\"""", re.DOTALL)
_NAME = re.compile(r"(?<![\w$.])(?:[^\W\d]|\$)[\w$]*")


@dataclass(frozen=True)
class Snippet:
    """The module's text, and where the person's own text was moved: ``shift`` columns on ``line``."""

    code: str
    line: int = 1
    shift: int = 0

    def place(self, line: int, column: int) -> tuple[int, int]:
        """The place in the person's text of a place in the module (1 where it lies in what was added)."""
        return (line, max(1, column - self.shift)) if line == self.line else (line, column)


def snippet(text: str, exports: Mapping[str, Collection[str]]) -> Snippet:
    """The module of a text. ``exports``: the names each module offers (``{"./schema": …, "drizzle-orm": …}``)."""
    if _EXPORT.search(text):
        return Snippet(text)
    imports = _IMPORTS.match(text)
    start = imports.end() if imports else 0
    own, body = text[:start], text[start:].rstrip()
    opening, body, closing = _wrapped(body)
    header = "".join(_import(module, names, own, body) for module, names in exports.items()) + opening
    line_start = own.rfind("\n") + 1
    return Snippet(own[:line_start] + header + own[line_start:] + body + closing, own.count("\n") + 1, len(header))


def _wrapped(body: str) -> tuple[str, str, str]:
    """What stands before and after the body: it is an expression unless a line of it returns."""
    if _RETURN.search(body):
        return "export const query = (db: Db) => { ", body, "\n};\n"
    return "export const query = (db: Db) => (", body.removesuffix(";"), "\n);\n"


def _import(module: str, names: Collection[str], own: str, body: str) -> str:
    """The import of the names that the body uses and its own imports do not bring."""
    used = set(_NAME.findall(_OPAQUE.sub(" ", body))) - set(_NAME.findall(own))
    wanted = sorted(used & set(names))
    return f'import {{ {", ".join(wanted)} }} from "{module}"; ' if wanted else ""
