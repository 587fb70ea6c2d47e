"""Arrays, documents, ranges, search vectors, keys of two columns, and a project's own functions and lookups."""

from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    DateTimeRangeField,
    HStoreField,
    IntegerRangeField,
)
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Upper


class Initcap(models.Func):
    """PostgreSQL's own, which Django does not have."""

    function = "INITCAP"
    output_field = models.CharField()


class Differs(models.Lookup):
    """``title__differs=``."""

    lookup_name = "differs"

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} <> {right}", [*left_params, *right_params]


class Magnitude(models.Transform):
    """``balance__magnitude``."""

    lookup_name = "magnitude"
    function = "ABS"


models.CharField.register_lookup(Differs)
models.CharField.register_lookup(Upper)
models.IntegerField.register_lookup(Magnitude)


class Room(models.Model):
    name = models.CharField(max_length=40, unique=True)
    floor = models.SmallIntegerField(default=0)
    next = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="previous")


class Exhibit(models.Model):
    title = models.CharField(max_length=80)
    story = models.TextField(default="")
    room = models.ForeignKey(Room, models.CASCADE, null=True, related_name="exhibits")
    tags = ArrayField(models.CharField(max_length=20), default=list)
    measures = ArrayField(models.IntegerField(), null=True)
    bearings = ArrayField(ArrayField(models.FloatField(), size=3), size=2, null=True)
    details = models.JSONField(default=dict)
    shown = DateRangeField(null=True)
    visitors = IntegerRangeField(null=True)
    opened = models.DateTimeField(null=True)
    acquired = models.DateField(null=True)
    lent = models.DurationField(null=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    weight = models.FloatField(null=True)
    balance = models.IntegerField(default=0)
    index = SearchVectorField(null=True)
    seen = models.BooleanField(default=False)
    labels = HStoreField(null=True)
    closed = ArrayField(DateRangeField(), null=True)
    guarded = DateTimeRangeField(null=True)


class Statue(Exhibit):
    stone = models.CharField(max_length=40)


class Loan(models.Model):
    pk = models.CompositePrimaryKey("museum", "number")
    museum = models.IntegerField()
    number = models.IntegerField()
    borrower = models.CharField(max_length=40)
    exhibit = models.ForeignKey(Exhibit, models.CASCADE, related_name="loans")


class Sphère(models.Model):
    """A name outside of ASCII, as Python allows one."""

    größe = models.IntegerField(default=0)
