"""What a display is made of: a small tree of blocks that the text and the HTML printer both know in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from workbench.diagnostic import Diagnostic, Origin
from workbench.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a text, from ``start`` up to ``end``, that says these clauses of a query."""

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Source text with a caption; ``language`` is "python", "typescript", "sql" or "text".

    ``links`` are in the order of the text and do not overlap.
    """

    text: str
    language: str
    caption: str = ""
    origin: Origin | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side (one below the other where the page is narrow, and in text)."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A short status, told by symbol and word, never by colour alone. ``tone``: good, bad, unknown, note."""

    text: str
    tone: str = "note"


Cell: TypeAlias = "str | int | Badge | Origin | None"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    more: int = 0  # rows left out


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its evidence: proof steps, witness, or what was tried. ``left`` and ``right`` name the sides."""

    verdict: Verdict
    left: str = "Django"
    right: str = "Drizzle"


@dataclass(frozen=True, slots=True)
class Notes:
    """Diagnostics, worst first."""

    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks behind a summary line: folded in HTML, indented in text; ``brief`` leaves text with the summary alone."""

    summary: str
    blocks: tuple[Block, ...]
    open: bool = False
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items, each of one or more blocks; numbered where ``ordered``."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a statement: the clause it stands in ("WHERE"), its text, and how deep its query stands in others."""

    word: str
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Pairing:
    """A clause and its counterpart; ``change``: same, moved, changed, left only, right only."""

    left: Clause | None
    right: Clause | None
    change: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two statements clause by clause, each beside its counterpart. ``left`` and ``right`` name the sides."""

    pairings: tuple[Pairing, ...]
    left: str
    right: str


Block: TypeAlias = "Text | Code | Columns | Badge | Grid | Judgement | Notes | Details | Listing | SideBySide"


@dataclass(frozen=True, slots=True)
class Page:
    """One result's whole display."""

    title: str
    blocks: tuple[Block, ...]
    badges: tuple[Badge, ...] = ()
    origin: Origin | None = None
