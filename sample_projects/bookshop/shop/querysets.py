"""Questions about orders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Sum


class OrderQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(status__in=["sent", "refunded"])

    def of(self, user):
        return self.filter(customer__user=user)

    def with_total(self):
        return self.annotate(total=Sum(F("lines__quantity") * F("lines__unit_price")))
