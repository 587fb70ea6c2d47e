"""The explorer's widgets, operated from Python as the browser operates them."""

from __future__ import annotations

import pytest

from workbench.notebook.explorer import Explorer, explore
from workbench.notebook.model_pages import TABS
from workbench.notebook.permissions_pane import PermissionsPane
from workbench.notebook.queries_pane import QueriesPane
from workbench.session.workbench import Workbench


@pytest.fixture
def explorer(shop: Workbench) -> Explorer:
    return explore(shop)


def test_it_starts_with_the_projects_own_first_app(explorer: Explorer) -> None:
    assert explorer.models.app.options[:2] == ("catalog", "shop")
    assert explorer.models.model.value == "catalog.Publisher"


def test_choosing_an_app_and_a_model_fills_every_tab(explorer: Explorer) -> None:
    explorer.models.app.value = "shop"
    explorer.models.model.value = "shop.OrderLine"
    expected = {"Django": "OrderLine", "Drizzle": "pgTable", "SQL": "shop_orderline", "Relations": "catalog.Book"}
    for title in TABS:
        assert expected[title] in explorer.models.pages[title].value


def test_relations_are_told_from_both_ends(explorer: Explorer) -> None:
    explorer.models.model.value = "catalog.Book"
    page = explorer.models.pages["Relations"].value
    assert page.index("catalog.Author") < page.index("catalog.Review")
    assert "one to one" in page and "many to many" in page


def test_the_lab_suggests_a_queryset_of_the_chosen_model(explorer: Explorer) -> None:
    explorer.models.model.value = "catalog.Tag"
    assert explorer.models.lab.expression.value == "Tag.objects.all()"


def test_its_text_is_the_same_in_every_run(explorer: Explorer) -> None:
    assert repr(explorer) == "Explorer of 19 models in 6 apps: run this cell to operate it"
    assert explorer._repr_mimebundle_()["text/plain"] == repr(explorer)


def test_the_browsers_text_is_run_as_it_stands_there(explorer: Explorer) -> None:
    explorer.models.lab.expression.value = "Book.objects.filter(tit"
    explorer._run(None, {"run": "Tag.objects.values('name')"}, [])
    assert explorer.models.lab.expression.value == "Tag.objects.values('name')"
    assert "✔ equivalent" in explorer.models.lab.result.value


@pytest.fixture
def queries(explorer: Explorer) -> QueriesPane:
    explorer.panes.selected_index = 1
    pane = explorer.panes.children[1]
    assert isinstance(pane, QueriesPane)
    return pane


def test_a_place_is_judged_when_it_is_chosen(queries: QueriesPane) -> None:
    text = "Book.objects.in_print().cheaper_than(8)"
    queries.place.value = next(number for label, number in queries.place.options if text in label)
    assert "✔ equivalent" in queries.page.value
    assert "in the project" in queries.page.value.lower() and "Plan: the same on both sides" in queries.page.value
    assert [label[0] for label, _ in queries.place.options].count("✔") == 1


def test_places_are_filtered_by_app_and_by_verdict(queries: QueriesPane) -> None:
    every = len(queries.place.options)
    queries.app.value = "shop"
    assert 0 < len(queries.place.options) < every
    queries.judge_all()
    assert all(label[0] in "✔✘?" for label, _ in queries.place.options)
    queries.shown.value = "Not judged yet"
    assert queries.place.options == ()
    queries.app.value = "All apps"
    assert 0 < len(queries.place.options) < every


def test_filters_of_a_recording_need_one(queries: QueriesPane) -> None:
    assert "Never run" not in queries.shown.options


def test_both_plans_of_a_queryset(shop: Workbench) -> None:
    plan = shop.plan("Tag.objects.filter(pk=1)")
    assert plan.same
    assert "on catalog_tag" in plan.django and "cost=" not in plan.django


def test_permissions_are_tried_and_read_cell_by_cell(explorer: Explorer) -> None:
    explorer.panes.selected_index = 2
    pane = explorer.panes.children[2]
    assert isinstance(pane, PermissionsPane)
    assert "Permissions" in pane.page.value and pane.user.disabled
    pane.run()
    assert pane.access is not None
    assert "Who may do what" in pane.page.value
    permission = pane.access.permissions[0]
    pane.permission.value = permission
    assert permission in pane.page.value and "✔ equivalent" in pane.page.value
    pane.user.value = "superuser"
    assert f"{permission}: superuser" in pane.page.value
    pane.permission.value = "All permissions"
    assert "As superuser" in pane.page.value
