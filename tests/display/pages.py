"""The pages whose text and HTML stand in ``expected/``; ``python tests/display/pages.py`` writes those anew."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.display import (
    Badge,
    Clause,
    Code,
    Columns,
    Details,
    Grid,
    Judgement,
    Listing,
    Notes,
    Page,
    Pairing,
    SideBySide,
    Text,
    page_html,
    page_text,
)
from workbench.values import to_wire
from workbench.verdict import (
    AnswerWitness,
    AttributeWitness,
    DatabaseWitness,
    Different,
    Equivalent,
    ResultRows,
    Step,
    TableRows,
    Tried,
    Undecided,
)

EXPECTED = Path(__file__).parent / "expected"
HOSTILE = "<script>alert('&')</script>\x1b[31m\t\"quoted\""
BOOK = Origin("catalog.models.Book", "catalog/models.py", 55)

MODEL = """class Book(models.Model):
    title = models.CharField(max_length=200)  # <b>not bold</b>
"""
TABLE = "export const book = pgTable('catalog_book', {\n  title: varchar('title', { length: 200 }).notNull(),\n});\n"

WITNESS = DatabaseWitness(
    database=(
        TableRows("catalog_book", ("id", "title", "price"), ((1, "a", to_wire(Decimal("1.10"))), (2, "", None))),
    ),
    parameters=(10, "x"),
    left=ResultRows(("id", "n"), ((1, 2), (2, 1))),
    right=ResultRows(("id", "n"), ((1, 2), (2, None))),
    dialect="postgres",
    sql="INSERT INTO catalog_book VALUES (1, 'a', 1.10);",
    note="The second row is missing its review.",
    test="def test_queries_differ(run):\n    assert run('SELECT 1') == run('SELECT 2')\n",
)

NAMES = tuple(f"column_{number}" for number in range(1, 12))
WIDE = DatabaseWitness(
    database=(TableRows("wide_table", NAMES, (tuple(range(11)), (None,) * 11)),),
    parameters=(),
    left=ResultRows(NAMES, ()),
    right=ResultRows(NAMES, (tuple(range(11)),)),
    dialect="postgres",
)
PART = replace(WIDE, named=(("wide_table", "column_1"), ("wide_table", "column_4"), ("other", "column_2")))

PAGES = {
    "model": Page(
        "catalog.Book",
        (
            Columns((Code(MODEL, "python", "Django", BOOK), Code(TABLE, "typescript", "Drizzle"))),
            Details("SQL", (Code("SELECT 'it''s', 1.5 -- all\nFROM catalog_book", "sql"),)),
        ),
        (Badge("equivalent", "good"), Badge("proxy")),
        BOOK,
    ),
    "grid": Page(
        "Models",
        (
            Grid(
                ("model", "fields", "verdict", "where"),
                (
                    ("catalog.Book", 23, Badge("equivalent", "good"), BOOK),
                    ("shop.Order", 5, Badge("different", "bad"), None),
                ),
                "Own models",
                more=12,
            ),
            Grid(("nothing",), ()),
        ),
    ),
    "wide": Page(
        "Wide things",
        (
            Columns((Code("x" * 70, "text", "left"), Code("y" * 70, "text", "right"))),
            Grid(("short", "long"), (("a", "word " * 60), ("b", "書" * 80))),
            Text("A paragraph that is wrapped. " * 8),
        ),
    ),
    "equivalent": Page(
        "Queryset",
        (
            Judgement(
                Equivalent(
                    "normal form",
                    (
                        Step("qualify names", "SELECT id FROM a", "SELECT a.id FROM a"),
                        Step("drop join", using=("a_pkey",)),
                    ),
                    ("collations agree",),
                    Tried(databases=1),
                )
            ),
        ),
    ),
    "equivalent_tables": Page(
        "Tables",
        (
            Judgement(
                Equivalent(
                    "catalog comparison",
                    (
                        Step("same column", "id bigint not null", "id bigint not null"),
                        Step("same unique", "slug", "slug", ("book_slug_key",)),
                    ),
                )
            ),
        ),
    ),
    "different_rows": Page("Queryset", (Judgement(Different("execution", (WITNESS,), (), Tried(2, 40, ("search",)))),)),
    "different_wide": Page("Queryset", (Judgement(Different("execution", (WIDE,))),)),
    "different_part": Page("Queryset", (Judgement(Different("execution", (PART,))),)),
    "different_error": Page(
        "Queryset",
        (
            Judgement(
                Different(
                    "execution",
                    (
                        DatabaseWitness(
                            (),
                            (),
                            ResultRows(("id",), ()),
                            ResultRows((), (), "division by zero"),
                            "sqlite",
                        ),
                    ),
                )
            ),
        ),
    ),
    "different_attributes": Page(
        "Tables",
        (
            Judgement(Different("catalogs", (AttributeWitness("book.title", "length", "200", "100"),))),
            Judgement(
                Different("answers", (AnswerWitness("ben", "Orlando", "refused", "allowed"),)), "Django", "rules"
            ),
        ),
    ),
    "undecided": Page(
        "Queryset",
        (
            Judgement(
                Undecided("search", ("random() is volatile", "no total order"), (), Tried(3, 1, ("proof", "search")))
            ),
        ),
    ),
    "notes": Page(
        "Notes",
        (
            Notes(
                (
                    Diagnostic("field.file", BOOK, "cover", "a FileField stores a path", "choose a file store"),
                    Diagnostic("field.lost", Origin("x"), HOSTILE, "has no form", "", Fidelity.UNSUPPORTED),
                )
            ),
        ),
    ),
    "side_by_side": Page(
        "Two queries",
        (
            SideBySide(
                (
                    Pairing(Clause("SELECT", "book.id"), Clause("SELECT", "book.id"), "same"),
                    Pairing(Clause("WHERE", "book.price > 10"), Clause("ON", "book.price >= 10"), "changed"),
                    Pairing(Clause("WHERE", "book.title = 'it''s'"), Clause("WHERE", "book.title = 'x'", 1), "moved"),
                    Pairing(Clause("LIMIT", "3"), None, "left only"),
                    Pairing(None, Clause("DISTINCT", ""), "right only"),
                ),
                "Django",
                "Drizzle",
            ),
            SideBySide((Pairing(Clause("SELECT", "1"), Clause("SELECT", "1"), "same"),), "left", "right"),
        ),
    ),
    "hostile": Page(
        HOSTILE,
        (
            SideBySide((Pairing(Clause(HOSTILE, HOSTILE), Clause("", HOSTILE), "changed"),), HOSTILE, HOSTILE),
            Text(HOSTILE),
            Code(HOSTILE, "python", HOSTILE, Origin(HOSTILE)),
            Grid((HOSTILE,), ((HOSTILE,), (Origin(HOSTILE, HOSTILE, 3),)), HOSTILE),
            Details(HOSTILE, (Badge(HOSTILE),)),
            Listing(((Text(HOSTILE),),)),
        ),
    ),
}


def printed(page: Page) -> dict[str, str]:
    """Suffix to text; the style sheet, the same in every page, is left out."""
    html = re.sub(r"<style>.*?</style>", "<style></style>", page_html(page), flags=re.DOTALL)
    return {".txt": page_text(page) + "\n", ".html": html + "\n"}


if __name__ == "__main__":
    for name, page in PAGES.items():
        for suffix, text in printed(page).items():
            (EXPECTED / (name + suffix)).write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(PAGES)} pages written\n")
