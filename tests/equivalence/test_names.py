"""Resolving names at once gives what ``qualify`` gives, on every query of the suites and on generated ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.soundness.mutations import DISGUISES, MUTATIONS, changed
from tests.soundness.queries import query
from tests.soundness.schemas import schema
from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.aliases import unique_aliases
from workbench.equivalence.folding import fold_catalog
from workbench.equivalence.negation import spell_out_negation
from workbench.equivalence.normal_form.canonical import canonical_text
from workbench.equivalence.parse import _written
from workbench.equivalence.placeholders import numbered
from workbench.equivalence.resolution import qualified, resolved_at_once
from workbench.equivalence.walking import by_type

PAIRS = [json.loads(line) for line in Path(__file__).with_name("orm_pairs.jsonl").read_text().splitlines()]
BY_HAND = (
    "SELECT * FROM book ORDER BY title",
    "SELECT b.*, a.name FROM book b JOIN author a ON a.id = author_id",
    "SELECT Author_ID, count(*) FROM Book GROUP BY 1 ORDER BY 2 DESC, author_id",
    "SELECT author_id AS who, max(price) AS most FROM book GROUP BY author_id ORDER BY author_id, max(price)",
    "SELECT DISTINCT ON (author_id) id, author_id FROM book ORDER BY author_id, price DESC, id",
    "WITH cheap AS (SELECT id, price FROM book WHERE price < 5) SELECT c.id FROM cheap c JOIN cheap d USING (id)",
    "WITH cheap AS (SELECT id, price FROM book WHERE price < 5) SELECT * FROM cheap WHERE price > 1",
    "SELECT id FROM book WHERE EXISTS (SELECT 1 FROM review WHERE book_id = book.id AND rating > 3) ORDER BY id",
    "SELECT id, (SELECT max(rating) FROM review WHERE book_id = book.id) FROM book",
    "SELECT id FROM book UNION SELECT id FROM author ORDER BY id LIMIT 3",
    "SELECT title AS id FROM book ORDER BY id",
    "SELECT CAST(NULL AS integer), 1 + 1, pages::text FROM book",
    "SELECT row_number() OVER (PARTITION BY author_id ORDER BY price) AS price FROM book",
)


def _queries() -> Iterator[tuple[str, Catalog, Dialect]]:
    catalog = read_ddl(Path(__file__).with_name("orm_schema.sql").read_text(), "postgres")
    for sql in (*BY_HAND, *(pair[side] for pair in PAIRS for side in ("left", "right"))):
        yield sql, catalog, "postgres"
    random = Random(11)
    dialects: tuple[Dialect, ...] = ("postgres", "sqlite")
    for dialect in dialects:
        for _ in range(10):
            generated = read_ddl(schema(random), dialect)
            for left in (query(random) for _ in range(10)):
                yield left, generated, dialect
                yield changed(left, random, MUTATIONS + DISGUISES, 2)[0], generated, dialect


def test_both_ways_give_one_tree() -> None:
    taken = total = 0
    for sql, catalog, dialect in _queries():
        folded = fold_catalog(catalog)
        text = numbered(sql, dialect, "dollar")
        tree, slow = (_written(text, folded, None, "query")[0] for _ in range(2))
        total += 1
        if resolved_at_once(tree, folded):
            taken += 1
            slow = qualified(slow, folded, "query")
            for each in (tree, slow):
                unique_aliases(each)
            assert canonical_text(tree) == canonical_text(slow), sql
            assert "*" in sql or tree == slow, sql
    assert taken > total * 0.95


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM book JOIN author USING (id)",
        "SELECT nothing FROM book",
        "SELECT b.id FROM book b JOIN author b ON true",
        "SELECT id FROM book, author",
        "SELECT id FROM book, LATERAL (SELECT book.id AS x) y",
        "SELECT id FROM book ORDER BY 7",
        "SELECT id, price AS id FROM book ORDER BY id",
        "SELECT title || 'x' AS t FROM book GROUP BY t",
        "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT x FROM n",
    ],
)
def test_the_uncommon_is_left_to_qualify(sql: str, bookshop: Catalog) -> None:
    tree, _ = _written(sql, bookshop, None, "query")
    assert not resolved_at_once(tree, bookshop)


def test_negation_is_one_node_around_the_plain_predicate(bookshop: Catalog) -> None:
    tree, _ = _written("SELECT id FROM book WHERE pages IS NOT NULL AND title NOT LIKE 'a%'", bookshop, None, "query")
    spell_out_negation(by_type(tree))
    assert tree.sql("postgres").endswith("NOT pages IS NULL AND NOT title LIKE 'a%'")
