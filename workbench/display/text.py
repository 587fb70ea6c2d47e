"""Pages as plain text: what a terminal, a log and a notebook's ``text/plain`` show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.diagnostic import Diagnostic
from workbench.display.judgement import judgement_blocks
from workbench.display.layout import WIDTH, beside, column_widths, indented, pad, rule, stacked, width, wrap
from workbench.display.marks import SYMBOLS, TONES, badge_text, visible, worst_first
from workbench.display.page import (
    Badge,
    Block,
    Cell,
    Code,
    Columns,
    Details,
    Grid,
    Judgement,
    Listing,
    Notes,
    Page,
    SideBySide,
    Text,
)
from workbench.display.side_by_side import as_grid, legend

Lines = list[str]


def page_text(page: Page) -> str:
    """The page as text; the same page always gives the same text."""
    return "\n".join(stacked([_heading(page), *(_block(block) for block in page.blocks)]))


def _heading(page: Page) -> Lines:
    parts = [visible(page.title), *(visible(badge_text(badge)) for badge in page.badges)]
    if page.origin:
        parts.append(visible(str(page.origin)))
    title = "   ".join(parts)
    return [title, "═" * min(width(title), WIDTH)]


def _block(block: Block) -> Lines:
    return PRINTERS[type(block)](block)


def _blocks(blocks: tuple[Block, ...]) -> Lines:
    return stacked([_block(block) for block in blocks])


def _text(block: Text) -> Lines:
    return wrap(visible(block.text), WIDTH)


def _code(block: Code) -> Lines:
    lines = [line.rstrip() for line in visible(block.text).rstrip("\n").split("\n")]
    caption = visible(" · ".join(part for part in (block.caption, str(block.origin or "")) if part))
    if not caption:
        return lines
    return [rule(caption, min(WIDTH, max(map(width, [*lines, caption + " " * 6])))), *lines]


def _columns(block: Columns) -> Lines:
    return beside([_block(part) for part in block.blocks])


def _badge(block: Badge) -> Lines:
    return [visible(badge_text(block))]


def _grid(block: Grid) -> Lines:
    caption = [rule(visible(block.caption), width(visible(block.caption)) + 6)] if block.caption else []
    more = [f"… and {block.more} more"] if block.more else []
    return [*caption, *_table(block), *more]


def _table(block: Grid) -> Lines:
    cells = [[visible(_cell(cell)) for cell in row] for row in (block.headings, *block.rows)]
    widths = column_widths(cells, WIDTH - 3 * (len(block.headings) - 1))
    right = [_is_number(block.rows, index) for index in range(len(block.headings))]
    heading, *rows = [_row(row, widths, right) for row in cells]
    line = "─┼─".join("─" * columns for columns in widths)
    return [*heading, line, *(line for row in rows for line in row)]


def _row(cells: list[str], widths: list[int], right: list[bool]) -> Lines:
    wrapped = [wrap(cell, columns) for cell, columns in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    columns = [
        [pad(line, columns, is_right) for line in lines + [""] * (height - len(lines))]
        for lines, columns, is_right in zip(wrapped, widths, right, strict=True)
    ]
    return [" │ ".join(parts).rstrip() for parts in zip(*columns, strict=True)]


def _is_number(rows: tuple[tuple[Cell, ...], ...], index: int) -> bool:
    return bool(rows) and all(isinstance(row[index], int) for row in rows)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Badge):
        return badge_text(cell)
    return "" if cell is None else str(cell)


def _judgement(block: Judgement) -> Lines:
    badge, method, *evidence = judgement_blocks(block)
    return stacked([[" ".join(_block(badge) + _block(method))], *(_block(part) for part in evidence)])


def _notes(block: Notes) -> Lines:
    return [line for diagnostic in worst_first(block.diagnostics) for line in _note(diagnostic)]


def _note(diagnostic: Diagnostic) -> Lines:
    head = f"{diagnostic.fidelity.value} [{diagnostic.code}] {diagnostic.place}"
    lines = [f"{diagnostic.thing}: {diagnostic.fact}", *([diagnostic.help] if diagnostic.help else [])]
    told = [piece for line in lines for piece in wrap(visible(line), WIDTH - 4)]
    return indented([visible(head), *told], "    ", f"{SYMBOLS[TONES[diagnostic.fidelity]]} ")


def _details(block: Details) -> Lines:
    if block.brief:
        return wrap(visible(block.summary), WIDTH - 6)
    return [f"▸ {visible(block.summary)}", *indented(_blocks(block.blocks), "  ")]


def _listing(block: Listing) -> Lines:
    leads = [f"{number}. " if block.ordered else "• " for number in range(1, len(block.items) + 1)]
    return [
        line
        for lead, item in zip(leads, block.items, strict=True)
        for line in indented([line for part in item for line in _block(part)], " " * len(lead), lead)
    ]


def _side_by_side(block: SideBySide) -> Lines:
    marks = legend(block)
    return [*_table(as_grid(block)), *(["", marks] if marks else [])]


PRINTERS: dict[type, Callable[[Any], Lines]] = {
    Text: _text,
    Code: _code,
    Columns: _columns,
    Badge: _badge,
    Grid: _grid,
    Judgement: _judgement,
    Notes: _notes,
    Details: _details,
    Listing: _listing,
    SideBySide: _side_by_side,
}
