"""Layers that ask for other permissions for the same action on the same model."""

from dataclasses import replace

from workbench.diagnostic import Origin
from workbench.policies.policy import Guard, Policies, View
from workbench.session.permissions.differing import asked_otherwise

HERE = Origin("shop.views")
EMPTY = Policies((), (), {}, {}, (), (), frozenset(), False)


def view(name: str, action: str, *permissions: str, methods: tuple[str, ...] = ()) -> View:
    guards = (Guard("permission_required", HERE, permissions, methods=methods),) if permissions else ()
    actions = {"GET": "view", "POST": action}
    return View(f"{name}/", name, f"shop.{name}", True, "shop.Book", HERE, guards, ("GET", "POST"), actions)


def found(*views: View) -> list[tuple[str, str, str]]:
    return [(one.action, one.one, one.other) for one in asked_otherwise(replace(EMPTY, views=views), {"shop"})]


def test_a_page_and_the_admin_that_ask_for_other_permissions() -> None:
    page = view("Edit", "change", "shop.edit_book", methods=("POST",))
    admin = view("BookAdmin", "change", "shop.view_book", "shop.change_book", methods=("POST",))
    asked = "shop.BookAdmin asks shop.change_book, shop.view_book"
    assert found(page, admin) == [("change", "shop.Edit asks shop.edit_book", asked)]


def test_layers_that_share_a_permission_or_an_action_are_not_told_apart() -> None:
    page = view("Edit", "change", "shop.change_book", methods=("POST",))
    assert found(page, view("BookAdmin", "change", "shop.view_book", "shop.change_book", methods=("POST",))) == []
    assert found(page, view("Add", "add", "shop.add_book", methods=("POST",))) == []
    assert found(page, view("Open", "change")) == []
    assert found(replace(page, model="other.Book"), view("Edit2", "change", "shop.edit_book")) == []
