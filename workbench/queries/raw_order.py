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
        tokens = sqlglot.tokenize(sql, dialect=dialect)
    except SqlglotError:
        return None
    given = [_texts(item) for item in _items(tokens)]
    found = [_key(key, columns, given) for key in _keys(tokens)]
    return None if None in found else tuple(key for key in found if key is not None)


_AFTER = (TokenType.LIMIT, TokenType.OFFSET, TokenType.FETCH, TokenType.FOR, TokenType.SEMICOLON)
_INSIDE = {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}


_NAMES = (TokenType.VAR, TokenType.IDENTIFIER)


def _keys(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each key of the last ORDER BY outside of all parentheses."""
    return _parts(tokens, TokenType.ORDER_BY, _AFTER)


def _items(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each entry of the last SELECT list outside of all parentheses."""
    return _parts(tokens, TokenType.SELECT, (TokenType.FROM, TokenType.SEMICOLON))


def _parts(tokens: Sequence[Token], opening: TokenType, closing: Sequence[TokenType]) -> Iterator[list[Token]]:
    """What commas part between the last opening outside of all parentheses and what closes it."""
    depth, start = 0, len(tokens)
    for at, token in enumerate(tokens):
        depth += _INSIDE.get(token.token_type, 0)
        if depth == 0 and token.token_type is opening:
            start = at + 1
    part: list[Token] = []
    for token in tokens[start:]:
        depth += _INSIDE.get(token.token_type, 0)
        if depth == 0 and token.token_type in (*closing, TokenType.COMMA):
            yield part
            part = []
            if token.token_type is not TokenType.COMMA:
                return
        else:
            part.append(token)
    if part:
        yield part


def _texts(tokens: Sequence[Token]) -> tuple[str, ...]:
    """An entry as it is compared: names that are not quoted in small letters."""
    return tuple(t.text if t.token_type is TokenType.IDENTIFIER else t.text.lower() for t in tokens)


def _unqualified(tokens: Sequence[Token], given: Sequence[tuple[str, ...]]) -> Sequence[Token]:
    """``p.id`` as ``id`` where the SELECT list gives that very column: ``p.id`` itself, ``p.*`` or ``*``."""
    if len(tokens) < 3 or tokens[1].token_type is not TokenType.DOT or tokens[2].token_type not in _NAMES:
        return tokens
    column = _texts(tokens[:3])
    whole = (column, (column[0], ".", "*"), ("*",))
    return tokens[2:] if any(entry in whole for entry in given) else tokens


def _key(tokens: Sequence[Token], columns: Sequence[str], given: Sequence[tuple[str, ...]]) -> Key | None:
    first, *rest = _unqualified(tokens, given)
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
