"""Django's own DDL, read into tables: the statements that its schema editor prints for the inspected dialect.

Fragments keep Django's text (the database prints checks and conditions in a form that is not stable when read back).
Names that Django leaves to the database are the ones PostgreSQL gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.catalog.django_columns import column
from workbench.catalog.django_constraints import constraint
from workbench.catalog.django_indexes import create_index, create_unique_index
from workbench.catalog.draft import Draft
from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Catalog, Dialect


def read_ddl(statements: Sequence[str], dialect: Dialect) -> Catalog:
    """Tables of the statements, and the statements that define no table.

    ValueError names a statement about a table that it does not understand.
    """
    drafts: dict[str, Draft] = {}
    others = tuple(statement for statement in statements if not _read_statement(statement, drafts, dialect))
    return Catalog(dialect, tuple(draft.table() for draft in drafts.values()), others)


def _read_statement(statement: str, drafts: dict[str, Draft], dialect: Dialect) -> bool:
    if not _DEFINES.match(statement):
        return False
    text = SqlText(statement.strip().rstrip(";"), dialect)
    for words, read in _STATEMENTS:
        if text.accept(*words):
            read(text, drafts, dialect)
            return True
    return False


# other statements may be in a language of their own (the body of a function): they are not read at all
_DEFINES = re.compile(
    r"\s*(CREATE TABLE|CREATE (UNIQUE )?INDEX|COMMENT ON (TABLE|COLUMN)|ALTER TABLE (\"[^\"]+\"|\w+) ADD CONSTRAINT)\b",
    re.I,
)


def _create_table(text: SqlText, drafts: dict[str, Draft], dialect: Dialect) -> None:
    draft = Draft(text.take_name(), dialect)
    drafts[draft.name] = draft
    for item in text.take_group().items():
        if item.next_is_quoted():
            column(item, draft)
        else:
            constraint(item, draft)
    if dialect == "postgres":
        draft.merge_uniques()
    if text.accept("TABLESPACE"):
        draft.tablespace = text.take_name()


def _alter_table(text: SqlText, drafts: dict[str, Draft], dialect: Dialect) -> None:
    draft = drafts[text.take_name()]
    text.expect("ADD")
    constraint(text, draft)


def _comment_on_table(text: SqlText, drafts: dict[str, Draft], dialect: Dialect) -> None:
    draft = drafts[text.take_name()]
    text.expect("IS")
    draft.comment = _string(text)


def _comment_on_column(text: SqlText, drafts: dict[str, Draft], dialect: Dialect) -> None:
    table, _, column = text.take_until(("IS",)).rpartition(".")
    text.expect("IS")
    draft, comment = drafts[_unquoted(table)], _string(text)
    draft.columns = [replace(c, comment=comment) if c.name == _unquoted(column) else c for c in draft.columns]


def _unquoted(name: str) -> str:
    return SqlText(name.strip()).take_name()


def _string(text: SqlText) -> str:
    return text.take_name()


_STATEMENTS: tuple[tuple[tuple[str, ...], Callable[[SqlText, dict[str, Draft], Dialect], None]], ...] = (
    (("CREATE", "TABLE"), _create_table),
    (("ALTER", "TABLE"), _alter_table),
    (("CREATE", "INDEX"), create_index),
    (("CREATE", "UNIQUE", "INDEX"), create_unique_index),
    (("COMMENT", "ON", "TABLE"), _comment_on_table),
    (("COMMENT", "ON", "COLUMN"), _comment_on_column),
)
