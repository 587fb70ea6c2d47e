"""What completion offers, place by place: "|" stands for the cursor, the offer must be among or exactly these."""

from __future__ import annotations

import re

import pytest

from workbench.notebook.suggestions import Suggestions
from workbench.session.workbench import Workbench

EXACTLY = {
    "Bo|": ["Book", "Bookmark"],
    "Book.o|": ["Book.objects"],
    "Book.objects.pub|": ["Book.objects.published_before"],
    "Review.objects.vis|": ["Review.objects.visible_to"],
    "Book.objects.sel|": ["Book.objects.select_related"],
    "Book.objects.filter(tit|": ["title"],
    "Book.objects.filter(author__na|": ["author__name"],
    "Book.objects.filter(author__name__ist|": ["author__name__istartswith"],
    "Book.objects.filter(rev|": ["reviews"],
    "Book.objects.filter(reviews__sta|": ["reviews__stars"],
    "Book.objects.filter(reviews__stars__g|": ["reviews__stars__gt", "reviews__stars__gte"],
    "Book.objects.filter(tags__sl|": ["tags__slug"],
    "Tag.objects.filter(books__tit|": ["books__title"],
    "Book.objects.filter(audiobook__narr|": ["audiobook__narrator"],
    "AudioBook.objects.filter(tit|": ["title"],
    "Classic.objects.filter(auth|": ["author"],
    "Publisher.objects.filter(imprints__par|": ["imprints__parent"],
    "Order.objects.filter(customer__user__usern|": ["customer__user__username"],
    'Book.objects.annotate(n=Count("rev|': ["reviews"],
    "Book.objects.filter(Exists(Review.objects.filter(sta|": ["stars"],
    "Book.objects.filter(Exists(Review.objects.filter(stars=5)), tit|": ["title"],
    "Book.objects.annotate(n=Cou|": ["Count"],
    "Book.objects.filter(nothing__|": [],
}


def offered(shop: Workbench, written: str) -> list[str]:
    text = written.removesuffix("|")
    tail = re.search(r"[\w.]*$", text)
    assert tail is not None
    return Suggestions(shop.inspection).at(text, tail[0])


@pytest.mark.parametrize("written", EXACTLY)
def test_exactly_these_are_offered(shop: Workbench, written: str) -> None:
    assert offered(shop, written) == EXACTLY[written]


def test_a_method_after_a_call_is_offered_without_its_head(shop: Workbench) -> None:
    assert offered(shop, "Book.objects.filter(title=1).values_|") == [".values_list"]


def test_labels_leave_out_tables_that_django_makes_itself(shop: Workbench) -> None:
    labels = Suggestions(shop.inspection).labels
    assert "catalog.Book" in labels and "catalog.Book_tags" not in labels
