"""Views guarded in every way, requested as each kind of user, beside the guards that were generated for them."""

from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.runtime.typescript import TypeChecker
from workbench.session.guards import requests as guard_requests
from workbench.session.tables.schema import typescript_files
from workbench.verdict import Undecided

GATE = Path(__file__).parent / "gate"
E = "equivalent"
INSIDE = "its own body answers"
DETAIL = ("GET", "PUT", "PATCH", "DELETE")

# address -> by method, the verdict, or a word of the reason why there is none
VIEWS: dict[str, dict[str, str]] = {
    "hall/": {"GET": E, "POST": E},
    "wrapped/": {"GET": E, "POST": E},
    "stacked/": {"GET": E, "POST": E},
    "raising/": {"GET": E, "POST": E},
    "several/": {"GET": E, "POST": E},
    "tested/": {"GET": E, "POST": E},
    "group/": {"GET": E, "POST": E},
    "staff/": {"GET": E},
    "mixin/": {"GET": E},
    "mixin-raising/": {"GET": E},
    "dispatched/": {"GET": E},
    "only-post/": {"POST": E},
    "by-method/": {"GET": E, "POST": E},
    "door/<int:pk>/": {"GET": E},
    "door/<int:pk>/object/": {"GET": E, "POST": E},
    "dynamic/": {"GET": "named at run time"},
    "^archive/(?P<year>[0-9]{4})/(?:(?P<month>0[1-9]|1[0-2])/)?$": {"GET": E, "POST": E},
    "inside/": {"GET": INSIDE, "POST": INSIDE},
    "elsewhere/": {"GET": INSIDE, "POST": INSIDE},
    "odd/": {"GET": E, "POST": E},
    "make/": {"GET": E, "POST": E},
    "made/": {"GET": E, "POST": E},
    "effects/": {"GET": E, "POST": E},
    "broken/": {"GET": E, "POST": E},
    "fewer/<int:number>/": {"GET": E, "POST": E},
    "nested/hall/": {"GET": E, "POST": E},
    "nested/<slug:slug>/": {"GET": E, "POST": E},
    "api/^model/$": {"GET": E, "POST": E},
    "api/^model/(?P<pk>[^/.]+)/$": {"GET": E, "PUT": E, "PATCH": E, "DELETE": E},
    "api/^action/$": {"GET": E, "POST": E},
    "api/^action/(?P<pk>[^/.]+)/$": {"GET": E, "PUT": E, "PATCH": E, "DELETE": E},
    "api/^owner/$": {"GET": E, "POST": E},
    "api/^owner/(?P<pk>[^/.]+)/$": {"GET": E, "PUT": E, "PATCH": E, "DELETE": E},
    "api/^narrowed/$": {"GET": E, "POST": E},
    "api/^narrowed/(?P<pk>[^/.]+)/$": {"GET": E, "PUT": E, "PATCH": E, "DELETE": E},
    "api/^own-object/$": {"GET": E, "POST": E},
    "api/^own-object/(?P<pk>[^/.]+)/$": dict.fromkeys(DETAIL, "get_object() is the project's own"),
    "api/^by-user/$": dict.fromkeys(("GET", "POST"), "only while a request runs: it asks for request.user"),
    "api/^by-user/(?P<pk>[^/.]+)/$": dict.fromkeys(DETAIL, "only while a request runs: it asks for request.user"),
    "api/^header/$": {"GET": E, "POST": E},
    "api/^header/(?P<pk>[^/.]+)/$": dict.fromkeys(DETAIL, "`request.headers` is known only while the request runs"),
    "en/local/": {"GET": E, "POST": E},
    "allowing/": {"GET": E, "POST": E},
    "visitors/": {"GET": E, "POST": E},
    "hidden/": {"GET": E, "POST": E},
    "hidden/class/": {"GET": E},
    "hours/": dict.fromkeys(("GET", "POST"), "what _wrapping decides is not read: it calls localtime()"),
    "open/": dict.fromkeys(("GET", "POST"), "what _wrapping decides is not read: it calls django.db.models"),
    "careless/": dict.fromkeys(("GET", "POST"), "what _wrapping decides is not read: it catches every exception"),
    "by-name/": dict.fromkeys(("GET", "POST"), "what _wrapping decides is not read: it compares, prints or measures"),
    "colleagues/": {"GET": E, "POST": E},
    "joined/": {"GET": E, "POST": E},
    "watched/": {"GET": E, "POST": E},
}


