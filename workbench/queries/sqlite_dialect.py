"""SQLite's grammar as Django writes it, on top of sqlglot's: parameters are ``$n``, most functions keep their names."""

from __future__ import annotations

from sqlglot import TokenType
from sqlglot.dialects.sqlite import SQLite
from sqlglot.parsers.sqlite import SQLiteParser

from workbench.queries.dialect import words

# read as sqlglot's nodes; the targets' tables are keyed by them. Of several arguments MAX is Greatest, MIN Least.
NODES = words(
    """
    ABS AVG COALESCE COUNT DENSE_RANK EXISTS FIRST_VALUE LAG LAST_VALUE LEAD LENGTH LOWER MAX MIN NTILE NULLIF RANK
    REPLACE ROUND ROW_NUMBER SUM UPPER
    """
)


class DjangoSqliteParser(SQLiteParser):
    """sqlglot's parser with fewer functions: a name that is not read here is SQLite's own, or the project's."""

    FUNCTIONS = {name: read for name, read in SQLiteParser.FUNCTIONS.items() if name in NODES}
    FUNCTION_PARSERS = {"CAST": SQLiteParser.FUNCTION_PARSERS["CAST"]}


class DjangoSqlite(SQLite):
    """The dialect with that parser."""

    class Tokenizer(SQLite.Tokenizer):
        """``$1`` is a parameter, not a name."""

        SINGLE_TOKENS = {**SQLite.Tokenizer.SINGLE_TOKENS, "$": TokenType.PARAMETER}

    Parser = DjangoSqliteParser
