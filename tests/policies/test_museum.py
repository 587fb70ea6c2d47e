"""A museum of rules: each shape that people write, answered alike by Django, by the registry and by the SQL filter."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.catalog.from_inspection import read_catalog
from workbench.inspection.client import Agent
from workbench.inspection.records import Inspection
from workbench.policies.policy import Policies
from workbench.policies.reading import read_policies
from workbench.project import find_project
from workbench.runtime.packages import ensure_packages, node_program
from workbench.runtime.typescript import TypeChecker
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.schema import render_schema
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.render import app_modules, render_rules, rules_of

MUSEUM = Path(__file__).with_name("museum")


@dataclass(frozen=True)
class Museum:
    """The copy that is asked, its rules, and its TypeScript."""

    folder: Path
    policies: Policies
    inspection: Inspection
    rules: dict[str, Rule]
    files: dict[str, str]
    gaps: dict[str, str]


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Museum:
    folder = tmp_path_factory.mktemp("museum") / "museum"
    shutil.copytree(MUSEUM, folder, ignore=shutil.ignore_patterns("__pycache__"))
    with Agent(find_project(folder, settings="museum_settings"), dialect="sqlite") as agent:
        inspection, payload, ddl = agent.inspect(), agent.request("guards"), agent.ddl()
    policies, names = read_policies(inspection, payload), SchemaNames.of(inspection.models)
    catalog = read_catalog(inspection, [*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"]])
    rendering = render_rules(policies, inspection, names, "sqlite")
    artifacts = [*render_schema(inspection, catalog, names, "sqlite").artifacts, *rendering.artifacts]
    files = {artifact.path: artifact.text for artifact in artifacts if artifact.language == "typescript"}
    gaps = {gap.thing: gap.fact for gap in rendering.diagnostics if gap.code.startswith("rules-")}
    return Museum(folder, policies, inspection, rules_of(app_modules(policies, inspection, names)), files, gaps)


@pytest.fixture(scope="module")
def django(museum: Museum) -> dict[str, Any]:
    database = museum.folder / "museum.sqlite3"
    command = [sys.executable, str(museum.folder / "ask_django.py"), str(database)]
    answer = subprocess.run(command, cwd=museum.folder, capture_output=True, text=True, timeout=240, check=False)
    assert answer.returncode == 0, answer.stderr
    return {**json.loads(answer.stdout), "database": str(database)}


@pytest.fixture(scope="module")
def node(museum: Museum, django: dict[str, Any]) -> dict[str, Any]:
    folder = museum.folder.parent / "typescript"
    for path, text in museum.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "node_modules").symlink_to(ensure_packages() / "node_modules")
    shutil.copy(MUSEUM / "ask_node.mjs", folder)
    asked = [_asked(museum.rules[name]) for name in django["answers"]]
    questions = {**{key: django[key] for key in ("users", "objects", "clock")}, "rules": asked}
    command = [str(node_program()), "--disable-warning=ExperimentalWarning", str(folder / "ask_node.mjs"), str(folder)]
    answer = subprocess.run(
        [*command, django["database"]], input=json.dumps(questions), capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _asked(rule: Rule) -> dict[str, str]:
    table = str(rule.permission.model).rpartition(".")[2].lower()
    names = {"permission": rule.permission.name, "registry": rule.registry, "rule": rule.name}
    return {**names, "filter": rule.filter, "table": table}


def test_every_rule_is_translated_with_a_filter(museum: Museum) -> None:
    assert museum.gaps == {}
    assert len([name for name, permission in museum.rules.items() if permission.permission.rule]) >= 120


def test_predicates_answer_as_django(django: dict[str, Any], node: dict[str, Any]) -> None:
    asked = 0
    for name, expected in django["answers"].items():
        answers = [[answer is True for answer in row] for row in expected]  # where Django raises, nobody is let in
        assert node["predicates"][name] == answers, name
        asked += sum(map(len, answers))
    assert asked > 5_000
    assert node["told"] == {}  # no denial but those in which Django raises or says no


def test_each_rule_lets_somebody_in_and_somebody_out(django: dict[str, Any]) -> None:
    others = [place for place, user in enumerate(django["users"]) if not user["isSiteAdmin"]]
    for name, expected in django["answers"].items():
        answers = {answer for place in others for answer in expected[place]}
        assert answers >= {True, False} or name.partition(".")[2] in ONE_SIDED, name


# granted to nobody, or decided alike by these few rows
ONE_SIDED = {"add_paper", "add_folder", "delete_folder", "across_paper", "hidden_above_folder"}
ONE_SIDED |= {"ByAuthor.retrieve", "One.get", "OnObjects.update", "OnObjects.destroy"}
ONE_SIDED |= {f"ByLead.{action}" for action in ("retrieve", "update", "destroy")}


def test_filters_keep_the_rows_on_which_predicates_hold(
    museum: Museum, django: dict[str, Any], node: dict[str, Any]
) -> None:
    for name, found in node["filters"].items():
        keys = django["objects"][_asked(museum.rules[name])["table"]]
        for answers, rows in zip(node["predicates"][name], found, strict=True):
            assert sorted(rows) == [key for key, yes in zip(keys, answers, strict=True) if yes], name


def test_contexts_take_as_many_queries_for_one_object_as_for_all(node: dict[str, Any]) -> None:
    assert all(many == one for many, one in node["counts"].values()), node["counts"]


def test_it_compiles_strictly(museum: Museum, checker: TypeChecker) -> None:
    assert checker.check(museum.files, "sqlite") == ()
