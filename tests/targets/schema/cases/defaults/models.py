"""Choices, defaults in Python and in the database, automatic times, validators."""

import datetime
import decimal
import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower, Now, Pi
from django.utils import timezone


def make_code():
    return "x"


class Status(models.TextChoices):
    DRAFT = "d", "Draft"
    OUT = "o", 'Out, "live"'


class Level(models.IntegerChoices):
    LOW = 1
    HIGH = 2

    __empty__ = "none"


class Entry(models.Model):
    status = models.CharField(max_length=1, choices=Status, default=Status.DRAFT)
    mood = models.CharField(max_length=5, choices=[("Good", [("yes", "Yes")]), ("no", "No")], blank=True)
    level = models.IntegerField(choices=Level, null=True)
    rank = models.BigIntegerField(choices=[(1, "first"), (2, "second")], default=2)
    code = models.CharField(max_length=9, default=make_code)
    quoted = models.CharField(max_length=30, default="`${x}` \\ \" '\n")
    count = models.IntegerField(default=-3, validators=[MinValueValidator(-5)])
    big = models.BigIntegerField(default=2**62)
    ratio = models.FloatField(default=0.1)
    price = models.DecimalField(max_digits=5, decimal_places=2, default=decimal.Decimal("1.50"))
    flag = models.BooleanField(default=True)
    day = models.DateField(default=datetime.date(2024, 2, 29))
    span = models.DurationField(default=datetime.timedelta(days=-1, microseconds=5))
    guid = models.UUIDField(default=uuid.uuid4)
    fixed = models.UUIDField(default=uuid.UUID(int=5))
    blob = models.BinaryField(default=b"\x00\xff")
    data = models.JSONField(default=dict)
    moment = models.DateTimeField(default=timezone.now)
    today = models.DateField(auto_now=True)
    clock = models.TimeField(auto_now_add=True)
    db_number = models.IntegerField(db_default=5)
    db_text = models.CharField(max_length=20, db_default="it's")
    db_now = models.DateTimeField(db_default=Now())
    db_pi = models.FloatField(db_default=Pi())
    db_data = models.JSONField(db_default={"a": [1, "b"]})
    db_both = models.IntegerField(db_default=1, default=2)
    lowered = models.GeneratedField(
        expression=Lower("code"), output_field=models.CharField(max_length=9), db_persist=True
    )
