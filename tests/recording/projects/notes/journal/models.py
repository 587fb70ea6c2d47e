from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Page(models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name="pages")
    title = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=6, decimal_places=2, default="1.50")
    written = models.DateTimeField(null=True)
    tags = models.ManyToManyField("Tag")


class Tag(models.Model):
    word = models.CharField(max_length=20, unique=True)
