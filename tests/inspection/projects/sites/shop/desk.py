"""Call sites whose names take some following: aliases, attributes of self, arguments in a dict, asynchronous methods."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from .models import Book, Counted, Filed, Shelf, Single


def renamed():
    day = dt.date(2020, 1, 1)
    users = get_user_model().objects.filter(date_joined__gte=dt.datetime(2020, 1, 1))
    others = users
    return others.exclude(last_login__date=day), Book.objects.filter(shelf__in=Shelf.objects.filter(pk=dt.MINYEAR))


def through():
    groups = get_user_model().groups.through
    return groups.objects.filter(group_id=1)


def indexed():
    shelf = Shelf.objects.order_by("name")[0]
    other, made = Shelf.objects.get_or_create(name="b")
    return shelf.book_set.count(), other.book_set.exclude(pk=made)


def joined(names):
    named = Q()
    for name in names:
        named |= Q(name=name)
    found = Shelf.objects.all()
    found &= Shelf.objects.exclude(name="")
    return found.filter(named)


def rebound():
    all_of_them = Shelf.objects.all()
    named = all_of_them.exclude(name="")
    all_of_them = all_of_them.filter(pk__gt=3)
    return all_of_them.union(named)


def spread(name, **more):
    data = {"name": name}
    data["pk"] = len(name)
    changed = {"name": name}
    changed.update(more)
    Shelf.objects.create(**data)
    Shelf.objects.create(**changed)
    return Shelf.objects.filter(**{"name__startswith": name})


def inner():
    books = Book.objects.filter(shelf=OuterRef("pk"))
    first = books.order_by("pk").values("pk")[:1]
    return Shelf.objects.annotate(one=Subquery(first)).filter(Exists(Book.objects.filter(shelf=OuterRef("pk"))))


def by_hand(name):
    statement = "SELECT id, name FROM shop_shelf WHERE name = %s"
    kind = "x"
    return Shelf.objects.raw(statement, [name])[0], Shelf.objects.filter(name=kind)


async def later(pk):
    shelf = await Shelf.objects.aget(pk=pk)
    return await shelf.book_set.filter(pk__gt=pk).acount()


def given(cache):
    return cache.get_or_set("n", Shelf.objects.filter(name="x").count), get_user_model().objects.first


class Desk:
    spare: Shelf

    def __init__(self, shelf: Shelf, name):
        self.shelf = shelf
        self.name = name

    def books(self):
        return self.shelf.book_set.filter(shelf__name=self.name), self.spare.book_set.all()


def asked(name, books):
    Counted.objects.create(name=name)
    Counted.objects.of(name)
    Counted.objects.of("all")
    Filed.objects.create()
    Single.objects.create(name="x")
    return Shelf.objects.prefetch_related(Prefetch("book_set", queryset=books))
