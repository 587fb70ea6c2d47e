"""What templates show beside what the views behind their links ask."""

from dataclasses import replace

import pytest

from workbench.diagnostic import Origin
from workbench.inspection.records import Inspection
from workbench.policies.policy import Link, Policies
from workbench.session.permissions.interface import NO, YES, shown_otherwise

HERE = Origin("page.html", "page.html", 3)
ARCHIVE = "perms.processn.archive_project"


def test_links_inside_conditions_are_read_with_their_method(policies: Policies) -> None:
    found = {(link.url, link.method, link.shown) for link in policies.links}
    assert found == {
        ("project-archive", "POST", ((ARCHIVE, True),)),
        ("audit", "GET", (("perms.processn.audit_project", True),)),
    }


def test_the_sample_links_holders_to_a_page_that_refuses_them(policies: Policies, inspection: Inspection) -> None:
    (found,) = shown_otherwise(policies, inspection)
    assert (found.action, found.how, found.who) == ("GET audit", YES, "granted processn.audit_project")
    assert found.one == "templates/base.html:8 shows it to perms.processn.audit_project"
    assert found.other == "processn.views.audit asks user_passes_test can_audit"


# url, what stands around it, and who shows that the interface says yes (no) where the view says no (yes)
LINKS: list[tuple[str, tuple[tuple[str, bool], ...], dict[str, str]]] = [
    ("project-archive", ((ARCHIVE, True),), {}),
    ("project-archive", ((ARCHIVE, True), ("user.is_staff", True)), {NO: "granted processn.archive_project"}),
    (
        "project-archive",
        (("user.is_authenticated", True), (ARCHIVE, False)),
        {YES: "somebody who is signed in", NO: "granted processn.archive_project"},
    ),
    ("project-archive", (("perms.processn.change_project", True),), {}),  # a rule about an object: not compared
    ("project-archive", ((ARCHIVE, True), ("project.archived", True)), {}),  # asks for more than the user
    ("project-archive", ((f"{ARCHIVE} and forloop.first|default:1", True),), {}),
    ("no-such-address", (("perms.processn.add_project", True),), {}),
]


@pytest.mark.parametrize(("url", "shown", "expected"), LINKS)
def test_one_link(
    url: str,
    shown: tuple[tuple[str, bool], ...],
    expected: dict[str, str],
    policies: Policies,
    inspection: Inspection,
) -> None:
    link = Link(url, "POST", HERE, shown)
    assert {one.how: one.who for one in shown_otherwise(replace(policies, links=(link,)), inspection)} == expected
