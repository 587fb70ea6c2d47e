"""Questions that the bookshop asks often, as methods of querysets: they can be chained."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Avg, Count, Q


class BookQuerySet(models.QuerySet):
    def in_print(self):
        return self.filter(in_print=True)

    def published_before(self, year: int):
        return self.filter(published__lt=datetime.date(year, 1, 1))

    def cheaper_than(self, price: Decimal):
        return self.filter(price__lt=price)

    def about(self, tag: str):
        return self.filter(tags__slug=tag)

    def with_ratings(self):
        public = Q(reviews__is_public=True)
        return self.annotate(
            rating=Avg("reviews__stars", filter=public),
            review_count=Count("reviews", filter=public),
        )


class ReviewQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)

    def visible_to(self, user):
        """Staff see every review; everybody else sees the public ones and their own."""
        if user.is_staff:
            return self
        if not user.is_authenticated:
            return self.public()
        return self.filter(Q(is_public=True) | Q(reviewer=user))


class ClassicManager(models.Manager.from_queryset(BookQuerySet)):
    def get_queryset(self):
        return super().get_queryset().published_before(1950)
