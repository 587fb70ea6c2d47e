"""The agent's compile: what becomes a query, what is refused and how it says so, and that nothing is ever run."""

from __future__ import annotations

import datetime
import decimal
import signal
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import FileField
from django.db.models.fields.files import FieldFile

from workbench.inspection.agent import limiting, patching, wire
from workbench.inspection.client import Agent
from workbench.project import find_project
from workbench.queries.compiling import compile_queries
from workbench.queries.query import Intent, Query, Shape
from workbench.values import to_wire

SAMPLE = Path(__file__).parents[2] / "sample_projects" / "bookshop"


@pytest.fixture(scope="module")
def agent() -> Iterator[Agent]:
    with Agent(find_project(SAMPLE)) as agent:
        yield agent


def compiled(agent: Agent, text: str) -> Query:
    (query,) = compile_queries(agent, [text])
    return query


INTENTS = [
    ("Book.objects.all()", Intent.ROWS, Shape.INSTANCE),
    ("Book.objects", Intent.ROWS, Shape.INSTANCE),
    ("list(Book.objects.all())", Intent.ROWS, Shape.INSTANCE),
    ("Book.objects.values('id')", Intent.ROWS, Shape.DICT),
    ("Book.objects.values_list('id', 'title')", Intent.ROWS, Shape.TUPLE),
    ("Book.objects.values_list('id', flat=True)", Intent.ROWS, Shape.FLAT),
    ("Book.objects.get(pk=1)", Intent.GET, Shape.INSTANCE),
    ("Book.objects.latest('published')", Intent.GET, Shape.INSTANCE),
    ("Book.objects.first()", Intent.FIRST, Shape.INSTANCE),
    ("Book.objects.values('id').last()", Intent.LAST, Shape.DICT),
    ("Book.objects.count()", Intent.COUNT, Shape.SCALAR),
    ("Book.objects.exists()", Intent.EXISTS, Shape.SCALAR),
    ("Book.objects.aggregate(n=Count('pk'))", Intent.AGGREGATE, Shape.DICT),
    ("Book.objects.in_bulk([1])", Intent.IN_BULK, Shape.INSTANCE),
    ("x = 3\nBook.objects.filter(pages=x).count()", Intent.COUNT, Shape.SCALAR),
]


@pytest.mark.parametrize(("text", "intent", "shape"), INTENTS, ids=[text for text, _, _ in INTENTS])
def test_the_caller_s_intent_is_kept(agent: Agent, text: str, intent: Intent, shape: Shape):
    query = compiled(agent, text)
    assert (query.intent, query.shape, query.diagnostics) == (intent, shape, ())


MISTAKES = [
    ("Book.objects.filter(titel=1)", "queryset-field", "titel", "line 1, column 21", "did you mean title or subtitle?"),
    ("Boook.objects.all()", "queryset-name", "Boook", "line 1, column 1", "did you mean Book?"),
    ("Book.objects.filter(", "queryset-syntax", "Book.objects.filter(", "line 1, column 20", ""),
    ("Book.objects.filter(pages='x')", "queryset-value", "pages", "line 1, column 21", ""),
    ("x = 1", "queryset-no-expression", "x = 1", "no expression at the end", "end with the queryset itself"),
    ("for b in Book.objects.all(): pass", "queryset-no-expression", "for b in", "no expression at the end", "end with"),
    (
        "from django.db.models import Manager\nm = Manager()\nm.model = Book\nm.get_queryset = Book.objects.count\nm",
        "queryset-goes-on",
        "from django",
        "count() runs a query, and the expression goes on with its result",
        "",
    ),
    ("Book", "queryset-not-a-queryset", "Book", "this is the model class Book", "write Book.objects.all()"),
    ("1 + 1", "queryset-not-a-queryset", "1 + 1", "this is a value of type int", "end with a queryset"),
    ("Book.objects.get(pk=1).reviews.all()", "queryset-goes-on", "Book", "get() runs a query", "one by one"),
    ("list(Book.objects.get(pk=1).reviews.all())", "queryset-goes-on", "list", "get() runs a query", "one by one"),
    ("[b.title for b in Book.objects.all()]", "queryset-goes-on", "[b", "a loop runs a query", "one by one"),
    ("Book.objects.in_bulk([])", "queryset-no-query", "Book", "in_bulk() answers without a query", ""),
    ("instance(Tag, 'tag').save()", "queryset-write", "catalog.Tag", "known only while the code runs", "load the row"),
    (
        "from django.db import connection\nconnection.cursor().execute('select 1')",
        "queryset-write",
        "cursor",
        "asks the database past Django's ORM",
        "workbench record",
    ),
]


@pytest.mark.parametrize(("text", "code", "thing", "fact", "help"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_a_diagnostic(agent: Agent, text: str, code: str, thing: str, fact: str, help: str):
    query = compiled(agent, text)
    (diagnostic,) = query.diagnostics
    assert (query.sql, diagnostic.code) == ("", code)
    assert diagnostic.thing.startswith(thing)
    assert fact in diagnostic.fact
    assert help in diagnostic.help


def test_names_that_sql_loses(agent: Agent):
    query = compiled(agent, "Book.objects.select_related('publisher__parent').annotate(n=Count('tags'))")
    assert {(o.path, o.model) for o in query.outputs} == {
        ("", "catalog.Book"),
        ("publisher", "catalog.Publisher"),
        ("publisher__parent", "catalog.Publisher"),
        ("", None),
    }
    assert {s.path: s.table for s in query.sources}["publisher__parent"] == "catalog_publisher"
    assert [o.name for o in query.outputs if o.annotation] == ["n"]


def test_an_empty_queryset_keeps_its_sql(agent: Agent):
    query = compiled(agent, "Book.objects.none()")
    assert query.empty
    assert "WHERE 0 = 1" in query.sql


def test_prefetches_are_queries_of_their_own(agent: Agent):
    query = compiled(agent, "Author.objects.prefetch_related('books__tags')")
    assert [p.prefetch_path for p in query.prefetches] == ["books", "books__tags"]
    assert all("IN (" in p.sql for p in query.prefetches)


VALUES = [
    None, True, 3, 2**70, "a", 0.1, float("nan"), decimal.Decimal("1.10"), decimal.Decimal("NaN"), b"\x00", [1, ["a"]],
    datetime.datetime(2024, 1, 2, 3, 4, 5, 6), datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC),
    datetime.date(2024, 1, 2), datetime.time(1, 2), datetime.timedelta(days=-1, microseconds=1), uuid.UUID(int=1),
    {"a": 1},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_the_agent_s_table_of_values_is_ours(value: object):
    assert wire.to_wire(value) == to_wire(value)


@pytest.mark.parametrize("name", ["covers/a .png", "", None])
def test_a_file_that_somebody_has_looked_at_is_what_its_column_holds(name: str | None):
    file = type("Cover", (FieldFile,), {})(None, FileField(), name)
    assert wire.to_wire(file) == name


def test_the_limit_of_time_does_not_interrupt_what_puts_django_back():
    held = patching.patched([(limiting, "SECONDS", 9)])
    held.__enter__()
    with pytest.raises(limiting.TimeUp):
        limiting._raise(signal.SIGALRM, sys._getframe())
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    limiting._raise(signal.SIGALRM, held.gen.gi_frame)
    again, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)
    held.__exit__(None, None, None)
    assert 0 < again <= limiting._SOON and limiting.SECONDS == 5
