"""Every field of Django 5.2 that has a column, plain."""

from django.db import models


class Everything(models.Model):
    big_integer = models.BigIntegerField()
    binary = models.BinaryField()
    boolean = models.BooleanField()
    char = models.CharField(max_length=20)
    char_unlimited = models.CharField()
    date = models.DateField()
    date_time = models.DateTimeField()
    decimal = models.DecimalField(max_digits=8, decimal_places=2)
    duration = models.DurationField()
    email = models.EmailField()
    file = models.FileField(upload_to="files")
    file_path = models.FilePathField(path="/")
    float = models.FloatField()
    generic_ip_address = models.GenericIPAddressField()
    image = models.ImageField(upload_to="images")
    integer = models.IntegerField()
    json = models.JSONField()
    positive_big_integer = models.PositiveBigIntegerField()
    positive_integer = models.PositiveIntegerField()
    positive_small_integer = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    small_integer = models.SmallIntegerField()
    text = models.TextField()
    time = models.TimeField()
    url = models.URLField()
    uuid = models.UUIDField()
    nullable = models.IntegerField(null=True)
    doubled = models.GeneratedField(
        expression=models.F("integer") * 2, output_field=models.IntegerField(), db_persist=True
    )


class SmallKey(models.Model):
    id = models.SmallAutoField(primary_key=True)


class PlainKey(models.Model):
    id = models.AutoField(primary_key=True)


class TextKey(models.Model):
    code = models.CharField(max_length=4, primary_key=True)


class BigKey(models.Model):
    number = models.BigIntegerField(primary_key=True)


class Keyed(models.Model):
    plain = models.ForeignKey(PlainKey, models.CASCADE)
    text = models.ForeignKey(TextKey, models.SET_NULL, null=True)
    big = models.ForeignKey(BigKey, models.DO_NOTHING)
    small = models.ForeignKey(SmallKey, models.RESTRICT, null=True)
