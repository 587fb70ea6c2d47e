"""Static displays: a result describes itself as a page, and printers turn the page into text and HTML."""

from workbench.display.displayed import Displayed, Shown
from workbench.display.html import page_html
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
from workbench.display.text import page_text
from workbench.display.wire_text import wire_text

__all__ = [
    "Badge",
    "Block",
    "Cell",
    "Clause",
    "Code",
    "Columns",
    "Details",
    "Displayed",
    "Grid",
    "Judgement",
    "Listing",
    "Notes",
    "Page",
    "Pairing",
    "Shown",
    "SideBySide",
    "Text",
    "page_html",
    "page_text",
    "wire_text",
]
