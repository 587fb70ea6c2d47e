"""Two statements side by side: marks beside colours, and of changed clauses the words that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from workbench.display.page import Clause, Grid, Pairing, SideBySide

# fullwidth signs: the ASCII ones are part of SQL
MARKS = {"same": "", "changed": "≠", "moved": "⇄", "left only": "－", "right only": "＋"}

_WORD = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\w+(?:\.\w+)*|\s+|[<>=!|]+|.""", re.DOTALL)

INDENT = "  "


def legend(block: SideBySide) -> str:
    """What the marks in use say; nothing where none is."""
    words = {
        "changed": "changed",
        "moved": "moved",
        "left only": f"only in {block.left}",
        "right only": f"only in {block.right}",
    }
    used = {pairing.change for pairing in block.pairings}
    return " · ".join(f"{MARKS[change]} {word}" for change, word in words.items() if change in used)


def as_grid(block: SideBySide) -> Grid:
    """The rows for a display of characters: both sides with the mark between them."""
    rows = tuple((_line(one.left), MARKS[one.change], _line(one.right)) for one in block.pairings)
    return Grid((block.left, "", block.right), rows)


def _line(clause: Clause | None) -> str:
    return INDENT * clause.depth + f"{clause.word} {clause.text}".strip() if clause else ""


def changed_words(pairing: Pairing) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts in runs, each with whether it changed; whole where the clauses say the same, or where one lacks."""
    texts = [side.text if side else "" for side in (pairing.left, pairing.right)]
    if pairing.change != "changed" or not all(texts):
        return [(False, texts[0])], [(False, texts[1])]
    words = [_WORD.findall(text) for text in texts]
    codes = SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes()
    left = [(tag != "equal", "".join(words[0][i:j])) for tag, i, j, _, _ in codes]
    right = [(tag != "equal", "".join(words[1][i:j])) for tag, _, _, i, j in codes]
    return list(_held(left)), list(_held(right))


def _held(runs: list[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    return ((changed, text) for changed, text in runs if text)
