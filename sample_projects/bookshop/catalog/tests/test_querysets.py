from django.contrib.auth.models import AnonymousUser, User
from django.test import TestCase

from catalog.models import AudioBook, Book, Classic, Review


class BookQuerySetTest(TestCase):
    fixtures = ["catalog"]

    def test_questions_can_be_chained(self):
        books = Book.objects.in_print().cheaper_than(8).about("classic")
        self.assertEqual([book.title for book in books], ["Persuasion", "Pride and Prejudice"])

    def test_only_public_reviews_count_for_the_rating(self):
        book = Book.objects.with_ratings().get(slug="the-dispossessed")
        self.assertEqual((book.rating, book.review_count), (5.0, 1))

    def test_classics_are_the_books_before_1950_oldest_first(self):
        self.assertEqual(
            [book.title for book in Classic.objects.all()],
            ["Pride and Prejudice", "Persuasion", "To the Lighthouse", "Orlando", "Finn Family Moomintroll"],
        )

    def test_an_audio_book_is_a_book(self):
        self.assertEqual(AudioBook.objects.get(narrator__startswith="Pippa").title, "Swing Time")


class ReviewVisibilityTest(TestCase):
    fixtures = ["catalog"]

    def test_staff_see_everything(self):
        self.assertEqual(Review.objects.visible_to(User.objects.get(username="ben")).count(), 8)

    def test_readers_see_what_is_public_and_their_own(self):
        hidden_or_not = Review.objects.visible_to(User.objects.get(username="cleo"))
        self.assertEqual(hidden_or_not.filter(is_public=False).count(), 2)

    def test_strangers_see_what_is_public(self):
        self.assertFalse(Review.objects.visible_to(AnonymousUser()).filter(is_public=False).exists())
