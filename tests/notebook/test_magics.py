"""The magics as a notebook's cells use them, in an IPython of our own."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from workbench.notebook.magics import CELL_MAGICS, LINE_MAGICS, Magics, variable_name
from workbench.session.tables.model import ModelView
from workbench.session.workbench import Workbench


@pytest.fixture
def shell(shop: Workbench) -> InteractiveShell:
    shell = InteractiveShell()
    shell.run_cell("%load_ext workbench")
    shell.user_ns["shop"] = shop
    return shell


def value(shell: InteractiveShell, cell: str) -> Any:
    outcome = shell.run_cell(cell)
    outcome.raise_error()
    return outcome.result


def message(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert not shell.run_cell(cell).success
    return capsys.readouterr().out


def test_every_magic_says_how_it_is_written() -> None:
    for signs, table in (("%", LINE_MAGICS), ("%%", CELL_MAGICS)):
        for name, method in table.items():
            assert (getattr(Magics, method).__doc__ or "").startswith(f"{signs}{name}")


def test_a_model_is_shown_by_its_label(shell: InteractiveShell, shop: Workbench) -> None:
    view = value(shell, "%model catalog.Book")
    assert isinstance(view, ModelView) and view is shop.models["catalog.Book"]


def test_models_shows_all_of_them(shell: InteractiveShell, shop: Workbench) -> None:
    assert value(shell, "%models") is shop.models


def test_the_project_can_be_named(shell: InteractiveShell, shop: Workbench) -> None:
    shell.user_ns["other"] = object.__new__(Workbench)
    assert value(shell, "%models shop") is shop.models


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%model", "this cell: error [notebook.model] %model: names no model"),
        (
            "%models nothing",
            "nothing: is not an opened project\n    name one of: shop",
        ),
        ("%%drizzle\ndb.select()", "this cell: error [notebook.queryset] %%drizzle: has no queryset to compare with"),
        ("%model catalog.Boook", "catalog.Book"),
    ],
)
def test_a_mistake_is_told_without_a_stack_trace(
    shell: InteractiveShell, cell: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = message(shell, cell, capsys)
    assert expected in told
    assert "Traceback" not in told


def test_two_projects_have_to_be_told_apart(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], shop: Workbench
) -> None:
    shell.user_ns["other"] = object.__new__(Workbench)
    assert "2 are open\n    name one of: shop, other" in message(shell, "%models", capsys)


def test_without_a_project_the_message_says_how_to_open_one(capsys: pytest.CaptureFixture[str]) -> None:
    shell = InteractiveShell()
    shell.run_cell("%load_ext workbench")
    assert 'open one: shop = wb.open("path/to/project")' in message(shell, "%models", capsys)


@pytest.mark.parametrize(
    ("cell", "offer"),
    [
        ("%model catalog.Bo", "catalog.Book"),
        ("%%queryset\nBook.objects.filter(auth", "author"),
        ("%%queryset shop\nBook.objects.filter(\n    author__na", "author__name"),
        ("%%queryset\nBook.objects.filter(price__gt=1).anno", ".annotate"),
    ],
)
def test_completion_offers(shell: InteractiveShell, cell: str, offer: str) -> None:
    with provisionalcompleter():
        offers = [completion.text for completion in shell.Completer.completions(cell, len(cell))]
    assert offer in offers


def test_completion_elsewhere_is_pythons(shell: InteractiveShell) -> None:
    with provisionalcompleter():
        offers = [completion.text for completion in shell.Completer.completions("sho", 3)]
    assert "shop" in offers and "catalog.Book" not in offers


def test_a_folders_name_becomes_a_variable() -> None:
    assert [variable_name(path) for path in ("a/book-shop", "2nd")] == ["book_shop", "project_2nd"]
