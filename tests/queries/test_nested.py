"""Nested results compared: every kind of difference is one, and nothing else is."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from workbench.queries.nested.differing import difference
from workbench.queries.nested.instances import Unreadable, counted, of_django, of_typescript
from workbench.queries.nested.ordering import ordering
from workbench.queries.nested.places import Place
from workbench.queries.query import Intent, Link, Output, Query, Shape


def query(model: str, *outputs: Output, link: Link | None = None, order: str = "") -> Query:
    sql = f"SELECT {', '.join(f't.{output.name}' for output in outputs)} FROM t{order}"
    return Query("", "postgres", model, Intent.ROWS, Shape.INSTANCE, sql, (), outputs, (), link=link)


ID, NAME, PRICE = Output("id", "BigAutoField"), Output("name", "CharField"), Output("price", "DecimalField")
BOSS = Output("name", "CharField", path="boss", model="a.Boss")
BOOKS = Link("books", "", "", "books", False, ("id",), ("author_id",))
HOME = Link("boss__home", "", "boss", "home", True, ("home_id",), ("id",))
PLACES = (
    Place("", query("a.Author", ID, NAME, BOSS), ("a.id", "a.name", "boss.name")),
    Place("books", query("a.Book", ID, PRICE, link=BOOKS), ("id", "price"), (), "books", (1,)),
    Place("boss__home", query("a.Home", ID, link=HOME), ("id",), ("boss",), "home"),
)


def number(value: int) -> dict[str, str]:
    return {"$": "js-number", "v": str(value)}


def js(**values: object) -> dict[str, object]:
    return {"$": "js-object", "v": values}


def book(key: int, price: str) -> dict[str, object]:
    return {"cells": [key, {"$": "decimal", "v": price}], "related": {}}


DJANGO = [
    {
        "cells": [1, "A", "B"],
        "related": {"books": [book(7, "1.50"), book(8, "2.00")], "boss__home": {"cells": [3], "related": {}}},
    },
    {"cells": [2, "C", {"$": "absent", "v": None}], "related": {"books": [], "boss__home": None}},
]
DRIZZLE = [
    js(
        a=js(id=number(1), name="A"),
        boss=js(name="B", home=js(id=number(3))),
        books=[js(id=number(7), price="1.50"), js(id=number(8), price="2.00")],
    ),
    js(a=js(id=number(2), name="C"), boss=None, books=[]),
]


def found(drizzle: list[object], places: tuple[Place, ...] = PLACES):  # type: ignore[no-untyped-def]
    return difference(places, of_django(places, DJANGO), of_typescript(places, drizzle))


def changed(*path: str | int, to: object) -> list[object]:
    """Drizzle's rows with another value at a path."""
    rows: object = copy.deepcopy(DRIZZLE)
    place = rows
    for step in path[:-1]:
        place = place[step] if isinstance(step, int) else place["v"][step]  # type: ignore[index]
    (place if isinstance(path[-1], int) else place["v"])[path[-1]] = to  # type: ignore[index]
    return rows  # type: ignore[return-value]


def test_the_same_is_no_difference():
    assert found(DRIZZLE) is None
    assert found(DRIZZLE[::-1]) is None  # the first query is not ordered


@pytest.mark.parametrize(
    ("path", "value", "where", "attribute"),
    [
        ((0, "a", "name"), "Z", "result › Author 1", "name"),
        ((0, "books", 0, "price"), number(1), "result › Author 1 › books › Book 7", "price"),
        ((0, "books", 0, "price"), "1.5", "result › Author 1 › books › Book 7", "price"),
        ((0, "books"), [js(id=number(7), price="1.50")], "result › Author 1 › books", "rows"),
        ((0, "boss", "home"), None, "result › Author 1", "home"),
        ((0, "boss", "home", "id"), "3", "result › Author 1 › home › Home 3", "id"),
        ((1, "boss"), js(name=None, home=None), "result › Author 2", "name"),
        ((1, "books"), [js(id=number(7), price="1.50")], "result › Author 2 › books", "rows"),
    ],
)
def test_every_value_counts(path, value, where, attribute):
    difference = found(changed(*path, to=value))
    assert (difference.place, difference.attribute) == (where, attribute)


def test_a_book_beside_another_author_is_a_difference():
    rows = changed(0, "books", to=[DRIZZLE[0]["v"]["books"][0]])
    rows[1]["v"]["books"] = [DRIZZLE[0]["v"]["books"][1]]
    assert found(rows).place == "result › Author 1 › books"


def test_the_order_is_that_of_the_named_columns():
    turned = changed(0, "books", to=DRIZZLE[0]["v"]["books"][::-1])
    assert found(turned).place == "result › Author 1 › books › position 1"
    unordered = tuple(replace(place, order=()) for place in PLACES)
    assert found(turned, unordered) is None


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((0, "books"), None, "books is no list"),
        ((0, "boss", "home"), [], "boss.home is no object"),
        ((0, "a"), 5, "there is no a.id"),
        ((0,), 5, "a row of the first query is no object"),
    ],
)
def test_another_form_is_told(path, value, message):
    with pytest.raises(Unreadable, match=message):
        found(changed(*path, to=value))


def test_a_property_that_is_not_there_is_a_difference():
    rows = copy.deepcopy(DRIZZLE)
    del rows[0]["v"]["a"]["v"]["name"]
    assert found(rows).drizzle == ["no such property"]


def test_rows_are_counted():
    assert counted(PLACES, of_django(PLACES, DJANGO)) == {"": (2, 0), "books": (2, 1), "boss__home": (1, 1)}


@pytest.mark.parametrize(
    ("order", "positions"),
    [("", ()), (" ORDER BY t.name ASC, t.id DESC", (1, 0)), (" ORDER BY t.other", None), (" ORDER BY 2", (1,))],
)
def test_what_order_by_names(order, positions):
    assert ordering(query("a.Author", ID, NAME, order=order)) == positions
