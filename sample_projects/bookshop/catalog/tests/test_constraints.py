from django.db import IntegrityError, transaction
from django.test import TestCase

from catalog.models import Book, Review


class ConstraintTest(TestCase):
    fixtures = ["catalog"]

    def assert_refused(self, change) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            change()

    def test_a_price_is_never_negative(self):
        self.assert_refused(lambda: Book.objects.filter(slug="orlando").update(price="-0.01"))

    def test_stars_go_from_one_to_five(self):
        self.assert_refused(lambda: Review.objects.filter(pk=1).update(stars=6))

    def test_a_publisher_features_one_book(self):
        self.assert_refused(lambda: Book.objects.filter(slug="persuasion").update(is_featured=True))
