"""SQL on lines of readable length: only white space is added, so what is shown is what was executed."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

WIDTH = 56  # two statements fit beside each other
INDENT = "  "

_CLAUSES = {
    TokenType.FROM,
    TokenType.WHERE,
    TokenType.GROUP_BY,
    TokenType.HAVING,
    TokenType.ORDER_BY,
    TokenType.LIMIT,
    TokenType.OFFSET,
    TokenType.UNION,
    TokenType.INTERSECT,
    TokenType.EXCEPT,
    TokenType.FOR,
}
_JOINS = {TokenType.JOIN, TokenType.INNER, TokenType.LEFT, TokenType.RIGHT, TokenType.FULL, TokenType.CROSS}
_OPENING = {TokenType.INNER, TokenType.LEFT, TokenType.RIGHT, TokenType.FULL, TokenType.CROSS, TokenType.OUTER}


def sql_lines(sql: str, dialect: str = "postgres") -> str:
    """The statement with a line a clause, subqueries indented; as it is where it cannot be tokenized."""
    try:
        tokens = sqlglot.tokenize(sql, read=dialect)
    except SqlglotError:
        return sql
    creates = [token.token_type for token in tokens[:2]] == [TokenType.CREATE, TokenType.TABLE]
    return "".join(_table_pieces(sql, tokens) if creates else _pieces(sql, tokens)).strip()


def _table_pieces(sql: str, tokens: list[Token]) -> Iterator[str]:
    """CREATE TABLE with a line a column and a constraint."""
    depth, end, fresh = 0, 0, False
    for token in tokens:
        depth -= token.token_type is TokenType.R_PAREN
        closes = token.token_type is TokenType.R_PAREN and depth == 0
        gap = "\n" + ("" if closes else INDENT) if closes or fresh else sql[end : token.start]
        yield gap + sql[token.start : token.end + 1]
        depth += token.token_type is TokenType.L_PAREN
        fresh = depth == 1 and token.token_type in (TokenType.L_PAREN, TokenType.COMMA)
        end = token.end + 1
    yield sql[end:]


def _pieces(sql: str, tokens: list[Token]) -> Iterator[str]:
    """The text between and of the tokens; blanks before a clause, an ON or an item too long become a new line."""
    queries: list[bool] = [True]  # for each open parenthesis: does a query stand in it?
    end, width, joined = 0, 0, False
    for number, token in enumerate(tokens):
        before = tokens[number - 1].token_type if number else None
        continues = (joined and token.token_type is TokenType.ON) or (
            before is TokenType.COMMA and width + _item_length(tokens[number:]) > WIDTH
        )
        breaks = queries[-1] and (_starts_clause(token, before) or continues)
        gap = "\n" + INDENT * (sum(queries) - 1 + continues) if breaks and number else sql[end : token.start]
        text = sql[token.start : token.end + 1]
        width = len(gap) - 1 + len(text) if breaks else width + len(gap) + len(text)
        yield gap + text
        end = token.end + 1
        joined = token.token_type is not TokenType.ON and (joined or token.token_type in _JOINS)
        _track(queries, token, tokens[number + 1 : number + 2])
    yield sql[end:]


def _item_length(tokens: list[Token]) -> int:
    """Characters up to the comma, the clause or the parenthesis that ends an item of a list."""
    depth = 0
    for token in tokens:
        depth += (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)
        if depth < 0 or (depth == 0 and (token.token_type is TokenType.COMMA or token.token_type in _CLAUSES)):
            return token.start - tokens[0].start
    return tokens[-1].end - tokens[0].start


def _starts_clause(token: Token, before: TokenType | None) -> bool:
    if token.token_type is TokenType.FROM:
        return before is not TokenType.DISTINCT  # IS DISTINCT FROM
    if token.token_type in _JOINS:
        return before not in _OPENING
    return token.token_type in _CLAUSES


def _track(queries: list[bool], token: Token, following: list[Token]) -> None:
    if token.token_type is TokenType.L_PAREN:
        queries.append(bool(following) and following[0].token_type in (TokenType.SELECT, TokenType.WITH))
    elif token.token_type is TokenType.R_PAREN and len(queries) > 1:
        queries.pop()
