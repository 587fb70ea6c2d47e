"""What is read of a project, what is generated of it, and what is said about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from workbench.session.workbench import Workbench
from workbench.targets.better_auth.render import table_names

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
