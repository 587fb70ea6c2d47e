from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class Team(models.Model):
    name = models.CharField(max_length=30)
    lead = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="leads")


class User(AbstractUser):
    class Role(models.TextChoices):
        GUEST = "guest", "Guest"
        EDITOR = "editor", "Editor"

    role = models.CharField(max_length=10, choices=Role, default=Role.GUEST)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="people")

    @property
    def is_editor(self):
        return self.role == self.Role.EDITOR

    def leads_team(self, team):
        return team is not None and team.lead_id == self.pk


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    level = models.IntegerField(default=0)
    verified = models.BooleanField(default=False)


class Folder(models.Model):
    name = models.CharField(max_length=30)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="folders")
    public = models.BooleanField(default=False)
    inherits = models.BooleanField(default=True)

    def ancestors(self):
        found = []
        node = self
        while node is not None:
            found.append(node)
            node = node.parent
        return found

    def may_open(self, user):
        if self.public or self.owner == user:
            return True
        return self.parent is not None and self.inherits and self.parent.may_open(user)


class PaperQuerySet(models.QuerySet):
    def of_team(self, team):
        return self.filter(team=team)


class Paper(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        FINAL = "final", "Final"

    title = models.CharField(max_length=40)
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, null=True, related_name="papers")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="papers")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="papers")
    reviewers = models.ManyToManyField(User, related_name="reviews")
    readers = models.ManyToManyField(Group, related_name="papers")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True)
    deadline = models.DateField(null=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    rank = models.IntegerField(null=True)
    secret = models.BooleanField(null=True)

    objects = PaperQuerySet.as_manager()

    def is_author(self, user):
        return self.author == user

    @property
    def is_open(self):
        return self.published_at is None or self.published_at > timezone.now()

    def team_lead(self):
        return self.team.lead


class Comment(models.Model):
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comments")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=10)
    score = models.IntegerField(null=True)

    class Meta:
        unique_together = [("paper", "user")]


class PaperUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Paper, on_delete=models.CASCADE)


class PaperGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Paper, on_delete=models.CASCADE)
