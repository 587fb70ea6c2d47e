"""What is read of a project, what is generated of it, and what is said about the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

import workbench as wb
from workbench.inspection.sign_in_records import SignInRecord
from workbench.runtime.sign_in import PINNED_AUTH
from workbench.session.workbench import Workbench
from workbench.targets.better_auth.render import render_sign_in, table_names

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", ["auth/project.ts", "auth/preflight.sql", "auth/migrate_users.sql"])
def test_the_generated_files(members: Workbench, path: str) -> None:
    assert members.sign_in.rendering.artifact(path).text == (CASES / Path(path).name).read_text()


def test_what_is_said(members: Workbench) -> None:
    said = "".join(f"{diagnostic}\n" for diagnostic in members.sign_in.diagnostics)
    assert said == (CASES / "diagnostics.txt").read_text()


def test_a_setting_has_the_line_that_assigns_it_also_in_a_module_that_is_imported_whole(members: Workbench) -> None:
    record = {setting["name"]: setting for setting in members.agent.request("sign_in")["settings"]}
    places = {name: (found["origin"]["file"], found["origin"]["line"]) for name, found in record.items()}
    assert places["SESSION_COOKIE_AGE"] == ("config/base.py", 3)
    assert places["LOGIN_URL"] == ("config/settings.py", 29)
    assert places["SESSION_ENGINE"] == (None, None)


def test_the_login_decides_the_endpoint(members: Workbench, bookshop: Workbench, processn: Workbench) -> None:
    endpoints = {
        project: next(row.better_auth for row in project.sign_in.rows if "username, exactly" in row.better_auth)
        for project in (members, bookshop, processn)
    }
    assert [text.partition(";")[2].strip() for text in endpoints.values()] == [
        "signInEmail()",
        "signInUsername()",
        "signInUsername()",
    ]


def test_processn_redirects_to_the_path_behind_its_login_url(processn: Workbench) -> None:
    text = processn.sign_in.rendering.artifact("auth/project.ts").text
    assert text.endswith('// LOGIN_URL: config/settings.py:68\nexport const loginPath = "/login/";\n')


def test_without_djangos_own_check_of_a_password_no_hash_is_accepted(members: Workbench) -> None:
    record = msgspec.convert(members.agent.request("sign_in"), SignInRecord)
    rendering = render_sign_in(members.inspection, replace(record, backends=record.backends[:1]), members.catalog)
    text = rendering.artifact("auth/project.ts").text
    assert "accepted = { hashers: [], bcryptTruncates: false };" in text
    assert "passwords = { enabled: false, minLength: 12" in text
    assert "sign-in-no-password" in [diagnostic.code for diagnostic in rendering.diagnostics]


def test_a_backend_that_lets_inactive_users_in_is_named(members: Workbench) -> None:
    record = msgspec.convert(members.agent.request("sign_in"), SignInRecord)
    lenient = replace(record.backends[1], admits="django.contrib.auth.backends.AllowAllUsersModelBackend")
    rendering = render_sign_in(members.inspection, replace(record, backends=[lenient]), members.catalog)
    assert "sign-in-admits" in [diagnostic.code for diagnostic in rendering.diagnostics]


def test_tables_that_the_project_has_given_away() -> None:
    assert table_names(["user", "auth_user", "session"]) == {
        "user": "auth_auth_user",
        "session": "auth_session",
        "account": "account",
        "verification": "verification",
    }


def test_sign_in_is_not_tried_on_sqlite() -> None:
    with (
        wb.open(Path(__file__).parents[3] / "sample_projects" / "bookshop", dialect="sqlite") as shop,
        pytest.raises(wb.WorkbenchError, match=r"\[dialect-not-judged\] sqlite: sign-in is tried on PostgreSQL only"),
    ):
        shop.sign_in.prove()


@pytest.mark.parametrize("folder", [PINNED_AUTH, Path(__file__).parent / "npm_start"])
def test_the_locks_pin_contents_and_no_addresses(folder: Path) -> None:
    lock = json.loads((folder / "package-lock.json").read_text())
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    installed = {path: entry for path, entry in lock["packages"].items() if path}
    assert not [path for path, entry in installed.items() if "resolved" in entry]
    assert all(entry["integrity"].startswith("sha512-") for entry in installed.values())
    assert {name: installed[f"node_modules/{name}"]["version"] for name in wanted} == wanted
