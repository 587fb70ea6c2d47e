from http import HTTPStatus

from django.contrib.auth.models import User
from django.test import TestCase

from catalog.models import Book, Review


class CatalogViewTest(TestCase):
    fixtures = ["catalog"]

    def as_user(self, username: str) -> None:
        self.client.force_login(User.objects.get(username=username))

    def test_the_list_is_open_to_everybody(self):
        self.assertContains(self.client.get("/"), "Pride and Prejudice")

    def test_the_page_of_a_book_hides_other_peoples_private_reviews(self):
        self.assertNotContains(self.client.get("/books/the-dispossessed/"), "Too many ideas.")
        self.as_user("cleo")
        self.assertContains(self.client.get("/books/the-dispossessed/"), "Too many ideas.")

    def test_a_price_needs_its_permission(self):
        self.as_user("cleo")
        self.assertEqual(self.client.get("/books/orlando/price/").status_code, HTTPStatus.FORBIDDEN)

    def test_a_price_can_be_set_by_a_superuser(self):
        self.as_user("ada")
        self.client.post("/books/orlando/price/", {"price": "8.75"})
        self.assertEqual(str(Book.objects.get(slug="orlando").price), "8.75")

    def test_authors_edit_their_own_books_only(self):
        self.as_user("zadie")
        self.assertEqual(self.client.get("/books/white-teeth/edit/").status_code, HTTPStatus.OK)
        self.assertEqual(self.client.get("/books/orlando/edit/").status_code, HTTPStatus.FORBIDDEN)

    def test_a_second_review_replaces_the_first(self):
        self.as_user("cleo")
        self.client.post("/books/white-teeth/review/", {"stars": 5, "text": "Better the second time."})
        self.assertEqual(Review.objects.get(book__slug="white-teeth").stars, Review.Stars.SUPERB)
