"""Indexes: order, conditions, expressions, operator classes, methods, covering columns, storage parameters."""

from django.contrib.postgres import indexes
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate, Lower, Upper


class Entry(models.Model):
    title = models.CharField(max_length=100, db_index=True)
    slug = models.SlugField(unique=True)
    created = models.DateTimeField()
    state = models.CharField(max_length=10)
    words = ArrayField(models.TextField())
    data = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["-created", "title"], name="entry_newest"),
            models.Index(fields=["state"], name="entry_open", condition=Q(state__in=["open", "new"])),
            models.Index(Lower("title"), Upper("state").desc(), name="entry_words"),
            models.Index(F("created").desc(nulls_last=True), F("title").asc(nulls_first=True), name="entry_nulls"),
            models.Index(fields=["title"], name="entry_pattern", opclasses=["varchar_pattern_ops"]),
            models.Index(OpClass(Lower("title"), name="text_pattern_ops").desc(), name="entry_pattern_down"),
            models.Index(fields=["title"], name="entry_covering", include=["created", "state"]),
            models.Index(Collate("title", "C"), name="entry_collated"),
            models.Index(fields=["title"], name="entry_semicolon", condition=~Q(title="a;b--c,,d")),
            indexes.GinIndex(fields=["words"], name="entry_gin", fastupdate=False),
            indexes.GinIndex(OpClass(F("data"), name="jsonb_path_ops"), name="entry_paths"),
            indexes.BrinIndex(fields=["created"], name="entry_brin", pages_per_range=16),
            indexes.HashIndex(fields=["slug"], name="entry_hash"),
            indexes.BTreeIndex(fields=["state"], name="entry_fill", fillfactor=70),
            indexes.GistIndex(fields=["title"], name="entry_trigrams", opclasses=["gist_trgm_ops"]),
        ]
