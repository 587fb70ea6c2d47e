"""Names that need care: reserved words, long names, spaces, columns that meet in camel case."""

from django.db import models


class Text(models.Model):
    class_name = models.TextField(db_column="class")
    getSQL = models.TextField()
    default = models.IntegerField(db_column="with spaces")
    isbn_13 = models.TextField()
    isbn13 = models.TextField()


class Index(models.Model):
    table = models.ForeignKey(Text, models.CASCADE, db_column="Table")
    check = models.PositiveIntegerField()


class AVeryLongModelNameThatNeedsToBeShortenedWhenAConstraintIsNamed(models.Model):
    a_field_whose_name_is_also_much_longer_than_it_should_be_really = models.PositiveIntegerField(unique=True)
    id = models.BigAutoField(primary_key=True)

    class Meta:
        db_table = "a_very_long_table_name_that_nearly_fills_the_sixty_three_bytes"


class Peer(models.Model):
    """Its many-to-many table is called as the constant of its relations would be."""

    relations = models.ManyToManyField("self")
