"""Relations: foreign keys, one-to-one, many-to-many plain, through, self, symmetric, in a circle, hidden."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Person(models.Model):
    name = models.CharField(max_length=20)
    friends = models.ManyToManyField("self")
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followers")
    mentor = models.ForeignKey("self", models.SET_NULL, null=True, related_name="pupils")
    favourite = models.ForeignKey("Group", models.SET_NULL, null=True, related_name="+")


class Group(models.Model):
    leader = models.ForeignKey(Person, models.PROTECT, related_name="leads")
    members = models.ManyToManyField(Person, through="Membership", related_name="groups")
    tags = models.ManyToManyField("Tag")


class Membership(models.Model):
    person = models.ForeignKey(Person, models.CASCADE)
    group = models.ForeignKey(Group, models.CASCADE)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="invitations")


class Profile(models.Model):
    person = models.OneToOneField(Person, models.CASCADE, primary_key=True)


class Tag(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()
