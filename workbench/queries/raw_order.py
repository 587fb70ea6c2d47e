"""The ORDER BY that ends SQL written by hand, where it names columns of the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import Token, TokenType
from sqlglot.errors import SqlglotError


@dataclass(frozen=True)
class Key:
    """One key of the order: a column of the result, its direction, and where NULLs are told to go."""

    column: str
    descending: bool = False
    nulls: str = ""  # "FIRST", "LAST"; "" where the text does not say


def order_of(sql: str, dialect: str, columns: Sequence[str]) -> tuple[Key, ...] | None:
    """The keys, first to last; () where the text has no ORDER BY of its own, None where one is no column of the result.

    ``columns``: the names of the result's columns.
    """
    try:
        keys = list(_keys(sqlglot.tokenize(sql, dialect=dialect)))
    except SqlglotError:
        return None
    found = [_key(tokens, columns) for tokens in keys]
    return None if None in found else tuple(key for key in found if key is not None)


_AFTER = (TokenType.LIMIT, TokenType.OFFSET, TokenType.FETCH, TokenType.FOR, TokenType.SEMICOLON)
_INSIDE = {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}


def _keys(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each key of the last ORDER BY outside of all parentheses."""
    depth, start = 0, len(tokens)
    for at, token in enumerate(tokens):
        depth += _INSIDE.get(token.token_type, 0)
        if depth == 0 and token.token_type is TokenType.ORDER_BY:
            start = at + 1
    key: list[Token] = []
    for token in tokens[start:]:
        depth += _INSIDE.get(token.token_type, 0)
        if depth == 0 and token.token_type in (*_AFTER, TokenType.COMMA):
            yield key
            key = []
            if token.token_type is not TokenType.COMMA:
                return
        else:
            key.append(token)
    if key:
        yield key


def _key(tokens: Sequence[Token], columns: Sequence[str]) -> Key | None:
    first, *rest = tokens
    column = _column(first, columns)
    words = [token.text.upper() for token in rest]
    descending = words[:1] == ["DESC"]
    words = words[1:] if words[:1] in (["ASC"], ["DESC"]) else words
    if column is None or (words and (words[0] != "NULLS" or words[1:] not in (["FIRST"], ["LAST"]))):
        return None
    return Key(column, descending, words[1] if words else "")


def _column(token: Token, columns: Sequence[str]) -> str | None:
    """The column that a name or a number means."""
    if token.token_type is TokenType.NUMBER and token.text.isdigit() and 0 < int(token.text) <= len(columns):
        return columns[int(token.text) - 1]
    quoted = token.token_type is TokenType.IDENTIFIER
    wanted = token.text if quoted else token.text.lower()
    return next((each for each in columns if (each if quoted else each.lower()) == wanted), None)
