"""The clauses of a SELECT: each reaches up to the next one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import sqlglot
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from workbench.display.linking.clauses import join
from workbench.display.page import Link

_WORDS = {
    TokenType.SELECT: "select",
    TokenType.FROM: "from",
    TokenType.WHERE: "where",
    TokenType.GROUP_BY: "group",
    TokenType.HAVING: "having",
    TokenType.ORDER_BY: "order",
    TokenType.LIMIT: "limit",
    TokenType.OFFSET: "limit",
    TokenType.FOR: "lock",
}
_SIDES = {TokenType.INNER, TokenType.LEFT, TokenType.RIGHT, TokenType.FULL, TokenType.CROSS, TokenType.OUTER}
_SEVERAL = {TokenType.UNION, TokenType.INTERSECT, TokenType.EXCEPT, TokenType.WITH}


def sql_links(text: str) -> Iterator[Link]:
    """The clauses of the outermost SELECT; nothing for set operations, whose clauses belong to several."""
    try:
        tokens = sqlglot.tokenize(text, read="postgres")
    except SqlglotError:
        return
    outer = [token for token, depth in _with_depth(tokens) if depth == 0]
    if not outer or outer[0].token_type is not TokenType.SELECT or any(t.token_type in _SEVERAL for t in outer):
        return
    starts = [*_starts(outer), (tokens[-1].end + 1, ())]
    for (start, names), (following, _) in pairwise(starts):
        yield Link(start, start + len(text[start:following].rstrip()), names)


def _with_depth(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    depth = 0
    for token in tokens:
        depth -= token.token_type is TokenType.R_PAREN
        yield token, depth
        depth += token.token_type is TokenType.L_PAREN


def _starts(outer: list[Token]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where each clause begins, and its names."""
    joins, before = 0, None
    for token in outer:
        kind = token.token_type
        if (kind in _SIDES or kind is TokenType.JOIN) and before not in _SIDES:
            joins += 1
            yield token.start, join(joins)
        elif kind in _WORDS and before is not TokenType.DISTINCT:  # IS DISTINCT FROM
            yield token.start, (_WORDS[kind],)
        before = kind
