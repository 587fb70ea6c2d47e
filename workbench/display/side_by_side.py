"""Two statements side by side: marks beside colours, and of changed clauses the words that changed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TypeAlias

from workbench.display.page import Clause, Grid, SideBySide

# a real minus sign, of the plus sign's width
MARKS = {"same": "", "changed": "≠", "moved": "⇄", "left only": "−", "right only": "+"}

_WORD = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\w+(?:\.\w+)*|\s+|[<>=!|]+|.""", re.DOTALL)

INDENT = "  "

Runs: TypeAlias = list[tuple[bool, str]]


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
    return INDENT * clause.depth + whole(clause) if clause else ""


def whole(clause: Clause) -> str:
    """The clause as it is written: its word and its text."""
    return f"{clause.word} {clause.text}".strip()


def changed_words(left: Clause, right: Clause) -> tuple[Runs, Runs]:
    """Both clauses in runs of text, each with whether it changed."""
    words = [_WORD.findall(whole(clause)) for clause in (left, right)]
    codes = SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes()
    ours = [(tag != "equal", "".join(words[0][i:j])) for tag, i, j, _, _ in codes]
    theirs = [(tag != "equal", "".join(words[1][i:j])) for tag, _, _, i, j in codes]
    return _held(ours), _held(theirs)


def _held(runs: Runs) -> Runs:
    return [(changed, text) for changed, text in runs if text]
