"""Source text as HTML in six colours: few classes, so that a notebook's outputs outlive a new release of Pygments."""

from __future__ import annotations

from html import escape
from itertools import groupby

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token, _TokenType

from workbench.display.marks import visible

_LEXERS = {"python": "python", "typescript": "typescript", "sql": "postgresql", "text": "text"}

# the first that contains a token's type is its class; the letters are those of Pygments' own style sheets
_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (String.Name, ""),  # SQL's quoted identifiers
    (String, "s"),
    (Number, "m"),
    (Keyword.Type, ""),  # Pygments takes every value of a TypeScript object for one
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Decorator, "d"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Builtin, "b"),
    (Token, ""),
)


def highlighted(text: str, language: str) -> str:
    """Escaped HTML of the text; tokens in ``<span class="…">`` of the classes above."""
    tokens = list(lex(visible(text), _lexer(language)))
    before = ["", *(value for _, value in tokens)]
    classed = ((_class(kind, value, last), value) for (kind, value), last in zip(tokens, before, strict=False))
    runs = ((name, "".join(value for _, value in run)) for name, run in groupby(classed, key=lambda token: token[0]))
    return "".join(_span(name, value) for name, value in runs).rstrip("\n")


def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(_LEXERS[language], stripnl=False, ensurenl=False)


def _class(kind: _TokenType, value: str, before: str) -> str:
    if value == ".":
        return ""  # between two quoted names Pygments takes it for a number
    if before == "." and Keyword in kind.split():
        return ""  # a column or a method that is called like a keyword
    return next(name for known, name in _CLASSES if known in kind.split())


def _span(name: str, value: str) -> str:
    text = escape(value, quote=False)
    return f'<span class="{name}">{text}</span>' if name and value.strip() else text
