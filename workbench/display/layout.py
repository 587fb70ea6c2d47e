"""Lines of text on a grid of characters: widths, wrapping, rules, things side by side."""

from __future__ import annotations

import textwrap
import unicodedata

WIDTH = 120  # columns of a text display, as wide as our own source lines


def width(text: str) -> int:
    """Columns that a line takes in a terminal: wide East Asian characters take two, combining ones none."""
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, right: bool = False) -> str:
    """The text with blanks up to ``columns``; before it where ``right``."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, columns: int) -> list[str]:
    """Lines no longer than ``columns``, broken at blanks where there are any; an empty text is one empty line."""
    pieces = [piece for line in text.split("\n") for piece in (textwrap.wrap(line, max(columns, 1)) or [""])]
    return [part for piece in pieces for part in _chopped(piece, columns)]


def _chopped(text: str, columns: int) -> list[str]:
    """The text cut where its wide characters reach beyond ``columns``: textwrap counts them as narrow."""
    parts, taken = [""], 0
    for character in text:
        taken += _character_width(character)
        if taken > columns and parts[-1]:
            parts.append("")
            taken = _character_width(character)
        parts[-1] += character
    return parts


def rule(caption: str, columns: int) -> str:
    """A horizontal rule that carries a caption."""
    return f"── {caption} ".ljust(columns, "─") if caption else "─" * columns


def beside(blocks: list[list[str]]) -> list[str]:
    """Blocks of lines side by side with rules between them; one below the other where they are wider than a display."""
    widths = [max((width(line) for line in lines), default=0) for lines in blocks]
    if sum(widths) + 3 * (len(blocks) - 1) > WIDTH:
        return stacked(blocks)
    height = max(map(len, blocks), default=0)
    columns = [_filled(lines, columns, height) for lines, columns in zip(blocks, widths, strict=True)]
    return [" │ ".join(parts).rstrip() for parts in zip(*columns, strict=True)]


def _filled(lines: list[str], columns: int, height: int) -> list[str]:
    """The block as a rectangle; a rule on its first line reaches to the block's edge."""
    padded = [line.ljust(columns, "─") if line.startswith("── ") else pad(line, columns) for line in lines]
    return padded + [" " * columns] * (height - len(lines))


def stacked(blocks: list[list[str]]) -> list[str]:
    """Blocks of lines one below the other, an empty line between them."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block] if lines else block
    return lines


def indented(lines: list[str], by: str, first: str | None = None) -> list[str]:
    """Lines moved right by ``by``; ``first`` takes the place of the first line's indent."""
    lead = by if first is None else first
    return [((by if number else lead) + line).rstrip() for number, line in enumerate(lines)]


def column_widths(cells: list[list[str]], available: int) -> list[int]:
    """Widths of a table's columns: as wide as their content, the widest narrowed until all fit."""
    widths = [max(width(line) for cell in column for line in cell.split("\n")) for column in zip(*cells, strict=True)]
    while sum(widths) > available and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths
