"""The shop: who buys what, and when the door is open."""

from __future__ import annotations

import uuid

from catalog.base import Timestamped, check
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from shop.querysets import OrderQuerySet


class Customer(Timestamped):
    """The shop's own facts about a user: one customer for one user."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="customer")
    phone = models.CharField(max_length=30, blank=True)
    points = models.IntegerField("loyalty points", default=0)
    wants_newsletter = models.BooleanField(null=True, help_text="Empty: nobody asked yet.")
    deliver_after = models.TimeField(null=True, blank=True)
    signature = models.BinaryField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)


class Order(models.Model):
    class Status(models.TextChoices):
        BASKET = "basket", "In the basket"
        PLACED = "placed", "Placed"
        PAID = "paid", "Paid"
        SENT = "sent", "Sent"
        REFUNDED = "refunded", "Refunded"

    number = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.BASKET, db_index=True)
    placed_at = models.DateTimeField(default=timezone.now)
    books = models.ManyToManyField("catalog.Book", through="OrderLine", related_name="orders")

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at"]
        permissions = [("refund_order", "Can refund an order")]
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(status="basket"), name="order_one_basket")
        ]

    def __str__(self) -> str:
        return f"Order {self.number}"


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    book = models.ForeignKey("catalog.Book", on_delete=models.PROTECT, related_name="order_lines")
    quantity = models.PositiveIntegerField(default=1)
    unit_price = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["id"]
        constraints = [
            check("orderline_quantity_positive", Q(quantity__gt=0)),
            models.UniqueConstraint(fields=["order", "book"], name="orderline_book_once_per_order"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.book}"


class Bookmark(models.Model):
    """What a customer wants to come back to: a book, an author, anything (a generic foreign key)."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="bookmarks")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="bookmark_target")]

    def __str__(self) -> str:
        return f"{self.customer}: {self.target}"


class OpeningHours(models.Model):
    class Weekday(models.IntegerChoices):
        MONDAY = 1
        TUESDAY = 2
        WEDNESDAY = 3
        THURSDAY = 4
        FRIDAY = 5
        SATURDAY = 6
        SUNDAY = 7

    weekday = models.IntegerField(choices=Weekday.choices, unique=True)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday"]
        verbose_name_plural = "opening hours"
        constraints = [check("openinghours_close_after_open", Q(closes__gt=F("opens")))]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
