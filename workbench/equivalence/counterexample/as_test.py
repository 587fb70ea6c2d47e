"""A witness as a pytest function."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import TokenType
from sqlglot.dialects.dialect import Dialect as SqlglotDialect

from workbench.verdict import DatabaseWitness

_FRAME = ("BEGIN", "ROLLBACK")


def pytest_text(found: DatabaseWitness, name: str = "test_queries_differ") -> str:
    """A pytest function that replays a witness's script and fails while the queries differ.

    It wants the reader's own fixture ``run(sql)``, which answers a list of rows; of a witness on two databases
    ``run_postgres`` and ``run_sqlite``.
    """
    dialects = found.dialect.split(", ")
    scripts = found.sql.split(f"\n-- {dialects[1]}\n") if len(dialects) == 2 else [found.sql]
    runs = [f"run_{dialect}" for dialect in dialects] if len(dialects) == 2 else ["run"]
    lines = [f"def {name}({', '.join(runs)}):", '    """Both queries on one small database; they should agree."""']
    asked: list[str] = []
    for run, dialect, script in zip(runs, dialects, scripts, strict=True):
        statements = [text for text in split(script, dialect) if text not in _FRAME]
        queries = 2 if len(scripts) == 1 else 1
        lines += [f"    {run}({text!r})" for text in statements[:-queries]]
        asked += [f"{run}({text!r})" for text in statements[-queries:]]
    lines += [f"    left = {asked[0]}", f"    right = {asked[1]}", f"    assert {_equal(found)}"]
    return "\n".join(lines) + "\n"


def _equal(found: DatabaseWitness) -> str:
    """Lists where the order is what differs, else bags."""
    return "left == right" if "order" in found.note else "sorted(map(repr, left)) == sorted(map(repr, right))"


def split(script: str, dialect: str) -> Iterator[str]:
    """The statements of a script, without comments before them; a semicolon inside a text ends none."""
    start = None
    for token in SqlglotDialect.get_or_raise(dialect).tokenize(script):
        if token.token_type is TokenType.SEMICOLON:
            if start is not None:
                yield script[start : token.start].strip()
            start = None
        elif start is None:
            start = token.start
