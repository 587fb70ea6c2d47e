"""The fields of django.contrib.postgres, collations, custom fields and comments."""

from django.contrib.postgres.fields import (
    ArrayField,
    BigIntegerRangeField,
    DateRangeField,
    DateTimeRangeField,
    DecimalRangeField,
    HStoreField,
    IntegerRangeField,
)
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class CIText(models.TextField):
    def db_type(self, connection):
        return "citext"


class Money(models.Field):
    def db_type(self, connection):
        return "money"


class Everything(models.Model):
    words = ArrayField(models.CharField(max_length=10))
    grid = ArrayField(ArrayField(models.IntegerField(), size=3), size=3, null=True)
    big_integers = BigIntegerRangeField()
    dates = DateRangeField()
    moments = DateTimeRangeField()
    decimals = DecimalRangeField()
    pairs = HStoreField()
    integers = IntegerRangeField()
    search = SearchVectorField(null=True)
    email = CIText()
    price = Money()
    name = models.CharField(max_length=30, db_collation="C", db_comment="it's sorted by code point")

    class Meta:
        db_table_comment = "One of each; nothing -- else"
