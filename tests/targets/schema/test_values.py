"""Defaults as TypeScript of the column's type; what has no exact form is left to a person."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from workbench.catalog.table import Dialect
from workbench.targets.drizzle.values import interval_text, literal
from workbench.targets.typescript import flat
from workbench.values import to_wire

CASES: list[tuple[object, str, Dialect, str | None]] = [
    ("a", "string", "postgres", '"a"'),
    (5, "string", "postgres", '"5"'),
    (0.5, "string", "postgres", '"0.5"'),
    (Decimal("1.50"), "string", "postgres", '"1.50"'),
    (Decimal("1.50"), "number", "postgres", "1.5"),
    (float("-inf"), "number", "postgres", "-Infinity"),
    (2**53, "number", "postgres", None),
    (2**53 - 1, "number", "postgres", "9007199254740991"),
    (2**62, "bigint", "postgres", "4611686018427387904n"),
    ("7", "number", "postgres", "7"),
    ("seven", "number", "postgres", None),
    (1, "boolean", "postgres", "true"),
    (True, "string", "postgres", None),
    (b"\x00\xff", "Buffer", "postgres", 'Buffer.from("00ff", "hex")'),
    ([1, [2]], "number[]", "postgres", None),
    (["a"], "string[]", "postgres", '["a"]'),
    ({"a": [None, 1.5]}, "unknown", "postgres", "{ a: [null, 1.5] }"),
    (UUID(int=5), "string", "postgres", '"00000000-0000-0000-0000-000000000005"'),
    (UUID(int=5), "string", "sqlite", '"00000000000000000000000000000005"'),
    (timedelta(days=-1, microseconds=5), "string", "postgres", '"-86399.999995 seconds"'),
    (timedelta(seconds=1), "number", "sqlite", "1000000"),
    (None, "string", "postgres", None),
    (object, "string", "postgres", None),
]


@pytest.mark.parametrize(("value", "typescript", "dialect", "expected"), CASES, ids=str)
def test_literal(value: object, typescript: str, dialect: Dialect, expected: str | None) -> None:
    made = literal(to_wire(value), typescript, dialect)
    assert (None if made is None else flat(made)) == expected


@pytest.mark.parametrize(
    ("microseconds", "text"), [(0, "0 seconds"), (1_500_000, "1.5 seconds"), (-1, "-0.000001 seconds")]
)
def test_interval_text(microseconds: int, text: str) -> None:
    assert interval_text(microseconds) == text
