"""Models whose save() asks the database in between."""

from django.core.cache import cache
from django.db import models

from .books import Shelf


class OfKinds(models.Manager):
    def of(self, kind):
        return self.all() if kind == "all" else self.filter(name=kind)


class Counted(models.Model):
    name = models.CharField(max_length=9)
    objects = OfKinds()

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        cache.set("counted", Counted.objects.count())


class Filed(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE)

    def save(self, *args, **kwargs):
        self.shelf, made = Shelf.objects.get_or_create(name="new")
        super().save(*args, **kwargs)


class Single(models.Model):
    name = models.CharField(max_length=9)

    def save(self, *args, **kwargs):
        if Single.objects.filter(name=self.name).exists():
            raise ValueError("there is one")
        super().save(*args, **kwargs)
