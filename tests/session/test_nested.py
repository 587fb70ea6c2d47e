"""Every queryset of tests/cases/nested: its TypeScript as text, compiled, run, and its nested values beside Django's.

The expected TypeScript stands beside the querysets; ``WORKBENCH_UPDATE=1`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "nested"
OWN = ROOT / "tests" / "targets" / "queries" / "projects"
PROJECTS = {"bookshop": ROOT / "sample_projects", "museum": OWN, "music": OWN}
TOPICS = sorted((file.parent.name, file.stem) for file in CASES.glob("*/*.txt"))
EVERY_TOPIC = pytest.mark.parametrize(("project", "topic"), TOPICS, ids=["-".join(topic) for topic in TOPICS])
DECLINED = {
    "Customer.objects.prefetch_related('bookmarks__target')": (
        "bookmarks__target: a generic foreign key leads to rows of several tables: Django asks each table once"
    ),
    "Author.objects.prefetch_related('books__author__contributions')": (
        "books__author__contributions: author is the row that they were loaded for: Django has it in hand and asks "
        "nothing, and loads what follows for those rows alone that led here"
    ),
}


@pytest.fixture(scope="module")
def shops() -> Iterator[dict[str, wb.Workbench]]:
    opened = {project: wb.open(folder / project) for project, folder in PROJECTS.items()}
    yield opened
    for shop in opened.values():
        shop.close()


def cases(project: str, topic: str) -> list[str]:
    return (CASES / project / f"{topic}.txt").read_text(encoding="utf-8").splitlines()


def relational(view) -> str:
    """The other form as it is expected, or why there is none."""
    if view.relational:
        return f"// as one relational query:\n{view.relational.code}"
    (note,) = (note for note in view.diagnostics if note.code == "query-relational")
    return f"// {note.fact}\n"


@EVERY_TOPIC
def test_the_nested_values_are_those_of_django(shops, project, topic):
    """The text, the compiler's word on it, and equal values on rows of which every relation has some."""
    views = {text: shops[project].query(text) for text in cases(project, topic)}
    written = "\n".join(f"// {text}\n{view.nested.code}{relational(view)}" for text, view in views.items())
    expected = CASES / project / f"{topic}.ts"
    if os.environ.get("WORKBENCH_UPDATE"):
        expected.write_text(written, encoding="utf-8")
    assert written == expected.read_text(encoding="utf-8")
    undecided = {text: view.verdict for text, view in views.items() if view.verdict.word != "equivalent"}
    assert undecided == {}
    for view in views.values():
        assert view.nested.row and all(level.rows for level in view.nested.levels)
        assert view.nested.statements == 1 + len(view.prefetches)


@pytest.mark.parametrize("text", DECLINED)
def test_what_is_not_whole_is_not_equivalent(shops, text):
    view = shops["bookshop"].query(text)
    assert (view.verdict.word, view.first_verdict.word, view.nested) == ("undecided", "equivalent", None)
    assert view.verdict.reasons == (DECLINED[text],)


def test_a_row_that_is_in_hand_is_no_query(shops):
    view = shops["bookshop"].query("Author.objects.prefetch_related('books__author')")
    assert [part.query.link.to for part in view.prefetches] == ["books"]
    note = next(note for note in view.diagnostics if note.code == "queryset-prefetch")
    assert (note.fidelity, note.thing) == ("note", "books__author")
    assert note.fact == "author is the row that they were loaded for: Django has it in hand and asks nothing"


def test_what_select_related_has_in_hand_is_no_query(shops):
    view = shops["bookshop"].query("Book.objects.select_related('author').prefetch_related('author__books')")
    (part,) = view.prefetches
    assert (part.query.link.parent, part.query.link.via, part.query.link.attribute) == ("", "author", "books")


def test_the_page_shows_the_whole(shops):
    view = shops["bookshop"].query("Author.objects.prefetch_related('books')")
    text = str(view)
    assert "The rows with what was prefetched for them" in text
    assert "return authors.map((row) => ({ ...row, books: booksOf(row.id) }));" in text
    assert "by each query, and nested values" in text
    record = view.as_record()
    assert record["nested"]["levels"][1] == {"path": "books", "rows": 40, "without": 16}
    assert record["verdict"]["verdict"] == "equivalent"
