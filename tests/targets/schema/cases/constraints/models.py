"""Checks, uniques in all variants, exclusion constraints, foreign keys."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import Lower


class Room(models.Model):
    number = models.IntegerField(unique=True)
    floor = models.IntegerField(null=True)
    wing = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    place = models.IntegerField()

    class Meta:
        unique_together = [("wing", "number")]
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(number=13), name="number_is_lucky"),
            models.CheckConstraint(condition=Q(wing__in=["north", "south"]), name="wing_known"),
            models.CheckConstraint(condition=~Q(code__contains=";") & ~Q(code="--"), name="code_plain"),
            models.CheckConstraint(condition=Q(code__lt=F("wing")), name="code_before_wing"),
            models.UniqueConstraint(fields=["floor", "code"], name="floor_code", nulls_distinct=False),
            models.UniqueConstraint(fields=["place"], name="place_later", deferrable=Deferrable.DEFERRED),
            models.UniqueConstraint(fields=["wing", "place"], name="wing_now", deferrable=Deferrable.IMMEDIATE),
            models.UniqueConstraint(fields=["code"], name="code_upstairs", condition=Q(floor__gt=1)),
            models.UniqueConstraint(Lower("code"), "wing", name="code_any_case"),
            models.UniqueConstraint(fields=["code", "wing"], name="code_with_floor", include=["floor"]),
            models.UniqueConstraint(fields=["wing", "code"], name="patterns", opclasses=["varchar_pattern_ops"] * 2),
        ]


class Booking(models.Model):
    room = models.ForeignKey(Room, models.PROTECT, to_field="number")
    during = DateRangeField()
    cancelled = models.BooleanField(default=False)
    loose = models.ForeignKey(Room, models.DO_NOTHING, db_constraint=False, related_name="+", db_column="loose room")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_guest_a_night",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(cancelled=False),
                deferrable=Deferrable.DEFERRED,
            ),
            ExclusionConstraint(
                name="no_overlap_at_all", expressions=[("during", RangeOperators.ADJACENT_TO)], include=["cancelled"]
            ),
        ]
