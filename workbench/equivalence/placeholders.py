"""Placeholders of the three driver styles, written as one: ``$n`` in PostgreSQL's dialect, ``:pn`` in SQLite's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.errors import SqlglotError

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError

Style: TypeAlias = Literal["format", "dollar", "qmark"]


def numbered(sql: str, dialect: Dialect, style: Style, side: str = "query") -> str:
    """The text with numbered placeholders; in "format" style ``%%`` is a percent sign, as in a driver."""
    count = 0

    def next_number(_: object = None) -> str:
        nonlocal count
        count += 1
        return _PREFIX[dialect] + str(count)

    if style == "format":
        return re.sub(r"%%|%s", lambda m: "%" if m[0] == "%%" else " " + next_number() + " ", sql)
    if style == "qmark":
        return _replace_tokens(sql, dialect, side, lambda word: next_number() if word == "?" else None)
    if dialect == "postgres":
        return _NAME_WITH_DOLLAR.sub(lambda m: f'"{m[0].lower()}"', sql)
    return _replace_tokens(sql, dialect, side, lambda w: ":p" + w[1:] if re.fullmatch(r"\$\d+", w) else None)


# Calcite names columns $f0; PostgreSQL would want quotes. A dollar quote ($tag$) is no such name.
_NAME_WITH_DOLLAR = re.compile(r"(?<![\w$\"'])\$[A-Za-z_]\w*(?![\w$])")
_PREFIX = {"postgres": "$", "sqlite": ":p"}


def style_of(sql: str, bound: bool) -> Style:
    """The style a text is written in, where nobody says: ``%s`` counts only when values come with the text."""
    if re.search(r"\$\d", sql):
        return "dollar"
    if bound and "%s" in sql:
        return "format"
    return "qmark" if bound and "?" in sql else "dollar"


def _replace_tokens(sql: str, dialect: Dialect, side: str, change: Callable[[str], str | None]) -> str:
    try:
        tokens = SqlglotDialect.get_or_raise(dialect).tokenize(sql)
    except SqlglotError as error:
        fact = f"does not parse: {str(error).splitlines()[0]}"
        raise WorkbenchError(
            Diagnostic("query.unreadable", Origin(side), sql[:80], fact, fidelity=Fidelity.ERROR)
        ) from error
    parts, position = [], 0
    for token in tokens:
        written = sql[token.start : token.end + 1]
        new = change(written)
        if new is not None:
            parts += [sql[position : token.start], new]
            position = token.end + 1
    return "".join([*parts, sql[position:]])
