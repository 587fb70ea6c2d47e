"""The table of a project's call sites, alone and joined to a recording."""

from workbench.diagnostic import Origin
from workbench.inspection.records import CallSite
from workbench.queries.recording import Kind, RecordedStatement, Recording, Site
from workbench.session.querysets.project_queries import join, places_of

CALLS = [
    CallSite(
        Origin("a", "shop/views.py", 10), "Book.objects.filter(\n    x=1\n)", "shop.Book", ["filter"], "e", "", "page"
    ),
    CallSite(Origin("b", "shop/views.py", 11), "Shelf.objects.all()", "shop.Shelf", ["all"], "e", "", "page"),
    CallSite(Origin("c", "shop/views.py", 30), "Book.objects.all()", "shop.Book", ["all"], "e", "", "other"),
    CallSite(Origin("d", "shop/views.py", 40), "x.filter(**y)", None, ["filter"], "", "the lookups are in y", "other"),
]


def statement(name: str, model: str, *sites: Site) -> RecordedStatement:
    return RecordedStatement(name, Kind.SELECT, "postgres", f"SELECT {name}", (), sites, 1, model)


def ran(line: int, function: str, count: int = 1, most: int = 1) -> Site:
    return Site("default", "shop/views.py", line, function, "iterate", count, most)


RECORDING = Recording(
    ("manage.py", "test"), False, "", "5.2", "3.11", "", "UTC", True, {},
    (
        statement("on-its-line", "shop.Shelf", ran(11, "page")),
        statement("on-its-last-line", "shop.Book", ran(12, "page", 5, 3)),
        statement("run-later", "shop.Book", ran(14, "page", 2)),
        statement("in-another-function", "shop.Book", ran(50, "third")),
        statement("of-a-package", "auth.User", Site("default", None, None, None, "get", 1)),
    ),
)  # fmt: skip

EXPECTED = """\
Queries
═══════

4 call sites; 3 can be evaluated away from their place. 2 were run by the recorded command, 2 never.

place            │ model      │ queryset                     │ evaluated            │ runs │ statements │ repeated
─────────────────┼────────────┼──────────────────────────────┼──────────────────────┼──────┼────────────┼─────────
shop/views.py:10 │ shop.Book  │ Book.objects.filter( x=1 )   │ yes                  │    7 │          2 │ 3
shop/views.py:11 │ shop.Shelf │ Shelf.objects.all()          │ yes                  │    1 │          1 │
shop/views.py:30 │ shop.Book  │ Book.objects.all()           │ yes                  │    0 │          0 │
shop/views.py:40 │            │ x.filter(**y)                │ the lookups are in y │    0 │          0 │

Run from places that no call site above covers: templates, forms, packages, several lines.

place                  │ caller  │ statement                  │ runs
───────────────────────┼─────────┼────────────────────────────┼─────
shop/views.py:50       │ iterate │ SELECT in-another-function │    1
outside of the project │ get     │ SELECT of-a-package        │    1
"""


def squeezed(text: str) -> list[list[str]]:
    return [line.replace("─", "").replace("┼", "│").split() for line in text.splitlines()]


def test_executions_go_to_the_call_sites_that_built_them():
    view = join(places_of(CALLS).places, RECORDING)
    assert squeezed(str(view)) == squeezed(EXPECTED)


def test_it_can_be_narrowed():
    view = join(places_of(CALLS).places, RECORDING)
    assert [place.site.origin.line for place in view.never_run().places] == [30, 40]
    assert [place.site.origin.line for place in view.repeated().places] == [10]
    assert [place.site.origin.line for place in view.of("shop").places] == [10, 11, 30]
    assert [place.site.origin.line for place in view.of("shop.Shelf").places] == [11]


def test_without_a_recording_nothing_is_said_of_runs():
    view = places_of(CALLS)
    assert "runs" not in str(view)
    assert list(view.to_dataframe().columns) == ["place", "model", "queryset", "evaluated"]
