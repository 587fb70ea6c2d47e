"""What Django has since 5.0."""

from django.db import models
from django.db.models.functions import Now, Upper


def sizes():
    return {"s": "small", "l": "large"}


class Grade(models.IntegerChoices):
    LOW = 1
    HIGH = 5


class Item(models.Model):
    name = models.CharField(max_length=9, db_default="it's 5%", db_comment="what it's called")
    made = models.DateTimeField(db_default=Now())
    grade = models.IntegerField(choices=Grade)
    size = models.CharField(max_length=1, choices=sizes)
    loud = models.GeneratedField(expression=Upper("name"), output_field=models.CharField(max_length=9), db_persist=True)
    twice = models.GeneratedField(
        expression=models.F("grade") * 2, output_field=models.IntegerField(), db_persist=True
    )

    class Meta:
        db_table_comment = "All items, 100%"
        constraints = [models.UniqueConstraint(fields=["name"], nulls_distinct=False, name="one_null")]


class Line(models.Model):
    pk = models.CompositePrimaryKey("item", "number")
    item = models.ForeignKey(Item, models.CASCADE)
    number = models.IntegerField()
