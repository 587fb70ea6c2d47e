"""One permission in three layers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.session.opening import open as open_project
from workbench.session.workbench import Workbench

SAMPLES = Path(__file__).parents[2] / "sample_projects"


@pytest.fixture(scope="module")
def process() -> Iterator[Workbench]:
    with open_project(SAMPLES / "processn") as opened:
        yield opened


@pytest.fixture(scope="module")
def bookshop() -> Iterator[Workbench]:
    with open_project(SAMPLES / "bookshop") as opened:
        yield opened


def test_a_rule_stands_beside_its_typescript_and_its_three_layers(process: Workbench) -> None:
    text = str(process.rule("processn.change_project"))
    assert "((is_member & member_can_change) & ~is_archived)" in text
    assert "# or granted on the object itself, by django-guardian" in text
    assert "isMember.and(memberCanChange).and(isArchived.not()).or(grantedOnProject" in "".join(text.split())
    for layer in (
        "db.select().from(project).where(changeProjectsWhere(viewer));",
        'requireRule(projectRules, user, "project.change", context);',
        "await projectCapabilities(db, viewer, keys);",
    ):
        assert layer in text
    assert "isPublic" not in text, "what the rule does not name is not shown"


def test_a_general_grant_is_asked_without_an_object(bookshop: Workbench) -> None:
    text = str(bookshop.rule("shop.add_order"))
    assert "# granted in general" in text
    assert 'can(orderRules, user, "order.add", undefined)' in text
    assert "Where" not in text


def test_an_unknown_permission_is_named(process: Workbench) -> None:
    with pytest.raises(WorkbenchError, match=r"processn\.chnge_project.*no such permission"):
        process.rule("processn.chnge_project")
