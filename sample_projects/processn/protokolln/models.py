"""A tree of protocols: a grant on a node holds for everything below it."""

from common.models import CommonModel
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.urls import reverse


class Node(CommonModel):
    """A folder, a protocol or a point of one."""

    class Kind(models.TextChoices):
        FOLDER = "folder", "Folder"
        PROTOCOL = "protocol", "Protocol"
        POINT = "point", "Point"

    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FOLDER)
    body = models.TextField(blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    inherits = models.BooleanField(default=True, help_text="Grants on the nodes above hold here too.")

    class Meta:
        ordering = ["parent_id", "position"]
        constraints = [models.UniqueConstraint(fields=["parent", "position"], name="node_position_once_a_parent")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("node-detail", args=[self.pk])

    def lineage(self):
        """This node and those above it, nearest first, as far as grants are inherited."""
        node = self
        while node is not None:
            yield node
            node = node.parent if node.inherits else None


class NodeGrant(CommonModel):
    """What a user, or the members of a group, may do on a node and below it."""

    class Level(models.IntegerChoices):
        READ = 1, "Read"
        WRITE = 2, "Write"
        MANAGE = 3, "Manage"

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="node_grants"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="node_grants")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.READ)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, group=None) | models.Q(user=None, group__isnull=False),
                name="grant_to_a_user_or_a_group",
            )
        ]

    def __str__(self):
        return f"{self.user or self.group}: {self.get_level_display()} on {self.node}"
