"""A person's way through the tour, in a real browser, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, Locator, expect

from tests.browser.jupyter import Lab
from tests.browser.notebook_page import NotebookPage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
LAB_TAB = "Queryset lab"


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def tour(
    browser: Browser, folder: Path, theme: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NotebookPage]:
    """The tour, run once from beginning to end."""
    lab = Lab(folder, tmp_path_factory.mktemp("jupyter") / theme, theme)
    page = browser.new_page(viewport={"width": 1440, "height": 1200}, color_scheme="light")
    try:
        notebook = NotebookPage(page, lab.url, "notebooks/00_tour.ipynb")
        notebook.run()
        yield notebook
    finally:
        page.close()
        lab.close()


def picture(locator: Locator, path: Path) -> None:
    locator.scroll_into_view_if_needed()
    locator.screenshot(path=path)


def test_every_cell_ran_without_an_error(tour: NotebookPage) -> None:
    assert tour.failures() == []
    expect(tour.page.locator(".jp-OutputArea-output [data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)


def test_displays_follow_the_theme(tour: NotebookPage, theme: str, screenshots: Path) -> None:
    display = tour.shows("catalog.Tag")
    background = display.evaluate("node => getComputedStyle(node).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (theme == "light")
    picture(display, screenshots / f"model_{theme}.png")
    picture(tour.shows("bookshop"), screenshots / f"overview_{theme}.png")


def test_a_model_is_chosen_and_its_tabs_are_switched_by_keyboard(
    tour: NotebookPage, theme: str, screenshots: Path
) -> None:
    explorer = tour.page.locator(".wb-explorer")
    explorer.scroll_into_view_if_needed()
    explorer.get_by_label("Model").focus()
    tour.page.keyboard.press("Home")
    for _ in range(3):
        tour.page.keyboard.press("ArrowDown")
    expect(explorer.locator(".wb-title strong").first).to_have_text("catalog.Book")
    explorer.get_by_role("tab", name="Django", exact=True).focus()
    for tab in ("Drizzle", "SQL", "Relations"):
        tour.page.keyboard.press("ArrowRight")
        tour.page.keyboard.press("Enter")
        expect(explorer.get_by_role("tab", name=tab, exact=True)).to_have_attribute("aria-selected", "true")
        picture(explorer, screenshots / f"explorer_{tab.lower()}_{theme}.png")


def test_no_script_failed(tour: NotebookPage) -> None:
    assert tour.errors == []
