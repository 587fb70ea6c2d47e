"""CREATE INDEX as Django prints it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from workbench.catalog.django_constraints import names
from workbench.catalog.draft import Draft
from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Dialect, Index, IndexPart


def create_index(text: SqlText, drafts: dict[str, Draft], dialect: Dialect, unique: bool = False) -> None:
    text.accept("CONCURRENTLY")
    text.accept("IF", "NOT", "EXISTS")
    name = text.take_name()
    text.expect("ON")
    draft = drafts[text.take_name()]
    method = text.take_name().lower() if text.accept("USING") else "btree"
    index = Index(name, tuple(index_part(part) for part in text.take_group().items()), unique, method)
    while text:
        index = replace(index, **_index_clause(text, index))
    draft.indexes.append(index)


def create_unique_index(text: SqlText, drafts: dict[str, Draft], dialect: Dialect) -> None:
    create_index(text, drafts, dialect, unique=True)


def _index_clause(text: SqlText, index: Index) -> dict[str, Any]:
    if text.accept("INCLUDE"):
        return {"include": names(text)}
    if text.accept("NULLS", "NOT", "DISTINCT"):
        return {"nulls_distinct": False}
    if text.accept("NULLS", "DISTINCT"):
        return {}
    if text.accept("WITH"):
        return {"options": tuple(re.sub(r"\s*=\s*", "=", str(part)) for part in text.take_group().items())}
    if text.accept("TABLESPACE"):
        return {"tablespace": text.take_name()}
    text.expect("WHERE")
    return {"condition": text.take_until()}


def index_part(part: SqlText) -> IndexPart:
    """``"title" varchar_pattern_ops DESC NULLS LAST``, ``(LOWER("title")) COLLATE "C"`` and so on."""
    stops = (("COLLATE",), ("ASC",), ("DESC",), ("NULLS",))
    plain = part.next_is_quoted()
    expression = part.take_name() if plain else _expression(part, stops)
    collation = part.take_name() if part.accept("COLLATE") else None
    opclass = part.take_until(*stops) or None
    descending = part.accept("DESC")
    part.accept("ASC")
    first = True if part.accept("NULLS", "FIRST") else (False if part.accept("NULLS", "LAST") else None)
    if first is descending:
        first = None
    return IndexPart(expression, plain, opclass, collation, descending, first)


def _expression(part: SqlText, stops: tuple[tuple[str, ...], ...]) -> str:
    """An expression in its own parentheses, or a bare function call."""
    if part.at_parenthesis():
        return str(part.take_group())
    name = part.take_name()
    return f"{name}({part.take_group()})" if part.at_parenthesis() else name