def by_address(shop: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for one in shop.own_guards.verdicts:
        found.setdefault(one.view.route, {})[one.method] = one
    return found


@pytest.mark.parametrize("address", VIEWS)
def test_the_verdict_on_each_guard(gate: Any, address: str) -> None:
    found = by_address(gate)[address]
    assert list(found) == list(VIEWS[address])
    for method, expected in VIEWS[address].items():
        verdict = found[method].verdict
        said = verdict.word if expected == E else " ".join(getattr(verdict, "reasons", [verdict.word]))
        assert expected in said, (method, verdict)


def test_every_address_was_tried(gate: Any) -> None:
    assert set(by_address(gate)) == set(VIEWS)
    assert gate.own_guards.requests > 300


def test_the_rule_of_an_object_was_asked_with_both_answers(gate: Any) -> None:
    answers = by_address(gate)["door/<int:pk>/"]["GET"].compared
    assert {one.typescript for one in answers} == {"pass", "401", "403"}
    owners = {one.answer.user for one in answers if one.typescript == "pass"} - {"superuser"}
    assert owners and all(user.startswith(("user ", "plain", "staff")) for user in owners)


def test_classes_are_asked_about_an_object_once_it_is_found(gate: Any) -> None:
    """By the view's own rows first: what is not among them is not there."""
    found = by_address(gate)["api/^narrowed/(?P<pk>[^/.]+)/$"]
    assert {one.typescript for method in DETAIL for one in found[method].compared} == {"pass", "403", "404"}
    assert found["GET"].function is not found["PUT"].function  # a safe method asks for less
    rules = [rule.permission.name for rule in found["PUT"].function.rules]
    assert rules == ["doors.Narrowed.rows", "doors.Narrowed.update"]
    owner = by_address(gate)["api/^owner/(?P<pk>[^/.]+)/$"]
    assert {one.typescript for one in owner["DELETE"].compared} == {"pass", "403"}
    loading = gate.permissions.rendering.artifact("permissions/loading/guards.ts").text
    assert "export async function guardOwnerDetailOf(db: Reader, user: User, key: " in loading


def test_what_requests_reveal_denies_until_somebody_looked(gate: Any) -> None:
    found = gate.own_guards
    assert {gap.thing.rsplit(".", 1)[-1] for gap in found.diagnostics} == {"inside", "elsewhere"}
    text = found.rendering.artifact("permissions/views.ts").text
    for name in ("guardInside", "guardElsewhere"):
        body = text.split(f"function {name}(", 1)[1].split("\n}", 1)[0]
        assert "requireNothingKnown(user, " in body


def test_a_guard_that_was_run_is_told_and_one_that_cannot_be_denies(gate: Any) -> None:
    found = by_address(gate)
    allowing, hours = (found[f"{name}/"]["GET"].function for name in ("allowing", "hours"))
    assert 'user.isStaff || (isGranted(user, "doors.paint_door") && isGranted(' in allowing.text
    assert [gap.code for gap in allowing.diagnostics] == ["guards-explored"]
    assert hours.denies and [gap.code for gap in hours.diagnostics] == ["guards-untranslated"]


def test_guards_that_read_the_users_own_row_compile_beside_all_other_modules(gate: Any) -> None:
    rendering = gate.permissions.rendering
    views = rendering.artifact("permissions/views.ts").text
    assert 'import { own } from "./own.ts";' in views and "instants, now" in views
    assert {one.typescript for one in by_address(gate)["colleagues/"]["GET"].compared} == {"pass", "401"}
    with TypeChecker() as checker:
        assert checker.check({**typescript_files(gate.schema), **typescript_files(rendering)}) == ()


def test_nothing_stays_and_nothing_leaves(gate: Any) -> None:
    assert by_address(gate)["make/"]["POST"].compared[0].answer.writes == ("doors_note",)
    assert not (GATE / "doors" / "written.txt").exists()
    assert not (GATE / "doors" / "made").exists()


def test_who_gets_through_with_a_method_that_writes(gate: Any) -> None:
    found = {(view.address, view.method): view for view in gate.permissions.unguarded}
    assert found["make/", "POST"].who == "everybody"
    assert found["make/", "POST"].writes == ("doors_note",)
    assert found["only-post/", "POST"].who == "whoever is signed in"
    assert ("stacked/", "POST") not in found
    assert ("inside/", "POST") not in found


def test_permissions_that_nothing_asks_for(gate: Any) -> None:
    assert set(gate.permissions.unused) == {f"doors.{action}_note" for action in ("add", "change", "delete", "view")}


def test_login_everywhere_but_where_it_is_not_required(login_gate: Any) -> None:
    found = by_address(login_gate)
    assert {route: one["GET"].verdict.word for route, one in found.items()} == {
        "hall/": E,
        "porch/": E,
        "staff/": E,
    }
    kinds = {route: [guard.kind for guard in one["GET"].view.guards] for route, one in found.items()}
    assert kinds == {"hall/": ["login_required"], "porch/": [], "staff/": ["login_required", "dispatch"]}


def test_views_that_never_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard_requests, "_SECONDS", 3.0)
    with wb.open(GATE, settings="fault_settings") as shop:
        found = by_address(shop)
    assert found["hall/"]["GET"].verdict.word == E
    endless, end = found["endless/"]["GET"], found["end/"]["GET"]
    assert isinstance(end.verdict, Undecided) and "exit code 3" in " ".join(end.verdict.reasons)
    assert {one.answer.error for one in endless.compared if one.answer.status == 0 and one.answer.error} == {"_TooLong"}


def test_the_display(gate: Any) -> None:
    text = str(gate.own_guards)
    assert "requests in Django, each compared with the generated guard." in text
    assert "guards-unseen" in text
    assert len(gate.own_guards.to_dataframe()) == len(gate.own_guards.verdicts)


def test_the_project_was_not_written_to() -> None:
    assert sorted(path.name for path in Path(GATE).iterdir() if path.name != "__pycache__") == [
        "doors",
        "fault_settings.py",
        "fault_urls.py",
        "gate_settings.py",
        "gate_urls.py",
        "login_settings.py",
        "login_urls.py",
        "manage.py",
    ]
