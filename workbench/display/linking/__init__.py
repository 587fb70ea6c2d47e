"""Which clause of a query each part of a text says: the parts that say the same light up together.

The names of clauses are those of the style sheet: ``select``, ``from``, ``join1`` …, ``where``, ``group``, ``having``,
``order``, ``limit``, ``lock``. A text that cannot be read, or one of several queries, has no links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from workbench.display.linking.django import django_links
from workbench.display.linking.drizzle import drizzle_links
from workbench.display.linking.sql import sql_links
from workbench.display.marks import visible
from workbench.display.page import Code, Link

_READERS: dict[str, Callable[[str], Iterator[Link]]] = {
    "sql": sql_links,
    "typescript": drizzle_links,
    "python": django_links,
}


def linked(code: Code) -> Code:
    """The text with the clauses that its parts say."""
    return replace(code, links=tuple(_READERS[code.language](visible(code.text.rstrip("\n")))))


__all__ = ["linked"]
