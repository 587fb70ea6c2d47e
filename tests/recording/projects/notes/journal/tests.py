"""What a recorder must see, and must not disturb."""

import multiprocessing
import threading

from django.db import connection, connections, models, transaction
from django.db.utils import IntegrityError
from django.test import TestCase, TransactionTestCase
from django.test.utils import isolate_apps

from journal.models import Author, Page, Tag


class Seen(TestCase):
    databases = {"default", "archive"}

    @classmethod
    def setUpTestData(cls):
        cls.author = Author.objects.create(name="Ursula")
        for number in range(7):
            Page.objects.create(author=cls.author, title=f"page {number}")

    def test_repeated_in_a_request(self):
        self.assertContains(self.client.get("/"), "page 3 by Ursula")

    def test_number_of_queries(self):
        with self.assertNumQueries(1):
            list(Page.objects.filter(title__startswith="page").values_list("title", "price"))

    def test_callers(self):
        self.assertTrue(Page.objects.filter(author=self.author).exists())
        self.assertEqual(Page.objects.count(), 7)
        self.assertEqual(Page.objects.aggregate(most=models.Max("price"))["most"], 1.5)
        Tag.objects.get_or_create(word="sea")
        Page.objects.filter(title="page 1").update(price=models.F("price") + 1)
        Page.objects.first().tags.add(Tag.objects.get())
        list(Page.objects.prefetch_related("tags").in_bulk([1]))
        Page.objects.filter(title="page 2").delete()
        by_hand = (
            "SELECT p.*, a.name AS writer FROM journal_page p JOIN journal_author a ON a.id = p.author_id"
            " WHERE a.name = %(name)s AND p.price < %(most)s AND p.title NOT LIKE '%%x' ORDER BY p.id"
        )
        self.assertEqual(Page.objects.raw(by_hand, {"most": 9, "name": "Ursula"})[0].writer, "Ursula")
        self.assertEqual(len(Tag.objects.raw("SELECT id, word FROM journal_tag WHERE word LIKE '%%e%%'")), 1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM journal_tag WHERE word LIKE 's%'")
            self.assertEqual(cursor.fetchone(), (1,))

    def test_fails(self):
        Tag.objects.create(word="twice")
        with transaction.atomic():
            Tag.objects.create(word="twice")

    def test_expected_failure_is_handled(self):
        Tag.objects.create(word="twice")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Tag.objects.create(word="twice")

    def test_other_database(self):
        Author.objects.using("archive").create(name="Iris")


class Elsewhere(TransactionTestCase):
    def test_thread(self):
        def count():
            Author.objects.filter(name="thread").count()
            connections.close_all()

        thread = threading.Thread(target=count)
        thread.start()
        thread.join()

    def test_forked_process(self):
        connections.close_all()
        process = multiprocessing.get_context("fork").Process(target=_in_a_child)
        process.start()
        process.join()
        self.assertEqual(process.exitcode, 0)

    @isolate_apps("journal")
    def test_model_of_a_test(self):
        class Sketch(models.Model):
            lines = models.IntegerField()

        with connection.schema_editor() as editor:
            editor.create_model(Sketch)
        self.assertEqual(list(Sketch.objects.filter(lines__gt=3)), [])
        with connection.schema_editor() as editor:
            editor.delete_model(Sketch)


def _in_a_child():
    Author.objects.filter(name="child").exists()
