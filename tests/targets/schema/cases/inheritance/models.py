"""Abstract bases, multi-table children, proxies, unmanaged and swapped models."""

import uuid

from django.db import models


class CommonModel(models.Model):
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    metadata = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Named(models.Model):
    name = models.CharField(max_length=50, help_text="As shown\nin lists")

    class Meta:
        abstract = True


class Project(CommonModel, Named):
    """A project, with its own key.

    The second paragraph stays in Python.
    """

    description = models.TextField(blank=True)


class Task(CommonModel):
    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")


class Person(Named):
    name = models.CharField(max_length=80)


class Place(models.Model):
    name = models.CharField(max_length=50)


class Restaurant(Place):
    serves_pizza = models.BooleanField(default=False)


class Trattoria(Restaurant):
    wine = models.CharField(max_length=20)


class Cafe(Place):
    place = models.OneToOneField(Place, models.CASCADE, parent_link=True, primary_key=True)


class PlaceProxy(Place):
    class Meta:
        proxy = True


class Legacy(models.Model):
    number = models.IntegerField(primary_key=True)
    note = models.CharField(max_length=9, null=True)
    project = models.ForeignKey(Project, models.DO_NOTHING, db_constraint=False)

    class Meta:
        managed = False
        db_table = "legacy numbers"
