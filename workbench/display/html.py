"""Pages as static HTML: one element with its own style sheet, no script, legible where style sheets are stripped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, Origin
from workbench.display.highlight import highlighted
from workbench.display.judgement import judgement_blocks
from workbench.display.marks import TONES, badge_text, visible, worst_first
from workbench.display.page import (
    Badge,
    Block,
    Cell,
    Clause,
    Code,
    Columns,
    Details,
    Grid,
    Judgement,
    Listing,
    Notes,
    Page,
    Pairing,
    SideBySide,
    Text,
)
from workbench.display.side_by_side import INDENT, MARKS, Runs, changed_words, legend, whole


def page_html(page: Page) -> str:
    """The page as one element; the same page always gives the same bytes."""
    return f'<div class="wb"><style>{style_sheet()}</style>\n{_heading(page)}\n{_blocks(page.blocks)}\n</div>'


@cache
def style_sheet() -> str:
    """The rules of ``display.css`` without comments and line breaks."""
    source = Path(__file__).with_name("display.css").read_text(encoding="utf-8")
    return re.sub(r"\s*([{}:;,>])\s*", r"\1", re.sub(r"/\*.*?\*/|\n", " ", source, flags=re.DOTALL)).strip()


def _heading(page: Page) -> str:
    parts = [f"<strong>{_escaped(page.title)}</strong>", *map(_badge, page.badges), _origin(page.origin)]
    return f'<p class="wb-title">{" ".join(part for part in parts if part)}</p>'


def _block(block: Block) -> str:
    return PRINTERS[type(block)](block)


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n".join(_block(block) for block in blocks)


def _escaped(text: str) -> str:
    return escape(visible(text))


def _origin(origin: Origin | None) -> str:
    return f'<code class="wb-where">{_escaped(str(origin))}</code>' if origin else ""


def _text(block: Text) -> str:
    return f"<p>{_escaped(block.text)}</p>"


def _code(block: Code) -> str:
    caption = " ".join(part for part in (_caption(block.caption), _origin(block.origin)) if part)
    head = f'<div class="wb-caption">{caption}</div>' if caption else ""
    source = highlighted(block.text.rstrip("\n"), block.language, block.links)
    return f'<div class="wb-code">{head}<pre class="wb-{block.language}"><code>{source}</code></pre></div>'


def _caption(caption: str) -> str:
    return f"<b>{_escaped(caption)}</b>" if caption else ""


def _columns(block: Columns) -> str:
    cells = "\n".join(f"<div>{_block(part)}</div>" for part in block.blocks)
    return f'<div class="wb-columns">{cells}</div>'


def _badge(block: Badge) -> str:
    return f'<span class="wb-badge wb-{block.tone}">{_escaped(badge_text(block))}</span>'


def _grid(block: Grid) -> str:
    caption = f"<caption>{_escaped(block.caption)}</caption>" if block.caption else ""
    headings = "".join(f'<th scope="col">{_escaped(heading)}</th>' for heading in block.headings)
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
    more = f"<p>… and {block.more} more</p>" if block.more else ""
    table = f"<table>{caption}<thead><tr>{headings}</tr></thead>\n<tbody>{rows}</tbody></table>"
    return f'<div class="wb-grid">{table}{more}</div>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, Badge):
        return f"<td>{_badge(cell)}</td>"
    if isinstance(cell, Origin):
        return f"<td>{_origin(cell)}</td>"
    number = ' class="wb-number"' if isinstance(cell, int) else ""
    return f"<td{number}>{'' if cell is None else _escaped(str(cell))}</td>"


def _judgement(block: Judgement) -> str:
    badge, method, *evidence = judgement_blocks(block)
    word = f"<p>{_block(badge)} {_escaped(method.text)}</p>" if isinstance(method, Text) else _block(badge)
    return f'<div class="wb-judgement">{word}\n{_blocks(evidence)}</div>'


def _notes(block: Notes) -> str:
    items = "\n".join(_note(diagnostic) for diagnostic in worst_first(block.diagnostics))
    return f'<ul class="wb-notes">{items}</ul>'


def _note(diagnostic: Diagnostic) -> str:
    badge = _badge(Badge(diagnostic.fidelity.value, TONES[diagnostic.fidelity]))
    help_ = f"<br><i>{_escaped(diagnostic.help)}</i>" if diagnostic.help else ""
    place = f'{_origin(diagnostic.place)} <code class="wb-where">[{_escaped(diagnostic.code)}]</code>'
    return f"<li>{badge} <b>{_escaped(diagnostic.thing)}</b>: {_escaped(diagnostic.fact)} {place}{help_}</li>"


def _details(block: Details) -> str:
    opened = " open" if block.open else ""
    return f"<details{opened}><summary>{_escaped(block.summary)}</summary>\n{_blocks(block.blocks)}</details>"


def _listing(block: Listing) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "\n".join(f"<li>{_blocks(item)}</li>" for item in block.items)
    return f"<{tag}>{items}</{tag}>"


def _side_by_side(block: SideBySide) -> str:
    """A row a pair: the pointer on either clause lights both, by a rule of the style sheet."""
    sides = f'<th scope="col">{_escaped(block.left)}</th><th></th><th scope="col">{_escaped(block.right)}</th>'
    rows = "\n".join(map(_pairing, block.pairings))
    marks = f'<p class="wb-legend">{_escaped(legend(block))}</p>' if legend(block) else ""
    return f'<div class="wb-diff"><table><thead><tr>{sides}</tr></thead>\n<tbody>{rows}</tbody></table>{marks}</div>'


def _pairing(pairing: Pairing) -> str:
    mark = f'<td class="wb-mark">{MARKS[pairing.change]}</td>'
    kind = pairing.change.replace(" ", "-")
    return f'<tr class="wb-{kind}">{mark.join(_clauses(pairing))}</tr>'


def _clauses(pairing: Pairing) -> tuple[str, str]:
    """The cells of both sides; where they changed, with the words that did."""
    left, right = pairing.left, pairing.right
    if left is None or right is None or pairing.change != "changed":
        ours, theirs = (_cell_of(side, [(False, whole(side))]) if side else "<td></td>" for side in (left, right))
        return ours, theirs
    runs = changed_words(left, right)
    return _cell_of(left, runs[0]), _cell_of(right, runs[1])


def _cell_of(clause: Clause, runs: Runs) -> str:
    text = "".join(_run(changed, highlighted(text, "sql")) for changed, text in runs)
    return f"<td><pre>{INDENT * clause.depth}{text}</pre></td>"


def _run(changed: bool, text: str) -> str:
    return f"<mark>{text}</mark>" if changed else text


PRINTERS: dict[type, Callable[[Any], str]] = {
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
