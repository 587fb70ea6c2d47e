from __future__ import annotations

from workbench.catalog.table import Catalog
from workbench.equivalence import parse_query
from workbench.equivalence.diff import side_by_side


def test_clauses_stand_side_by_side_and_an_alias_is_no_change(bookshop: Catalog) -> None:
    left = parse_query("SELECT b.id FROM book b WHERE b.price > 1 AND b.in_print ORDER BY b.id", bookshop, "postgres")
    right = parse_query("SELECT k.id FROM book k WHERE k.in_print AND k.price >= 1 LIMIT 3", bookshop, "postgres")
    lines = [(line.clause, line.left, line.right, line.change) for line in side_by_side(left, right)]
    assert lines == [
        ("SELECT", '"q1"."id"', '"q1"."id"', "same"),
        ("FROM", '"book" AS "q1"', '"book" AS "q1"', "same"),
        ("WHERE", '"q1"."price" > 1', '"q1"."price" >= 1', "changed"),
        ("WHERE", '"q1"."in_print"', '"q1"."in_print"', "same"),
        ("ORDER BY", '"q1"."id"', "", "left only"),
        ("LIMIT", "", "3", "right only"),
    ]


def test_set_operations_show_each_operand(bookshop: Catalog) -> None:
    both = [
        parse_query(f"SELECT id FROM book {word} SELECT id FROM author", bookshop, "postgres")
        for word in ("UNION", "UNION ALL")
    ]
    changes = {(line.clause, line.change) for line in side_by_side(*both)}
    assert ("UNION FROM", "left only") in changes
    assert ("UNION ALL FROM", "right only") in changes
