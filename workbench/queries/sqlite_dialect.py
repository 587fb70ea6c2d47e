"""SQLite's grammar as Django writes it, on top of sqlglot's: parameters are ``$n``, most functions keep their names."""

from __future__ import annotations

from typing import Any

from sqlglot import TokenType, exp
from sqlglot.dialects.sqlite import SQLite
from sqlglot.parsers.sqlite import SQLiteParser

from workbench.queries.dialect import words
from workbench.queries.kept_names import hidden_names, parsed

# read as sqlglot's nodes; the targets' tables are keyed by them. Of several arguments MAX is Greatest, MIN Least.
NODES = words(
    """
    ABS AVG COALESCE COUNT DENSE_RANK EXISTS FIRST_VALUE LAG LAST_VALUE LEAD LENGTH LOWER MAX MIN NTILE NULLIF RANK
    REPLACE ROUND ROW_NUMBER SUM UPPER
    """
)


HIDDEN = hidden_names(SQLiteParser, NODES, frozenset(("CAST",)))


class DjangoSqlite(SQLite):
    """The dialect with fewer functions: a name that is not read here is SQLite's own, or the project's."""

    class Tokenizer(SQLite.Tokenizer):
        """``$1`` is a parameter, not a name."""

        SINGLE_TOKENS = {**SQLite.Tokenizer.SINGLE_TOKENS, "$": TokenType.PARAMETER}

    def parse(self, sql: str, **options: Any) -> list[exp.Expression | None]:  # type: ignore[override]
        """The trees of the statements."""
        return parsed(self.parser(**options), self.tokenize(sql), sql, HIDDEN)
