"""Projects, their members, and their tasks."""

from common.models import CommonModel
from django.conf import settings
from django.db import models
from django.urls import reverse
from rules.contrib.models import RulesModelBase, RulesModelMixin

from processn import predicates as p


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public projects, and those where the user is a member."""
        if not user.is_authenticated:
            return self.filter(public=True)
        return self.filter(models.Q(public=True) | models.Q(members__user=user)).distinct()

    def active(self):
        return self.filter(archived=False)


class Project(RulesModelMixin, CommonModel, metaclass=RulesModelBase):
    """A piece of work that people join as members."""

    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    public = models.BooleanField(default=False, help_text="Everybody may look at it.")
    archived = models.BooleanField(default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [("archive_project", "Can archive project"), ("audit_project", "Can audit project")]
        rules_permissions = {
            "view": p.is_public | p.is_member,
            "change": p.is_member & p.member_can_change & ~p.is_archived,
            "delete": p.is_member & p.member_is_owner,
        }

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("project-detail", args=[self.pk])


class Member(CommonModel):
    """What a user is in a project."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        READER = "reader", "Reader"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=10, choices=Role, default=Role.READER)
    can_assign = models.BooleanField(default=False, help_text="May hand tasks to other members.")

    class Meta:
        ordering = ["project", "user"]
        unique_together = [("user", "project")]

    def __str__(self):
        return f"{self.user} in {self.project}"


class Label(CommonModel):
    """A word that sorts tasks."""

    name = models.SlugField(max_length=40, unique=True)
    color = models.CharField(max_length=7, default="#808080")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Task(CommonModel):
    """Something to do in a project; a task may have sub-tasks."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        STARTED = "started", "Started"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="subtasks")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN, db_index=True)
    due = models.DateField(null=True, blank=True)
    estimate = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True, help_text="Hours.")
    labels = models.ManyToManyField(Label, blank=True, related_name="tasks")

    class Meta:
        ordering = ["due", "pk"]
        permissions = [("reassign_task", "Can hand task to another member"), ("export_task", "Can export task")]
        indexes = [models.Index(fields=["project", "-due"], name="task_project_due")]
        constraints = [
            models.CheckConstraint(condition=models.Q(estimate__gte=0), name="task_estimate_not_negative"),
            models.UniqueConstraint(
                fields=["project", "title"], condition=models.Q(parent=None), name="task_title_once_a_project"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("task-detail", args=[self.pk])
