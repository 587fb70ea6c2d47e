from django.db import models

from shop.models import Book


class Post(Book):
    title = models.CharField(max_length=20)
