"""Primary keys of more than one column (Django 5.2)."""

from django.db import models


class Release(models.Model):
    name = models.CharField(max_length=20)


class Track(models.Model):
    pk = models.CompositePrimaryKey("release_id", "position")
    release = models.ForeignKey(Release, models.CASCADE)
    position = models.IntegerField()
    title = models.CharField(max_length=50)
