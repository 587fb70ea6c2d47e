"""Policies out of the agent's payload, and bodies read without running them."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.diagnostic import Origin
from workbench.inspection.records import Inspection
from workbench.policies.condition import Every, Missing, Negated, ViewerIs, ViewerMay
from workbench.policies.policy import Atom, Body, Combined, Meaning, Policies
from workbench.policies.translating import Translator, atoms


def _translated(text: str, policies: Policies, inspection: Inspection, **names: Meaning) -> Any:
    body = Body("case", Origin("case", "case.py", 10), text, ("user", "task"), names)
    case = replace(policies, bodies={**policies.bodies, "case": body})
    return Translator.of(case, inspection).atom("case", "processn.Task")


ACCESS = {
    # what views and named rules decide: (kind, model)
    "processn.ProjectAdmin.change": ("admin", "processn.Project"),
    "processn.ProjectAdmin.delete": ("admin", "processn.Project"),
    "processn.TaskAdmin.rows": ("rows", "processn.Task"),
    "protokolln.NodeListView.rows": ("rows", "protokolln.Node"),
    "processn.ProjectListView.rows": ("rows", "processn.Project"),
    "processn.TaskListView.rows": ("rows", "processn.Task"),
    "processn.ProjectViewSet.list/create": ("classes", None),
    "processn.ProjectViewSet.rows": ("rows", "processn.Project"),
    "processn.ProjectViewSet.retrieve/update/partial_update/destroy": ("classes", "processn.Project"),
    "processn.TaskViewSet.rows": ("rows", "processn.Task"),
    "processn.TaskViewSet.update/partial_update/destroy": ("classes", "processn.Task"),
    "processn.granted_tasks.rows": ("rows", "processn.Task"),
    "processn.rule can_open_project": ("named", None),
}


def test_what_views_decide_beside_permissions(policies: Policies) -> None:
    assert {rule.name: (rule.kind, rule.model) for rule in policies.access} == ACCESS


def test_permissions_by_model(policies: Policies) -> None:
    about = policies.by_model()["processn.Project"]
    found = {permission.name: permission for permission in about if permission.asked is None}
    assert {name: (found[name].kind, found[name].rule is not None) for name in found} == {
        "processn.add_project": ("default", False),
        "processn.change_project": ("default", True),
        "processn.delete_project": ("default", True),
        "processn.view_project": ("default", True),
        "processn.archive_project": ("custom", False),
        "processn.audit_project": ("custom", True),
        "processn.assign_tasks_project": ("rule", True),
    }
    rule = found["processn.view_project"].rule
    assert rule == Combined("or", (Atom("processn.predicates.is_public"), Atom("processn.predicates.is_member")))
    assert list(atoms(rule)) == ["processn.predicates.is_public", "processn.predicates.is_member"]


def test_guards_by_view_have_the_place_where_they_were_written(policies: Policies) -> None:
    guards = policies.by_view()
    assert [str(guard.origin) for guard in guards["processn.views.archive_project"]] == [
        "processn/views.py:74",
        "processn/views.py:75",
    ]
    label = guards["processn.views.LabelListView"]
    assert [(guard.origin.file, guard.source) for guard in label] == [
        ("processn/urls.py", "login_required(views.LabelListView.as_view())")
    ]


def test_a_view_that_nothing_guards(policies: Policies) -> None:
    assert [view.view for view in policies.unguarded()] == ["processn.views.AboutView", "processn.views.health"]
    assert replace(policies, login_everywhere=True).unguarded() == ()


def test_early_returns(policies: Policies, inspection: Inspection) -> None:
    found = _translated(
        "def case(user, task):\n    if task.assignee is None:\n        return False\n    return user.is_active\n",
        policies,
        inspection,
    )
    assert isinstance(found.condition, Every)
    missing, active = found.condition.of
    assert isinstance(missing, Negated) and isinstance(missing.of, Missing) and active == ViewerIs("active")


def test_a_backend_of_the_project_may_answer_otherwise(policies: Policies, inspection: Inspection) -> None:
    text = "def case(user, task):\n    return not user.has_perm('processn.add_task')\n"
    assert _translated(text, policies, inspection).condition == Negated(ViewerMay("processn.add_task"))
    own = replace(policies, backends=(*policies.backends, "shop.backends.Everything"))
    found = _translated(text, own, inspection)
    assert (found.condition, found.line) == (None, 11)
    assert found.reason == "`user.has_perm('processn.add_task')` is answered by a backend of the project"


def test_rows_behind_a_manager_that_may_hide_some(policies: Policies, inspection: Inspection) -> None:
    text = "def case(user, task):\n    return task.subtasks.filter(status='open').exists()\n"
    assert _translated(text, policies, inspection).condition is not None
    found = _translated(text, replace(policies, hiding=frozenset({"processn.Task"})), inspection)
    assert found.reason == "`task.subtasks` goes through a manager of the project, which may hide rows"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def case(user, task):\n    return helper(user, task)\n", "`helper` is neither a parameter nor"),
        ("def case(user, task):\n    yield True\n", "`yield True` has no translation"),
        ("async def case(user, task):\n    return True\n", "it is no plain function"),
        ("case = nothing", "it is no plain function"),
        ("def case(user, task:\n", "its source text cannot be read"),
        ("def case(user, task):\n    return task.title < 'b'\n", "orders values"),
        ("def case(user, task):\n    return task.metadata\n", "compares what has no type"),
        ("def case(user, task):\n    return sorted(task.labels.all())\n", "`sorted` is neither"),
        ("def case(user, task):\n    return task.project == user\n", "compares a user with a processn.Project"),
        ("def case(user, task):\n    with lock:\n        return True\n", "`with lock:` has no translation"),
    ],
)
def test_what_has_no_translation_says_why(text: str, reason: str, policies: Policies, inspection: Inspection) -> None:
    found = _translated(text, policies, inspection)
    assert found.condition is None and reason in found.reason
