"""Placeholders are rewritten where a driver would see one, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.runtime.placeholders import dollar_to_qmark, format_to_qmark, qmark_to_dollar

CASES: list[tuple[Callable[[str], str], str, str]] = [
    (format_to_qmark, "a = %s AND b LIKE '%%x'", "a = ? AND b LIKE '%x'"),
    (format_to_qmark, "100%%s", "100%s"),
    (dollar_to_qmark, "a = $2 AND b = $1", "a = ?2 AND b = ?1"),
    (dollar_to_qmark, "a = '$1' AND \"$1\" = $1 -- $2\n", "a = '$1' AND \"$1\" = ?1 -- $2\n"),
    (qmark_to_dollar, "a = ? AND b = '?' AND c = ?", "a = $1 AND b = '?' AND c = $2"),
    (qmark_to_dollar, "a = 'it''s ?' AND /* ? */ b = ?", "a = 'it''s ?' AND /* ? */ b = $1"),
    (qmark_to_dollar, "a = $x$ ? $x$ AND b = $$ ? $$ AND c = ?", "a = $x$ ? $x$ AND b = $$ ? $$ AND c = $1"),
]


@pytest.mark.parametrize(("rewrite", "text", "expected"), CASES)
def test_rewriting(rewrite: Callable[[str], str], text: str, expected: str) -> None:
    assert rewrite(text) == expected
