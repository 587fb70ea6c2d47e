"""A statement's text cut at its own clauses and commas; parentheses hide what is inside of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from sqlglot import Token, TokenType
from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.errors import SqlglotError

from workbench.equivalence.refusal import first_line, refuse, title

_OPENING = {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1, TokenType.L_BRACKET: 1, TokenType.R_BRACKET: -1}


@dataclass(frozen=True)
class Words:
    """Consecutive tokens of a text."""

    source: str
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The tokens as written."""
        return self.source[self.tokens[0].start : self.tokens[-1].end + 1] if self.tokens else ""

    def starts(self, *words: str) -> bool:
        """Whether the tokens begin with these words."""
        return tuple(map(_word, self.tokens[: len(words)])) == words

    def after(self, count: int) -> Words:
        """The tokens without the first ones."""
        return Words(self.source, self.tokens[count:])

    def name(self) -> str:
        """The identifier that ends the tokens: of ``"t"."c"`` it is c."""
        return self.tokens[-1].text

    def inside(self) -> Words:
        """The tokens between the first parenthesis and its partner."""
        first = next(i for i, token in enumerate(self.tokens) if token.token_type == TokenType.L_PAREN)
        inner = takewhile(lambda pair: pair[1] > 0, zip(self.tokens[first:], _depths(self.tokens[first:]), strict=True))
        return Words(self.source, tuple(token for token, _ in inner)[1:-1])

    def split(self, *words: str) -> list[Words]:
        """The parts before, between and after top-level tokens with one of these texts, the words left out."""
        parts: list[list[Token]] = [[]]
        for token, depth in zip(self.tokens, _depths(self.tokens), strict=True):
            if depth == 0 and _word(token) in words:
                parts.append([])
            else:
                parts[-1].append(token)
        return [Words(self.source, tuple(part)) for part in parts]

    def clauses(self, *words: str) -> dict[str, Words]:
        """Top-level clauses by the word that opens each; "" is what comes before the first. The word is left out."""
        found: dict[str, list[Token]] = {"": []}
        current = ""
        for token, depth in zip(self.tokens, _depths(self.tokens), strict=True):
            if depth == 0 and _word(token) in words and _word(token) not in found:
                current = _word(token)
                found[current] = []
            else:
                found[current].append(token)
        return {word: Words(self.source, tuple(tokens)) for word, tokens in found.items()}


def words(sql: str, dialect: str, side: str) -> Words:
    """The tokens of a statement; WorkbenchError where it has none."""
    try:
        return Words(sql, tuple(SqlglotDialect.get_or_raise(dialect).tokenize(sql)))
    except SqlglotError as error:
        raise refuse(side, title(sql), f"does not parse: {first_line(error)}") from error


def _word(token: Token) -> str:
    """The keyword or mark that a token is; "" for what is quoted: a table may be called "select"."""
    return "" if token.token_type in (TokenType.IDENTIFIER, TokenType.STRING) else token.text.upper()


def _depths(tokens: Sequence[Token]) -> Iterator[int]:
    """How many parentheses are open around each token; a parenthesis itself stands inside of its pair."""
    depth = 0
    for token in tokens:
        step = _OPENING.get(token.token_type, 0)
        if step > 0:
            depth += step
            yield depth
        else:
            yield depth
            depth += step
