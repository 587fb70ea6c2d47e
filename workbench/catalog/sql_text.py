"""Reading SQL definitions without changing them: tokens by sqlglot, fragments as slices of the original text."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.tokenizer_core import Token, TokenType

_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET}


class SqlText:
    """A cursor over one SQL text. ``take_*`` move it; a ValueError names the text where something else stood."""

    def __init__(self, text: str, dialect: str = "postgres", tokens: Sequence[Token] | None = None) -> None:
        self._text = text
        self._dialect = dialect
        self._tokens = list(SqlglotDialect.get_or_raise(dialect).tokenize(text) if tokens is None else tokens)
        self._at = 0

    def __bool__(self) -> bool:
        """Whether anything is left."""
        return self._at < len(self._tokens)

    def __str__(self) -> str:
        """The text that is left."""
        return self._slice(self._at, len(self._tokens))

    def sees(self, *words: str) -> bool:
        """Whether the next tokens are these words (keywords, unquoted, any case)."""
        ahead = self._tokens[self._at : self._at + len(words)]
        return len(ahead) == len(words) and all(self._is(t, w) for t, w in zip(ahead, words, strict=True))

    def accept(self, *words: str) -> bool:
        """Take these words where they stand next."""
        seen = self._sees_flat(words)
        if seen:
            self._at += seen
        return bool(seen)

    def expect(self, *words: str) -> None:
        """Take these words; ValueError where they do not stand next."""
        if not self.accept(*words):
            raise ValueError(f"expected {' '.join(words)} at: {self}")

    def take_name(self) -> str:
        """Take one identifier, quoted or not, and its schema if it has one (which is dropped)."""
        if not self:
            raise ValueError(f"expected a name at the end of: {self._text}")
        token = self._tokens[self._at]
        self._at += 1
        if self and self._tokens[self._at].token_type == TokenType.DOT:
            self._at += 1
            return self.take_name()
        return token.text

    def next_is_quoted(self) -> bool:
        """Whether the next token is a quoted identifier."""
        return bool(self) and self._tokens[self._at].token_type == TokenType.IDENTIFIER

    def at_parenthesis(self) -> bool:
        """Whether an opening parenthesis stands next."""
        return bool(self) and self._tokens[self._at].token_type == TokenType.L_PAREN

    def take_group(self) -> SqlText:
        """Take a parenthesised group; its content."""
        if not self.at_parenthesis():
            raise ValueError(f"expected ( at: {self}")
        end = self._closing(self._at)
        inner = self._tokens[self._at + 1 : end]
        self._at = end + 1
        return SqlText(self._text, self._dialect, inner)

    def take_until(self, *stops: tuple[str, ...], at_least: int = 0) -> str:
        """Take everything up to the first of the stop phrases outside parentheses; the text taken."""
        start = self._at
        while self:
            if self._at - start >= at_least and any(self._sees_flat(stop) for stop in stops):
                break
            opens = self._tokens[self._at].token_type in _OPENING
            self._at = self._closing(self._at) + 1 if opens else self._at + 1
        return self._slice(start, self._at)

    def items(self) -> list[SqlText]:
        """What is left, split at the commas outside parentheses."""
        parts: list[SqlText] = []
        start = at = self._at
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.token_type == TokenType.COMMA:
                parts.append(SqlText(self._text, self._dialect, self._tokens[start:at]))
                start = at + 1
            at = self._closing(at) + 1 if token.token_type in _OPENING else at + 1
        if start < len(self._tokens):
            parts.append(SqlText(self._text, self._dialect, self._tokens[start:]))
        return parts

    def _sees_flat(self, words: Sequence[str]) -> int:
        """How many tokens ahead spell these words (sqlglot joins some keywords into one token), or 0."""
        wanted, built = " ".join(words).upper(), ""
        for count, token in enumerate(self._tokens[self._at :], 1):
            if token.token_type in (TokenType.IDENTIFIER, TokenType.STRING):
                return 0
            built = f"{built} {' '.join(token.text.upper().split())}".strip()
            if built == wanted:
                return count
            if not wanted.startswith(built + " "):
                return 0
        return 0

    def _is(self, token: Token, word: str) -> bool:
        return token.token_type not in (TokenType.IDENTIFIER, TokenType.STRING) and token.text.upper() == word.upper()

    def _closing(self, at: int) -> int:
        depth = 0
        for index in range(at, len(self._tokens)):
            kind = self._tokens[index].token_type
            depth += (kind in _OPENING) - (kind in _CLOSING)
            if depth == 0:
                return index
        raise ValueError(f"unbalanced parentheses in: {self._text}")

    def _slice(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        return self._text[self._tokens[start].start : self._tokens[end - 1].end + 1]
