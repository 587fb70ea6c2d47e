"""The agent's ``guards``: what it finds in ProcessN, and what it says of a project that is broken or plain."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# route name -> guards found before it, outermost first: (kind, permissions)
VIEWS = {
    "about": [],
    "health": [],
    "project-list": [],
    "project-create": [("login_required", [])],
    "project-detail": [("rules.permission_required", ["processn.view_project"])],
    "project-update": [("login_required", []), ("rules.permission_required", ["processn.change_project"])],
    "project-delete": [("dispatch", [])],
    "project-archive": [("login_required", []), ("permission_required", ["processn.archive_project"])],
    "member-list": [("user_passes_test", [])],
    "task-list": [("login_required", [])],
    "task-granted": [("login_required", [])],
    "task-detail": [("guardian.permission_required", ["processn.view_task"])],
    "task-finish": [("guardian.permission_required", ["processn.change_task"])],
    "task-reassign": [("login_required", [])],
    "label-list": [("login_required", [])],
    "audit": [("user_passes_test", [])],
    "statistics": [("user_passes_test", [])],
    "staff": [("staff_member_required", [])],
    "api-project-list": [("drf.permission_classes", [])],
    "api-task-detail": [("drf.permission_classes", [])] * 2 + [("drf.object_permission", [])] * 3,  # one a method
    "admin:index": [("admin_site", [])],
    "admin:login": [],
    "admin:processn_task_add": [("admin_site", []), ("admin.permission", ["processn.add_task"])],
    "admin:processn_project_delete": [("admin_site", []), ("admin.method", ["processn.delete_project"])],
    "node-list": [("login_required", [])],
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_guards_before_each_view(processn: dict[str, Any], name: str) -> None:
    view = next(view for view in processn["views"] if view["name"] == name)
    assert [(guard["kind"], guard["permissions"]) for guard in view["guards"]] == VIEWS[name]


def test_nothing_failed_and_the_backends_are_in_order(processn: dict[str, Any]) -> None:
    assert processn["diagnostics"] == []
    assert [name.rsplit(".", 2)[-2] for name in processn["backends"]] == ["backends", "permissions", "backends"]


def test_a_rule_is_the_tree_its_author_wrote(processn: dict[str, Any]) -> None:
    rule = next(rule for rule in processn["registered"] if rule["name"] == "processn.change_project")
    atom = "processn.predicates.{}".format
    member = {"op": "and", "of": [{"atom": atom("is_member")}, {"atom": atom("member_can_change")}]}
    assert rule["predicate"] == {"op": "and", "of": [member, {"op": "not", "of": [{"atom": atom("is_archived")}]}]}


def test_a_predicate_has_its_place_its_text_and_the_meaning_of_its_names(processn: dict[str, Any]) -> None:
    found = processn["predicates"]["protokolln.rules.can_write"]
    assert (found["origin"]["file"], found["parameters"]) == ("protokolln/rules.py", ["user", "node"])
    assert found["source"].endswith("return granted(user, node, NodeGrant.Level.WRITE)")
    assert found["names"]["NodeGrant.Level.WRITE"] == {"value": 2}
    assert found["names"]["granted"] == {"refers": "protokolln.rules.granted"}
    assert "protokolln.rules.granted" in processn["predicates"]


def test_permission_classes_keep_their_composition(processn: dict[str, Any]) -> None:
    view = next(view for view in processn["views"] if view["name"] == "api-project-list")
    tree = view["guards"][0]["tree"]
    assert (tree["op"], tree["of"][1]["op"], tree["of"][1]["of"][1]["of"][1]["op"]) == ("and", "or", "not")
    member = tree["of"][1]["of"][1]["of"][0]
    assert (view["model"], list(member["tests"])) == ("processn.Project", ["has_object_permission"])


def test_places_in_the_source(processn: dict[str, Any]) -> None:
    kinds = {place["kind"] for place in processn["places"]}
    assert kinds == {
        "dispatch",
        "guardian.assign_perm",
        "guardian.get_objects_for_user",
        "guardian.permission_required",
        "has_perm",
        "login_required",
        "narrowed_queryset",
        "permission_method",
        "permission_required",
        "rules.add_perm",
        "rules.add_rule",
        "rules.predicate",
        "staff_member_required",
        "user_passes_test",
    }
    root = Path(__file__).parents[2] / "sample_projects" / "processn"
    for place in processn["places"] + processn["templates"]:  # each text really begins on the line it names
        line = (root / place["origin"]["file"]).read_text().splitlines()[place["origin"]["line"] - 1]
        assert place["source"].splitlines()[0].lstrip("@") in line


def test_templates(processn: dict[str, Any]) -> None:
    asked = {permission for place in processn["templates"] for permission in place["permissions"]}
    assert asked == {
        "processn.archive_project",
        "processn.audit_project",
        "processn.change_project",
        "protokolln.change_node",
    }


Open = Callable[..., dict[str, Any]]


@pytest.fixture
def opened(tmp_path: Path, read_guards: Open) -> Open:
    return lambda urls, views="", settings="": _written(tmp_path, read_guards, urls, views, settings)


def _written(folder: Path, read: Open, urls: str, views: str, settings: str) -> dict[str, Any]:
    (folder / "site_settings.py").write_text(
        "SECRET_KEY = 'x'\nROOT_URLCONF = 'site_urls'\nINSTALLED_APPS = ['django.contrib.auth', "
        f"'django.contrib.contenttypes']\n{settings}\n"
    )
    (folder / "site_urls.py").write_text(urls)
    (folder / "site_views.py").write_text(views)
    return read(folder, "site_settings")


def test_a_broken_urlconf_is_a_diagnostic_and_the_source_is_still_read(opened: Open) -> None:
    views = "from django.contrib.auth.decorators import login_required as signed_in\n@signed_in\ndef page(r): ...\n"
    found = opened("import nowhere\nurlpatterns = []\n", views)
    assert found["views"] == []
    assert [(d["code"], d["place"]["file"], d["place"]["line"]) for d in found["diagnostics"]] == [
        ("load-missing-package", "site_urls.py", 1)
    ]
    assert [(p["kind"], p["inside"], p["source"]) for p in found["places"]] == [
        ("login_required", "site_views.page", "@signed_in")
    ]


def test_a_file_that_does_not_parse_is_a_diagnostic(opened: Open) -> None:
    found = opened("urlpatterns = []\n", "def page(:\n")
    assert [(d["code"], d["place"]["file"]) for d in found["diagnostics"]] == [("guards-source", "site_views.py")]


def test_django_alone_without_rules_guardian_and_the_rest_framework(opened: Open) -> None:
    urls = (
        "from django.contrib.auth.decorators import permission_required\nfrom django.urls import path\n"
        "def page(request): ...\n"
        "urlpatterns = [path('a/', permission_required(['auth.add_user', 'auth.view_user'])(page))]\n"
    )
    found = opened(urls, settings="MIDDLEWARE = ['django.contrib.auth.middleware.LoginRequiredMiddleware']")
    assert (found["registered"], found["predicates"], found["diagnostics"]) == ([], {}, [])
    assert found["middleware"] == []  # it is a guard before each view
    guards = [(guard["kind"], guard["permissions"]) for guard in found["views"][0]["guards"]]
    assert guards == [("login_required", []), ("permission_required", ["auth.add_user", "auth.view_user"])]
    assert re.fullmatch(r"site_urls\.py", found["views"][0]["origin"]["file"])
