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


def test_a_slip_in_typescript_is_shown_with_its_witness(tour: NotebookPage, theme: str, screenshots: Path) -> None:
    different = tour.page.locator(".jp-OutputArea .wb", has=tour.page.locator(".wb-title .wb-bad"))
    expect(different).to_have_count(1)
    expect(different.locator(".wb-grid caption", has_text="Drizzle answers one row")).to_be_visible()
    expect(different.locator(".wb-grid .wb-bad", has_text="differs")).to_be_visible()
    picture(different, screenshots / f"witness_{theme}.png")


def test_a_queryset_is_tried_by_keyboard(tour: NotebookPage, theme: str, screenshots: Path) -> None:
    explorer = tour.page.locator(".wb-explorer")
    explorer.get_by_role("tab", name=LAB_TAB).focus()
    tour.page.keyboard.press("Enter")
    area = explorer.locator(".wb-expression textarea")
    expect(area).to_be_visible()
    area.focus()
    tour.page.keyboard.press("Control+A")
    tour.page.keyboard.type('Book.objects.filter(author__name__startswith="Tove").values("title", "price")')
    tour.page.keyboard.press("Control+Enter")
    result = explorer.locator(".wb", has=tour.page.locator(".wb-title strong", has_text="Queryset"))
    expect(result.locator(".wb-title .wb-good")).to_have_text("✔ equivalent", timeout=30_000)
    expect(result.locator("pre.wb-typescript")).to_contain_text(".innerJoin(author")
    picture(explorer, screenshots / f"queryset_lab_{theme}.png")


def test_a_mistake_in_the_lab_is_told_where_the_result_would_be(tour: NotebookPage) -> None:
    explorer = tour.page.locator(".wb-explorer")
    area = explorer.locator(".wb-expression textarea")
    area.fill("Book.objects.filter(prize=1)")
    explorer.get_by_role("button", name="Translate and compare").click()
    expect(explorer.locator(".wb-notes", has_text="did you mean price?")).to_be_visible(timeout=30_000)


def test_a_query_of_the_project_is_chosen_by_keyboard(tour: NotebookPage, theme: str, screenshots: Path) -> None:
    explorer = tour.page.locator(".wb-explorer")
    explorer.get_by_role("tab", name="Queries", exact=True).focus()
    tour.page.keyboard.press("Enter")
    places = explorer.get_by_label("Place")
    expect(places).to_be_visible(timeout=30_000)
    places.focus()
    tour.page.keyboard.press("End")
    page = explorer.locator(".wb-page .wb", has=tour.page.locator(".wb-title strong", has_text="Query"))
    expect(page.locator(".wb-title .wb-badge")).to_be_visible(timeout=30_000)
    expect(page.locator(".wb-caption", has_text="In the project")).to_be_visible()
    expect(places.locator("option", has_text="✔").or_(places.locator("option", has_text="?"))).to_have_count(1)
    picture(explorer, screenshots / f"queries_{theme}.png")


def test_no_script_failed(tour: NotebookPage) -> None:
    assert tour.errors == []
