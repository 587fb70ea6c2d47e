"""TypeScript names: camel case, unique, never a reserved word."""

from __future__ import annotations

import pytest

from workbench.inspection.records import FieldRecord, ModelRecord, RelationRecord
from workbench.targets.drizzle.names import SchemaNames, camel


def column(name: str, relation: RelationRecord | None = None) -> FieldRecord:
    attname = f"{name}_id" if relation else name
    return FieldRecord(name, attname, attname, "ForeignKey" if relation else "TextField", "x.F", relation=relation)


def model(app: str, name: str, *fields: FieldRecord, **more: object) -> ModelRecord:
    table = f"{app}_{name.lower()}"
    return ModelRecord(f"{app}.{name}", app, name, f"{app}.models.{name}", table, list(fields), ["id"], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("author_id", "authorId"),
        ("HTTPServer", "httpServer"),
        ("Book_tags", "bookTags"),
        ("isbn_13", "isbn13"),
        ("Author", "author"),
        ("_order", "order"),
        ("2fa", "_2fa"),
        ("UserProfile", "userProfile"),
    ],
)
def test_camel(name: str, expected: str) -> None:
    assert camel(name) == expected


def test_tables_of_two_apps_with_one_name_carry_their_app() -> None:
    names = SchemaNames.of([model("catalog", "Tag"), model("blog", "Tag"), model("blog", "Post")])
    assert [names.table(t) for t in ("catalog_tag", "blog_tag", "blog_post")] == ["catalogTag", "blogTag", "post"]


def test_a_table_never_shadows_a_drizzle_function() -> None:
    names = SchemaNames.of([model("a", "Text"), model("a", "Count"), model("a", "Class")])
    assert [names.table(f"a_{n}") for n in ("text", "count", "class")] == ["textTable", "countTable", "classTable"]


def test_a_table_never_shadows_the_relations_of_another() -> None:
    names = SchemaNames.of(
        [model("a", "Poll_relations"), model("a", "Poll"), model("a", "Vote", abstract_bases=["a.PollRelations"])]
    )
    assert [names.table(f"a_{n}") for n in ("poll_relations", "poll")] == ["pollRelationsTable", "poll"]
    assert names.spread("a.PollRelations") == "pollRelationsColumns"


def test_columns_that_meet_in_camel_case_are_told_apart() -> None:
    names = SchemaNames.of([model("a", "B", column("isbn_13"), column("isbn13"))])
    assert [names.column("a_b", c) for c in ("isbn_13", "isbn13")] == ["isbn13", "isbn132"]


def test_relations_take_djangos_names_and_hidden_ones_the_tables() -> None:
    shown = RelationRecord("fk", "a.Author", accessor="book_set")
    hidden = RelationRecord("fk", "a.Author", accessor=None)
    models = [
        model("a", "Author", column("id")),
        model("a", "Book", column("author", shown)),
        model("a", "Link", column("one", hidden), column("two", hidden)),
    ]
    names = SchemaNames.of(models)
    assert names.relation("a.Book", "author") == "author"
    assert names.reverse("a.Book", "author") == "bookSet"
    assert [names.reverse("a.Link", f) for f in ("one", "two")] == ["linkByOne", "linkByTwo"]


def test_proxies_have_no_name_of_their_own() -> None:
    first = model("a", "Book")
    names = SchemaNames.of([ModelRecord("a.Old", "a", "Old", "a.Old", "a_book", [], ["id"], proxy=True), first])
    assert names.table("a_book") == "book"


def test_an_abstract_base_becomes_a_short_function_name() -> None:
    names = SchemaNames.of([model("a", "Book", abstract_bases=["core.CommonModel", "core.AbstractBook"])])
    assert (names.spread("core.CommonModel"), names.spread("core.AbstractBook")) == ("common", "bookColumns")
