"""Which part of a text says which clause: the text with each part in brackets, its clauses before it."""

from __future__ import annotations

import pytest

from workbench.display.highlight import highlighted
from workbench.display.linking import linked
from workbench.display.page import Code

CASES = (
    (
        "sql",
        'SELECT a.x, (SELECT 1 FROM z) FROM "a" LEFT OUTER JOIN b ON (a.x = b.y) CROSS JOIN c '
        "WHERE a.x IS DISTINCT FROM 2 GROUP BY a.x\nLIMIT 3\n-- 10",
        '[select: SELECT a.x, (SELECT 1 FROM z)] [from: FROM "a"] [join join1: LEFT OUTER JOIN b ON (a.x = b.y)] '
        "[join join2: CROSS JOIN c] [where: WHERE a.x IS DISTINCT FROM 2] [group: GROUP BY a.x]\n"
        "[limit: LIMIT 3]\n-- 10",
    ),
    ("sql", "SELECT 1 FROM a UNION SELECT 2 FROM b", "SELECT 1 FROM a UNION SELECT 2 FROM b"),
    ("sql", "SELECT 'open", "SELECT 'open"),
    (
        "typescript",
        'const q = db.select().from(x).as("q");\ndb\n  .select({ n: count(r.id) })\n  .from(b)\n'
        '  .innerJoin(r, eq(b.id, r.b))\n  .where(and(eq(b.t, "1)"), exists(db.select().from(z))))',
        'const q = db.select().from(x).as("q");\ndb\n  [select: .select({ n: count(r.id) })]\n  [from: .from(b)]\n'
        "  [join join1: .innerJoin(r, eq(b.id, r.b))]\n"
        '  [where: .where(and(eq(b.t, "1)"), exists(db.select().from(z))))]',
    ),
    (
        "typescript",
        "export function f(db: Db) {\n  return db.select().from(x).limit(1);\n}",
        "export function f(db: Db) {\n  return db[select: .select()][from: .from(x)][limit: .limit(1)];\n}",
    ),
    ("typescript", "db.select(", "db.select("),
    (
        "python",
        'Book.objects.filter(é="ü",\n  a__gt=1).filter(Q(b__name="x")).annotate(n=Count("x")).order_by("-n")[:10]',
        '[from: Book.objects][where having: .filter(é="ü",\n  a__gt=1)][joins where having: .filter(Q(b__name="x"))]'
        '[joins select group: .annotate(n=Count("x"))][order: .order_by("-n")][limit: [:10]]',
    ),
    ("python", "Book.objects.filter(", "Book.objects.filter("),
    ("python", "", ""),
)


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_parts_say_clauses(language: str, text: str, expected: str) -> None:
    links = linked(Code(text, language)).links
    marked = text
    for link in reversed(links):
        marked = f"{marked[: link.start]}[{' '.join(link.names)}: {marked[link.start : link.end]}]{marked[link.end :]}"
    assert marked == expected


def test_a_linked_text_keeps_its_colours_and_its_characters() -> None:
    code = linked(Code("SELECT '<&' FROM a", "sql"))
    assert highlighted(code.text, "sql", code.links) == (
        '<span class="wb-link wb-c-select"><span class="k">SELECT</span> <span class="s">\'&lt;&amp;\'</span></span> '
        '<span class="wb-link wb-c-from"><span class="k">FROM</span> a</span>'
    )
