"""The catalogue: who wrote what, who published it, and what readers say about it."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from catalog.base import Timestamped, check
from catalog.querysets import BookQuerySet, ClassicManager, ReviewQuerySet


class Publisher(Timestamped):
    name = models.CharField(max_length=120, unique=True)
    website = models.URLField(blank=True)
    contact = models.EmailField("contact address", blank=True)
    founded = models.PositiveSmallIntegerField("year of foundation", null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="imprints")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Author(Timestamped):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    email = models.EmailField(null=True, blank=True, unique=True)
    born = models.DateField("date of birth", null=True, blank=True)
    biography = models.TextField(blank=True)
    influences = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="influenced")

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name"], name="author_name")]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Book(Timestamped):
    class Binding(models.TextChoices):
        HARDBACK = "hardback", "Hardback"
        PAPERBACK = "paperback", "Paperback"
        EBOOK = "ebook", "E-book"

    class Audience(models.IntegerChoices):
        CHILDREN = 1
        YOUNG_ADULTS = 2
        ADULTS = 3

    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True, default="")
    slug = models.SlugField(max_length=220, unique=True)
    isbn = models.CharField("ISBN", max_length=13, unique=True, null=True, blank=True)
    reference = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    publisher = models.ForeignKey(Publisher, on_delete=models.SET_NULL, null=True, blank=True, related_name="books")
    tags = models.ManyToManyField(Tag, blank=True, related_name="books")
    contributors = models.ManyToManyField(Author, through="Contribution", related_name="contributions_to")
    price = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal("0.00"))])
    published = models.DateField(null=True, blank=True)
    binding = models.CharField(max_length=10, choices=Binding.choices, default=Binding.PAPERBACK)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices, default=Audience.ADULTS)
    pages = models.PositiveIntegerField(null=True, blank=True)
    weight = models.FloatField("weight in kilograms", null=True, blank=True)
    copies_sold = models.BigIntegerField(default=0)
    in_print = models.BooleanField(default=True)
    is_featured = models.BooleanField("shown in the window", default=False)
    details = models.JSONField(default=dict, blank=True)
    cover = models.FileField(upload_to="covers", blank=True)

    objects = models.Manager.from_queryset(BookQuerySet)()

    class Meta:
        ordering = ["title"]
        permissions = [("set_price", "Can set the price of a book")]
        constraints = [
            check("book_price_not_negative", Q(price__gte=0)),
            models.UniqueConstraint(fields=["author", "title"], name="book_title_once_per_author"),
            models.UniqueConstraint(
                fields=["publisher"], condition=Q(is_featured=True), name="book_one_featured_per_publisher"
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-published"], name="book_author_published"),
            models.Index(fields=["price"], condition=Q(in_print=True), name="book_price_in_print"),
        ]

    def __str__(self) -> str:
        return self.title


class Classic(Book):
    """A proxy: the same table seen through another manager."""

    objects = ClassicManager()

    class Meta:
        proxy = True
        ordering = ["published"]


class AudioBook(Book):
    """Multi-table inheritance: a table of its own, whose primary key points to the book's."""

    narrator = models.CharField(max_length=120)
    duration = models.DurationField()
    sample_rate = models.SmallIntegerField("sample rate in kilohertz", default=44)


class Contribution(models.Model):
    """Who else worked on a book, and as what: a many-to-many relation with a table of our own."""

    class Role(models.TextChoices):
        EDITOR = "editor", "Editor"
        TRANSLATOR = "translator", "Translator"
        ILLUSTRATOR = "illustrator", "Illustrator"

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="contributions")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="contributions")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        ordering = ["book", "role"]
        constraints = [models.UniqueConstraint(fields=["book", "author", "role"], name="contribution_once_per_role")]

    def __str__(self) -> str:
        return f"{self.author}, {self.get_role_display().lower()} of {self.book}"


class Review(Timestamped):
    class Stars(models.IntegerChoices):
        POOR = 1
        FAIR = 2
        GOOD = 3
        VERY_GOOD = 4
        SUPERB = 5

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    stars = models.PositiveSmallIntegerField(choices=Stars.choices)
    text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    sent_from = models.GenericIPAddressField("address of the sender", null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [("publish_review", "Can publish a review")]
        constraints = [
            check("review_stars_one_to_five", Q(stars__gte=1, stars__lte=5)),
            models.UniqueConstraint(fields=["book", "reviewer"], name="review_once_per_book"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of 5 for {self.book}"
