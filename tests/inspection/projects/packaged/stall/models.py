"""Fields that make Python objects of what the database holds."""

from django.core.validators import URLValidator
from django.db import models


class WordsField(models.TextField):
    def from_db_value(self, value, expression, connection):
        return [] if value is None else value.split()


class NotesField(models.JSONField):
    def from_db_value(self, value, expression, connection):
        return {"notes": super().from_db_value(value, expression, connection)}


class Stall(models.Model):
    name = models.CharField(max_length=20)
    words = WordsField()
    notes = NotesField(default=dict)
    site = models.TextField(validators=[URLValidator])  # the class itself, as some projects have it
