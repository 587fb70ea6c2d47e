from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import RequestFactory, TestCase

from catalog.models import Book


class BookAdminTest(TestCase):
    fixtures = ["catalog"]

    def may_change(self, username: str, slug: str) -> bool:
        request = RequestFactory().get("/")
        request.user = User.objects.get(username=username)
        return site._registry[Book].has_change_permission(request, Book.objects.get(slug=slug))

    def test_editors_change_books_in_print(self):
        self.assertTrue(self.may_change("ben", "persuasion"))

    def test_editors_leave_books_out_of_print_alone(self):
        self.assertFalse(self.may_change("ben", "orlando"))
        self.assertTrue(self.may_change("ada", "orlando"))
