"""Who may do what, cell by cell, on the bookshop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.session.opening import open as open_project
from workbench.session.permissions.access import AccessView

BOOKSHOP = Path(__file__).parents[2] / "sample_projects" / "bookshop"
ADD = "shop.add_order"


@pytest.fixture(scope="module")
def access() -> Iterator[AccessView]:
    with open_project(BOOKSHOP) as opened:
        yield opened.permissions.access()


def test_a_general_grant_is_yes_or_no(access: AccessView) -> None:
    (answer,) = access.answers(ADD, "granted_all")
    assert answer.thing is None and answer.django == "1" and answer.alike
    assert [access.answers(ADD, user)[0].django for user in ("visitor", "plain", "superuser")] == ["0", "0", "1"]


def test_every_shown_display_names_what_it_is_about(access: AccessView) -> None:
    assert "shop.Order" in access.to_text()
    assert access.rule(ADD).to_text().startswith(ADD)
    assert access.cell(ADD, "plain").to_text().startswith(f"{ADD}: plain")
    assert access.view_as("staff").to_text().startswith("As staff")


def test_unknown_names_are_told(access: AccessView) -> None:
    with pytest.raises(WorkbenchError, match="no such kind of user"):
        access.view_as("nobody")
    with pytest.raises(WorkbenchError, match="no such permission"):
        access.cell("shop.ad_order", "plain")
