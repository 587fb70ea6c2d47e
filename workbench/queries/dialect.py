"""PostgreSQL's grammar as Django writes it, on top of sqlglot's: what sqlglot would read as another dialect's word.

sqlglot knows the functions of thirty dialects by name and turns them into nodes of one meaning. Here only those are
nodes that have an operand of a special kind or a syntax of their own; every other function keeps its name and its
arguments, in order, so that a project's own function is never taken for another's.
"""

from __future__ import annotations

import re
from typing import Any

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.parsers.postgres import PostgresParser

from workbench.queries.kept_names import hidden_names, parsed


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# read as sqlglot's nodes; the targets' tables are keyed by them
NODES = words(
    """
    ABS ARRAY AVG CEIL CEILING COALESCE COUNT DATE_TRUNC DENSE_RANK EXISTS EXP FIRST_VALUE FLOOR GREATEST LAG
    LAST_VALUE LEAD LEAST LEFT LENGTH LOWER LPAD MAX MD5 MIN MOD NTILE NULLIF POWER RANDOM RANK REPEAT REPLACE
    REVERSE RIGHT ROUND ROW_NUMBER RPAD SIGN SQRT STDDEV_POP STDDEV_SAMP STRPOS SUBSTRING SUM UPPER VAR_POP
    VAR_SAMP
    """
)
# functions with a grammar of their own
_SYNTAX = words(
    """
    CAST CEIL CEILING EXTRACT FLOOR JSON_OBJECT POSITION STRING_AGG SUBSTRING TRIM LTRIM RTRIM OVERLAY
    """
)


class DjangoPostgres(Postgres):
    """The dialect with fewer functions and one more: ``JSON_ARRAY(… NULL ON NULL RETURNING JSONB)``."""

    def parse(self, sql: str, **options: Any) -> list[exp.Expression | None]:  # type: ignore[override]
        """The trees of the statements."""
        return parsed(self.parser(**options), self.tokenize(sql), sql, HIDDEN, arrays=True)


HIDDEN = hidden_names(PostgresParser, NODES, _SYNTAX)
_OPAQUE = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
# operators of extensions that sqlglot's tokenizer takes apart, in PostgreSQL's long form of the same
_OPERATORS = re.compile(rf"({_OPAQUE})|(<<<->|<->>>|<<->|<->>|<<%|%>>|<%|%>)|(!!)(?=\s*[(\w])")


def readable(sql: str) -> str:
    """The statement with operators that sqlglot cannot read as ``OPERATOR(…)``, and ``!!x`` as its function's call."""
    return _OPERATORS.sub(_spelled, sql)


def _spelled(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return f" OPERATOR({found[2]}) " if found[2] else "tsquery_not"
