"""Who may do what in ProcessN, asked through Django itself."""

from django.contrib.auth.models import AnonymousUser, User
from django.test import TestCase
from django.urls import reverse

from processn.models import Project, Task

EVERYBODY = ["ada", "bo", "cia", "dan", "eva", "fia", "gus", "hal"]


class SampleTestCase(TestCase):
    fixtures = ["processn", "protokolln"]

    def user(self, name):
        return User.objects.get(username=name)

    def allowed(self, permission, thing=None):
        return [name for name in EVERYBODY if self.user(name).has_perm(permission, thing)]

    def status(self, name, url, method="get"):
        if name:
            self.client.force_login(self.user(name))
        else:
            self.client.logout()
        return getattr(self.client, method)(url).status_code


class ProjectRules(SampleTestCase):
    def test_change_needs_a_role_and_a_project_that_is_not_archived(self):
        # gus is inactive: a rule does not look at that, only a model permission does
        self.assertEqual(
            self.allowed("processn.change_project", Project.objects.get(name="Harbour")), ["ada", "dan", "eva", "gus"]
        )
        self.assertEqual(self.allowed("processn.change_project", Project.objects.get(name="Old mill")), ["ada"])

    def test_a_public_project_is_visible_to_a_visitor(self):
        visitor = AnonymousUser()
        self.assertTrue(visitor.has_perm("processn.view_project", Project.objects.get(name="Harbour")))
        self.assertEqual([p.name for p in Project.objects.visible_to(visitor)], ["Harbour", "Tram"])

    def test_the_list_and_the_rule_agree(self):
        for name in EVERYBODY:
            user = self.user(name)
            visible = set(Project.objects.visible_to(user))
            ruled = {p for p in Project.objects.all() if user.is_superuser or user.has_perm("processn.view_project", p)}
            if not user.is_superuser:
                self.assertEqual(visible, ruled, name)

    def test_model_permissions_come_from_groups(self):
        self.assertEqual(self.allowed("processn.archive_project"), ["ada", "dan"])
        self.assertEqual(self.allowed("processn.audit_project"), ["ada", "bo", "cia"])


class TaskRules(SampleTestCase):
    def test_rules_and_grants_add_up(self):
        depth = Task.objects.get(title="Measure the depth")
        # fia: assignee of an open task; hal: granted by guardian
        self.assertEqual(self.allowed("processn.change_task", depth), ["ada", "dan", "eva", "fia", "gus", "hal"])

    def test_a_group_grant_reaches_its_members(self):
        lamps = Task.objects.get(title="Choose lamps")
        self.assertEqual(self.allowed("processn.view_task", lamps), ["ada", "cia", "dan", "fia"])

    def test_nobody_hands_on_a_task_that_is_done(self):
        self.assertEqual(self.allowed("processn.reassign_task", Task.objects.get(title="Write to the city")), ["ada"])


class Pages(SampleTestCase):
    def test_answers(self):
        harbour = Project.objects.get(name="Harbour").pk
        depth = Task.objects.get(title="Measure the depth").pk
        cases = [
            ("project-list", [], {None: 200, "fia": 200}),
            ("about", [], {None: 200}),
            ("project-create", [], {None: 302, "fia": 200}),
            ("project-detail", [harbour], {None: 200, "hal": 200}),
            ("project-update", [harbour], {None: 302, "eva": 200, "fia": 403}),
            ("project-delete", [harbour], {None: 302, "dan": 200, "eva": 403}),
            ("member-list", [harbour], {None: 403, "fia": 200, "hal": 403}),
            ("task-list", [], {None: 302, "fia": 200}),
            ("task-detail", [depth], {None: 403, "hal": 200, "cia": 403}),
            ("label-list", [], {None: 302, "hal": 200}),
            ("audit", [], {None: 302, "bo": 200, "cia": 200, "hal": 302}),
            ("statistics", [], {None: 302, "ada": 200, "bo": 302}),
            ("staff", [], {None: 302, "bo": 200, "hal": 302}),
            ("api-project-list", [], {None: 403, "fia": 200}),
            ("api-task-list", [], {None: 403, "fia": 200}),
        ]
        for name, args, answers in cases:
            for user, status in answers.items():
                with self.subTest(page=name, user=user):
                    self.assertEqual(self.status(user, reverse(name, args=args)), status)

    def test_writing(self):
        task = Task.objects.get(title="Order stone")
        harbour = reverse("project-archive", args=[task.project_id])
        self.assertEqual(self.status("eva", harbour, "post"), 403)
        self.assertEqual(self.status("dan", harbour, "post"), 302)
        reassign = reverse("task-reassign", args=[task.pk, self.user("fia").pk])
        self.assertEqual(self.status("fia", reassign), 403)
        self.assertEqual(self.status("eva", reassign), 302)
        task.refresh_from_db()
        self.assertEqual(task.assignee, self.user("fia"))
        self.assertTrue(self.user("fia").has_perm("processn.change_task", task))

    def test_the_list_is_narrowed(self):
        self.client.force_login(self.user("fia"))
        titles = {row["title"] for row in self.client.get(reverse("api-task-list")).json()}
        self.assertEqual(titles, set(Task.objects.exclude(project__name="Old mill").values_list("title", flat=True)))
        self.client.force_login(self.user("hal"))
        self.assertEqual(self.client.get(reverse("task-granted")).json(), {"tasks": ["Measure the depth"]})
