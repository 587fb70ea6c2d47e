"""The explorer's widgets, operated from Python as the browser operates them."""

from __future__ import annotations

import pytest

from workbench.notebook.explorer import Explorer, explore
from workbench.notebook.model_pages import TABS
from workbench.session.workbench import Workbench


@pytest.fixture
def explorer(shop: Workbench) -> Explorer:
    return explore(shop)


def test_it_starts_with_the_projects_own_first_app(explorer: Explorer) -> None:
    assert explorer.app.options[:2] == ("catalog", "shop")
    assert explorer.model.value == "catalog.Publisher"


def test_choosing_an_app_and_a_model_fills_every_tab(explorer: Explorer) -> None:
    explorer.app.value = "shop"
    explorer.model.value = "shop.OrderLine"
    expected = {"Django": "OrderLine", "Drizzle": "pgTable", "SQL": "shop_orderline", "Relations": "catalog.Book"}
    for title in TABS:
        assert expected[title] in explorer.pages[title].value


def test_relations_are_told_from_both_ends(explorer: Explorer) -> None:
    explorer.model.value = "catalog.Book"
    page = explorer.pages["Relations"].value
    assert page.index("catalog.Author") < page.index("catalog.Review")
    assert "one to one" in page and "many to many" in page


def test_the_lab_suggests_a_queryset_of_the_chosen_model(explorer: Explorer) -> None:
    explorer.model.value = "catalog.Tag"
    assert explorer.lab.expression.value == "Tag.objects.all()"


def test_its_text_is_the_same_in_every_run(explorer: Explorer) -> None:
    assert repr(explorer) == "Explorer of 19 models in 6 apps: run this cell to operate it"
    assert explorer._repr_mimebundle_()["text/plain"] == repr(explorer)


def test_the_browsers_text_is_run_as_it_stands_there(explorer: Explorer) -> None:
    explorer.lab.expression.value = "Book.objects.filter(tit"
    explorer._run(None, {"run": "Tag.objects.values('name')"}, [])
    assert explorer.lab.expression.value == "Tag.objects.values('name')"
    assert "✔ equivalent" in explorer.lab.result.value
