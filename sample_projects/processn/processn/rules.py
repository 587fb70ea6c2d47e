"""Rules that belong to no model's Meta; django-rules imports this module at start."""

import rules

from processn import predicates as p

rules.add_perm("processn.assign_tasks_project", p.is_member & p.member_can_assign_tasks & ~p.is_archived)
rules.add_perm("processn.audit_project", rules.is_staff | p.is_auditor)

rules.add_perm("processn.view_task", p.is_project_member)
rules.add_perm(
    "processn.change_task",
    ((p.is_project_member & p.can_change_project) | (p.is_assignee & p.is_open)) & ~p.is_project_archived,
)
rules.add_perm("processn.delete_task", p.is_project_member & p.can_change_project & ~p.is_project_archived)
rules.add_perm("processn.reassign_task", p.is_project_member & p.can_assign_in_project & p.is_open)
rules.add_perm("processn.export_task", p.is_project_member & p.during_office_hours)

# A rule is asked by its name only: no backend ever sees it
rules.add_rule("can_open_project", rules.is_authenticated & rules.is_active)
