"""Predicates: Python beside TypeScript as text, then both asked about every user and object; SQL about every row."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workbench.runtime.packages import ensure_packages, node_program
from workbench.runtime.typescript import TypeChecker
from workbench.targets.rules.render import app_modules, guard_writer, render_rules, rules_of
from workbench.targets.rules.table import policy_rows
from workbench.targets.rules.view_guards import FORMS, write_guard

HERE = Path(__file__).parent
EXPECTED = HERE / "cases" / "expected"

# Rules whose Python has no translation: they deny. Each with a word of its reason.
UNTRANSLATED = {
    "two_types": "two types",
    "wrapped": "decorator",
    "during_office_hours": "`timezone.localtime()`",
    "inner": "`function(user, project)`",
    "ProjectAdmin change": "asks a rule without its object",
    "in NodeListView": "may raise in the middle of its rows",
}
STUBS = {"two_types", "wrapped", "export", "unnamed"}  # rules that hold one; the others answer exactly as Django does


@pytest.fixture(scope="module")
def rules(cases: Any) -> dict[str, Any]:
    return rules_of(app_modules(cases.policies, cases.inspection, cases.names))


@pytest.fixture(scope="module")
def node_answers(cases: Any, django_answers: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any]:
    """The registries' and the filters' answers, from Node."""
    folder = cases.folder.parent / "typescript"
    for path, text in cases.files("sqlite").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "node_modules").symlink_to(ensure_packages() / "node_modules")
    (folder / "ask_node.mjs").write_text((HERE / "ask_node.mjs").read_text())
    asked = [_asked(rules[name]) for name in django_answers["answers"]]
    questions = {"users": django_answers["users"], "objects": django_answers["objects"], "rules": asked}
    questions["pages"] = [[guard, _table_of(guard)] for guard in django_answers["pages"]]
    command = [str(node_program()), "--disable-warning=ExperimentalWarning", str(folder / "ask_node.mjs"), str(folder)]
    answer = subprocess.run(
        [*command, str(django_answers["database"])],
        input=json.dumps(questions), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _table_of(guard: str) -> str:
    return "project" if guard in ("guardProjectDetail", "guardProjectUpdate") else ""


def _asked(rule: Any) -> dict[str, str]:
    app, _, table = rule.permission.model.partition(".")
    return {
        "permission": rule.permission.name,
        "module": app,
        "registry": rule.registry,
        "rule": rule.name,
        "filter": rule.filter,
        "table": table.lower(),
    }


@pytest.mark.parametrize("module", ["processn", "protokolln", "views"])
def test_the_text(cases: Any, module: str) -> None:
    text = cases.rendering("sqlite").artifact(f"permissions/{module}.ts").text
    assert text == (EXPECTED / f"{module}.ts").read_text()


def _has_stub(name: str) -> bool:
    return name.partition(".")[2] in STUBS or name.partition(".")[2].rpartition("_")[0] in STUBS


def test_predicates_answer_as_django_rules_does(django_answers: dict[str, Any], node_answers: dict[str, Any]) -> None:
    asked = 0
    for name, expected in django_answers["answers"].items():
        if not _has_stub(name):
            answers = [[answer is True for answer in row] for row in expected]  # where Django raises, nobody is let in
            assert node_answers["predicates"][name] == answers, name
            asked += sum(map(len, answers))
    assert asked > 2500


def test_what_is_not_translated_never_allows_what_django_denies(
    django_answers: dict[str, Any], node_answers: dict[str, Any]
) -> None:
    stubs = [name for name in django_answers["answers"] if _has_stub(name)]
    assert len(stubs) == len(STUBS)
    for name in stubs:
        for expected, found in zip(django_answers["answers"][name], node_answers["predicates"][name], strict=True):
            assert all(answer is True for answer, allowed in zip(expected, found, strict=True) if allowed), name


def test_filters_keep_exactly_the_rows_on_which_the_predicate_holds(
    django_answers: dict[str, Any], node_answers: dict[str, Any], rules: dict[str, Any]
) -> None:
    for name, found in node_answers["filters"].items():
        things = django_answers["objects"][_asked(rules[name])["table"]]
        asked = zip(django_answers["users"], node_answers["predicates"][name], found, strict=True)
        for user, answers, rows in asked:
            if user["isSiteAdmin"]:
                answers = [True] * len(things)  # whatever the rule says
            assert sorted(rows) == [key for key, yes in zip(things, answers, strict=True) if yes], name


def test_guards_admit_whom_the_pages_admit(django_answers: dict[str, Any], node_answers: dict[str, Any]) -> None:
    for guard, expected in django_answers["pages"].items():
        assert node_answers["guards"][guard] == expected, guard


def test_what_has_no_translation_says_why_and_where(cases: Any) -> None:
    gaps = [gap for gap in cases.rendering("sqlite").diagnostics if gap.code == "rules-untranslated"]
    for gap in gaps:
        assert UNTRANSLATED[gap.thing] in gap.fact
        assert (gap.place.line, gap.fidelity.value) == (gap.place.line or 0, "manual")
        assert gap.help.endswith("until then it denies")
    assert {gap.thing for gap in gaps} == set(UNTRANSLATED)
    assert not [gap for gap in cases.rendering("sqlite").diagnostics if gap.code == "rules-no-filter"]
    lines = (cases.folder / "cases" / "rules.py").read_text().splitlines()
    types = next(gap for gap in gaps if gap.thing == "two_types")
    assert lines[types.place.line - 1].strip() == "return project.name == 7"


def test_backends_that_grant_on_their_own_are_said(sample: Any) -> None:
    gaps = [gap for gap in sample.rendering("postgres").diagnostics if gap.code == "rules-backend"]
    assert gaps == []  # guardian's tables are read
    other = replace(sample.policies, backends=(*sample.policies.backends, "shop.backends.Everything"))
    said = render_rules(other, sample.inspection, sample.names).diagnostics
    assert [gap.thing for gap in said if gap.code == "rules-backend"] == ["shop.backends.Everything"]


def test_it_compiles_strictly(sample: Any, cases: Any, checker: TypeChecker) -> None:
    assert checker.check(sample.files("postgres")) == ()
    files = cases.files("sqlite")
    assert checker.check(files, "sqlite") == ()
    wrong = files["permissions/processn.ts"].replace("project.archived", "project.archivd")
    errors = checker.check({**files, "permissions/processn.ts": wrong}, "sqlite")
    assert {error.file for error in errors} == {"permissions/processn.ts"}


def test_rows_for_a_display(sample: Any) -> None:
    rows = policy_rows(sample.policies, sample.inspection, sample.names)
    change = next(row for row in rows if row.permission == "processn.change_project")
    assert (change.who, str(change.origin)) == (
        "((is_member & member_can_change) & ~is_archived)",
        "processn/models.py:23",
    )
    assert change.typescript == (
        'projectRules.add(\n  "project.change",\n'
        '  isMember.and(memberCanChange).and(isArchived.not()).or(grantedOnProject("change_project")),\n);'
    )
    archive = [row for row in rows if row.permission == "processn.archive_project"]
    assert [(row.subject, row.kind, row.typescript) for row in archive] == [
        (
            "processn.Project",
            "custom",
            "projectRules.add(\n"
            '  "project.archive",\n'
            '  granted("processn.archive_project").or(grantedOnProject("archive_project")),\n);',
        ),
        ("projects/<int:pk>/archive/", "permission_required", 'requirePermission(user, "processn.archive_project");'),
        ("processn/templates/processn/project_detail.html", "template", ""),
    ]
    assert all(row.origin is not None for row in rows if row.kind != "default")


def test_views_that_nothing_guards_are_said(sample: Any) -> None:
    found = [gap for gap in sample.rendering("postgres").diagnostics if gap.code == "guards-open-view"]
    assert [gap.thing for gap in found] == ["processn.views.AboutView", "processn.views.health"]
    inside = [str(gap.place) for gap in sample.rendering("postgres").diagnostics if gap.code == "guards-inside-view"]
    assert "processn/views.py:131" in inside


def test_every_kind_of_guard_has_a_form_or_denies(sample: Any) -> None:
    writer = guard_writer(sample.policies, sample.inspection, sample.names, {})
    kinds = {guard.kind: (guard, view) for view in sample.policies.views for guard in view.guards}
    assert set(kinds) <= set(FORMS)
    guard, view = kinds["login_required"]
    form = write_guard(writer, replace(guard, kind="somebody.elses_guard"), view)
    assert form.text[0].startswith("requireNothingKnown(user") and len(form.diagnostics) == 1
