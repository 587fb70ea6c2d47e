"""Pages print as the files beside them say, and every printer knows every block."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from pages import EXPECTED, HOSTILE, PAGES, printed

from workbench.display import Badge, Displayed, Page, html, page, page_html, text
from workbench.display.layout import WIDTH, width


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_a_page_prints_as_expected(name: str, suffix: str) -> None:
    assert printed(PAGES[name])[suffix] == (EXPECTED / (name + suffix)).read_text(encoding="utf-8")


def test_the_printers_know_every_block() -> None:
    blocks = {getattr(page, name.strip()) for name in page.Block.split("|")}
    assert set(text.PRINTERS) == set(html.PRINTERS) == blocks


def test_every_block_and_every_cell_is_in_a_page() -> None:
    shown = repr(PAGES)
    assert [kind.__name__ for kind in text.PRINTERS if f"{kind.__name__}(" not in shown] == []


@pytest.mark.parametrize("name", [name for name in PAGES if name != "hostile"])
def test_lines_fit_a_display(name: str) -> None:
    assert max(width(line) for line in printed(PAGES[name])[".txt"].splitlines()) <= WIDTH


class Elements(HTMLParser):
    """Elements seen, their attributes, and whether every one was closed in its order."""

    void = ("br",)

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", PAGES)
def test_html_is_well_formed_and_holds_no_script(name: str) -> None:
    elements = Elements()
    elements.feed(page_html(PAGES[name]))
    assert elements.open == []
    assert {tag for tag, _ in elements.seen}.isdisjoint({"script", "link", "iframe", "img", "a"})
    assert {attribute for _, attributes in elements.seen for attribute, _ in attributes} <= {"class", "scope", "open"}


def test_a_projects_text_reaches_neither_terminal_nor_browser_as_control() -> None:
    forms = printed(PAGES["hostile"])
    assert "\x1b" not in "".join(forms.values())
    assert "<script" not in forms[".html"]
    assert forms[".html"].count("&lt;script&gt;") >= HOSTILE.count("<script>") * 9


def test_colours_come_from_jupyterlab_and_have_fallbacks() -> None:
    used = re.findall(r"var\((--jp-[\w-]+)(,?)", html.style_sheet())
    assert used and all(comma for _, comma in used)


@dataclass(frozen=True)
class Greeting(Displayed):
    """A result as the session makes them."""

    name: str

    def page(self) -> Page:
        return Page(f"Hello {self.name}", (), (Badge("kind", "good"),))


def test_a_result_shows_the_same_text_everywhere() -> None:
    greeting = Greeting("Ada")
    assert repr(greeting) == greeting.to_text() == greeting._repr_mimebundle_()["text/plain"]
    assert greeting._repr_html_() == greeting.to_html() == greeting._repr_mimebundle_()["text/html"]
    assert repr(greeting) == "Hello Ada   ✔ kind\n══════════════════"
