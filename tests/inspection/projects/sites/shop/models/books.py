from django.db import models


class Shelf(models.Model):
    name = models.CharField(max_length=9)


class Book(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE)

    @classmethod
    def first(cls):
        return cls.objects.first()

    def siblings(self):
        return Book.objects.filter(shelf=self.shelf).exclude(pk=self.pk)
