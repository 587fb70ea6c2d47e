"""Who a user is to a project or a task: the atoms of every permission rule."""

import rules
from django.utils import timezone


@rules.predicate
def is_member(user, project):
    return user.is_authenticated and project.members.filter(user=user).exists()


@rules.predicate
def member_can_change(user, project):
    return project.members.filter(user=user, role__in=["owner", "editor"]).exists()


@rules.predicate
def member_is_owner(user, project):
    return project.members.filter(user=user, role="owner").exists()


@rules.predicate
def member_can_assign_tasks(user, project):
    return project.members.filter(user=user, can_assign=True).exists()


@rules.predicate
def is_public(user, project):
    return project.public


@rules.predicate
def is_archived(user, project):
    return project.archived


@rules.predicate
def is_assignee(user, task):
    return task.assignee_id is not None and task.assignee_id == user.id


@rules.predicate
def is_open(user, task):
    if task.status == "cancelled":
        return False
    return task.status != "done"


@rules.predicate
def is_project_member(user, task):
    return is_member(user, task.project)


@rules.predicate
def can_change_project(user, task):
    return member_can_change(user, task.project)


@rules.predicate
def can_assign_in_project(user, task):
    return member_can_assign_tasks(user, task.project)


@rules.predicate
def is_project_archived(user, task):
    return task.project.archived


@rules.predicate
def during_office_hours(user):
    """Depends on the clock: no row of the database answers it."""
    now = timezone.localtime()
    return now.weekday() < 5 and 8 <= now.hour < 17


is_auditor = rules.is_group_member("auditors")
