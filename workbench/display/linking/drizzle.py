"""The calls of a chain on ``db``: each says a clause."""

from __future__ import annotations

from collections.abc import Iterator

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, String

from workbench.display.linking.clauses import join
from workbench.display.page import Link

_CLAUSES: dict[str, tuple[str, ...]] = {
    "select": ("select",),
    "selectDistinct": ("select",),
    "selectDistinctOn": ("select",),
    "$count": ("select", "from", "where"),
    "from": ("from",),
    "where": ("where",),
    "groupBy": ("group",),
    "having": ("having",),
    "orderBy": ("order",),
    "limit": ("limit",),
    "offset": ("limit",),
    "for": ("lock",),
}
_JOINS = {"leftJoin", "rightJoin", "innerJoin", "fullJoin", "crossJoin"}


def drizzle_links(text: str) -> Iterator[Link]:
    """The calls of the outermost chain, the last one where there are several."""
    joins = 0
    for start, method, end in _calls(list(_lexemes(text))):
        joins += method in _JOINS
        names = join(joins) if method in _JOINS else _CLAUSES.get(method, ())
        if names:
            yield Link(start, end, names)


def _lexemes(text: str) -> Iterator[tuple[int, str, int]]:
    """Place, text and depth in brackets of what is neither blank, text nor comment."""
    depth = 0
    for place, kind, value in get_lexer_by_name("typescript").get_tokens_unprocessed(text):
        if not value.strip() or {String, Comment} & set(kind.split()):
            continue
        depth -= value in (")", "]", "}")
        yield place, value, depth
        depth += value in ("(", "[", "{")


def _calls(lexemes: list[tuple[int, str, int]]) -> Iterator[tuple[int, str, int]]:
    """Where each call begins (at its dot), its method, and where it ends."""
    begins = [(-depth, number) for number, (_, value, depth) in enumerate(lexemes) if value == "db"]
    if not begins:
        return
    level, at = max(begins)
    while [value for _, value, _ in lexemes[at + 1 : at + 4]][::2] == [".", "("]:
        closing = next((n for n in range(at + 4, len(lexemes)) if lexemes[n][1:] == (")", -level)), None)
        if closing is None:
            return
        yield lexemes[at + 1][0], lexemes[at + 2][1], lexemes[closing][0] + 1
        at = closing
