"""The base of every table in this project."""

import uuid

from django.db import models


class CommonModel(models.Model):
    """An integer key, a stable guid, free-form metadata, and the two timestamps."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    metadata = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
