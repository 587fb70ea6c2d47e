"""What every model of the bookshop may build on."""

from __future__ import annotations

import django
from django.db import models


class Timestamped(models.Model):
    """An abstract base: its columns are repeated in the table of every model that inherits it."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


def check(name: str, condition: models.Q) -> models.CheckConstraint:
    """A check constraint; Django 5.1 renamed the argument ``check`` to ``condition``."""
    keyword = "condition" if django.VERSION >= (5, 1) else "check"
    return models.CheckConstraint(name=name, **{keyword: condition})
