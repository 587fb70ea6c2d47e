"""Source text as HTML in six colours: few classes, so that a notebook's outputs outlive a new release of Pygments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TypeAlias

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token, _TokenType

from workbench.display.marks import visible
from workbench.display.page import Link

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


Run: TypeAlias = tuple[str, str]  # a class, or "", and a piece of text


def highlighted(text: str, language: str, links: Sequence[Link] = ()) -> str:
    """Escaped HTML of the text; tokens in ``<span class="…">`` of the classes above, linked parts around them."""
    if not links:
        return "".join(_span(*run) for run in _runs(text, language)).rstrip("\n")
    cuts = sorted({place for link in links for place in (link.start, link.end)} - {0})
    names = {link.start: link.names for link in links}
    parts = _cut(list(_runs(text, language)), cuts)
    return "".join(_part(runs, names.get(start, ())) for start, runs in parts).rstrip("\n")


def _runs(text: str, language: str) -> Iterator[Run]:
    """The text in pieces, each of one class."""
    tokens = list(lex(visible(text), _lexer(language)))
    before = ["", *(value for _, value in tokens)]
    classed = ((_class(kind, value, last), value) for (kind, value), last in zip(tokens, before, strict=False))
    return ((name, "".join(value for _, value in run)) for name, run in groupby(classed, key=lambda token: token[0]))


def _cut(runs: list[Run], cuts: list[int]) -> Iterator[tuple[int, list[Run]]]:
    """The pieces between these places, each part with the place that it begins at."""
    text = "".join(value for _, value in runs)
    classes = [name for name, value in runs for _ in value]
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        pairs = groupby(zip(classes[start:end], text[start:end], strict=True), key=lambda pair: pair[0])
        yield start, [(name, "".join(character for _, character in run)) for name, run in pairs]


def _part(runs: list[Run], names: Sequence[str]) -> str:
    html = "".join(_span(*run) for run in runs)
    return f'<span class="wb-link {" ".join(f"wb-c-{name}" for name in names)}">{html}</span>' if names else html


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
