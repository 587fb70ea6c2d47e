"""Clubs, who belongs to them, and their meetings: keys of several kinds, and constraints that rows have to obey."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Club(models.Model):
    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40, unique=True)
    open = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=1)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        permissions = [("rename_club", "Can rename a club")]
        constraints = [models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="club_level")]


class Membership(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=[("guest", "Guest"), ("host", "Host")])

    class Meta:
        unique_together = [("club", "user")]


class Meeting(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="meetings")
    subject = models.CharField(max_length=40)
    cancelled = models.BooleanField(default=False)
