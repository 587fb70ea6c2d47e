# ruff: noqa: RET503, RET505, SIM110
"""Predicates as people write them; each is asked about every user and object of ProcessN, in Python and in Node."""

import functools

import rules
from processn.models import Task

LIMIT = 1
ROLES = ["owner", "editor"]


def role_in(user, project, roles):
    return project.members.filter(user=user, role__in=roles).exists()


def has_role(role):
    @rules.predicate
    def inner(user, project):
        return user.is_authenticated and project.members.filter(user_id=user.pk, role=role).exists()

    return inner


def reversed_answer(function):
    @functools.wraps(function)
    def inner(*args):
        return not function(*args)

    return inner


def unnamed(function):
    def inner(user, project):
        return not function(user, project)

    return inner


def project(function):
    rules.add_perm(f"processn.{function.__name__}_project", rules.predicate(function))
    return function


def task(function):
    rules.add_perm(f"processn.{function.__name__}_task", rules.predicate(function))
    return function


def node(function):
    rules.add_perm(f"protokolln.{function.__name__}_node", rules.predicate(function))
    return function


def text_equal(user, project):
    return project.name == "Harbour"


def text_differs(user, project):
    return project.name != 'Quay "7" \\ `${x}`'


def truth_equal(user, project):
    return project.archived == True  # noqa: E712


def signed_in_or_public(user, project):
    return project.public or user.is_authenticated


def visitor_raises(user, project):
    return project.members.filter(user=user).exists()


def visitor_raises_negated(user, project):
    return not project.members.filter(user=user).exists()


def visitor_raises_late(user, project):
    return project.public or project.members.filter(user=user).exists()


def visitor_raises_early(user, project):
    return project.members.filter(user=user).exists() or project.public


def visitor_raises_inside(user, project):
    return not (project.members.filter(user=user).exists() and project.archived)


def visitor_is_nobody(user, project):
    return project.members.filter(user_id=user.pk).exists()


def by_key(user, project):
    return project.members.filter(user__id=user.id, can_assign=True).exists()


def filters_in_a_row(user, project):
    return project.members.all().filter(role="editor").filter(user=user).exists()


def anybody_at_all(user, project):
    return project.members.exists()


def among_nothing(user, project):
    return project.members.filter(role__in=[]).exists()


def helped(user, project):
    return user.is_active and role_in(user, project, ROLES)


def helped_by_constant(user, project):
    return not user.is_anonymous and role_in(user, project, ["reader"])


def early_returns(user, project):
    """A visitor sees nothing; staff sees all."""
    if user.is_anonymous:
        return False
    if user.is_staff:
        return True
    role = "owner"
    return project.members.filter(user=user, role=role).exists()


def branches(user, project):
    if project.archived:
        return user.is_staff
    elif project.public:
        return user.is_active
    else:
        return user.is_superuser


def ternary(user, project):
    return user.is_staff if project.archived else not user.is_staff


def groups(user, project):
    return user.groups.filter(name="auditors").exists() or user.groups.filter(name__in=["planners", "x"]).exists()


def general(user, project):
    return user.has_perm("processn.archive_project")


def as_bool(user, project):
    return bool(project.public and not project.archived)


def nothing_there(user, project):
    return project is None


# without a translation
def no_answer(user, project):
    if project.public:
        return True


def truth_of_text(user, project):
    return project.description


def loops(user, project):
    for member in project.members.all():
        if member.user_id == user.pk:
            return True
    return False


def any_member(user, project):
    return any(member.user_id == user.pk for member in project.members.all())


def asks_itself(user, project):
    return user.has_perm("processn.view_project", project)


def excludes(user, project):
    return project.members.exclude(role="owner").exists()


def by_name_of_user(user, project):
    return project.members.filter(user__username="eva").exists()


def email_of_user(user, project):
    return user.email == "eva@example.com"


def two_types(user, project):
    return project.name == 7


def counted(user, project):
    return project.members.count() > 2


@reversed_answer
def wrapped(user, project):
    return project.public


@unnamed
def wrapped_without_a_trace(user, project):
    return project.public


def assigned(user, task):
    return task.assignee_id == user.id


def assigned_object(user, task):
    return user == task.assignee


def not_assigned_object(user, task):
    return task.assignee != user


def nobody_assigned(user, task):
    return task.assignee is None


def sub_task(user, task):
    if task.parent:
        return True
    return task.parent_id is not None


def unfinished(user, task):
    return task.status not in (Task.Status.DONE, Task.Status.CANCELLED)


def started(user, task):
    return task.status == Task.Status.STARTED


def in_project(user, task):
    place = task.project
    return user.is_authenticated and place.members.filter(user=user).exists() and not place.archived


def through_project(user, task):
    return task.project.name in ["Harbour", "Tram"]


def assignee_is_listed(user, task):
    return task.assignee_id in (5, 6)


# without a translation
def through_a_null(user, task):
    return task.parent.status == "open"


def decimal(user, task):
    return task.estimate > 2


def on_top(user, node):
    return node.position < LIMIT


def in_the_middle(user, node):
    return 0 <= node.position <= 1 and node.inherits


def has_budget(user, node):
    return node.children.filter(title="Budget").exists()


def unowned_grant(user, node):
    return node.grants.filter(user__isnull=True, level=1).exists()


def grant_of_visitor(user, node):
    return node.grants.filter(user_id=user.pk).exists()


ABOUT_PROJECTS = [
    text_equal, text_differs, truth_equal, signed_in_or_public, visitor_raises, visitor_raises_negated,
    visitor_raises_late, visitor_raises_early, visitor_raises_inside, visitor_is_nobody, by_key, filters_in_a_row,
    anybody_at_all, among_nothing, helped, helped_by_constant, early_returns, branches, ternary, groups, general,
    as_bool, nothing_there, no_answer, truth_of_text, loops, any_member, asks_itself, excludes, by_name_of_user,
    email_of_user, two_types, counted, wrapped,
]  # fmt: skip
ABOUT_TASKS = [
    assigned, assigned_object, not_assigned_object, nobody_assigned, sub_task, unfinished, started, in_project,
    through_project, assignee_is_listed, through_a_null, decimal,
]  # fmt: skip
ABOUT_NODES = [on_top, in_the_middle, has_budget, unowned_grant, grant_of_visitor]

for function in ABOUT_PROJECTS:
    project(function)
for function in ABOUT_TASKS:
    task(function)
for function in ABOUT_NODES:
    node(function)

raises, public = rules.predicate(visitor_raises), rules.predicate(as_bool)
rules.add_perm("processn.unnamed_project", rules.predicate(wrapped_without_a_trace))
rules.add_perm("processn.owned_project", has_role("owner"))
rules.add_perm("processn.edited_project", has_role("editor"))
rules.add_perm("processn.exclusive_project", rules.is_staff ^ public)
rules.add_perm("processn.refused_then_negated_project", ~(raises & public))
rules.add_perm("processn.refused_second_project", public | raises)
rules.add_perm("processn.untranslated_negated_project", ~rules.predicate(any_member))
rules.add_perm("processn.untranslated_second_project", public | rules.predicate(any_member))
rules.add_perm("processn.lambda_project", rules.predicate(lambda user, project: project.public and user.is_staff))
rules.add_perm("processn.built_in_project", rules.is_authenticated & ~rules.is_superuser & rules.always_allow)
rules.add_perm("processn.two_groups_project", rules.is_group_member("auditors", "planners"))
