"""The tree of Django's SQL: placeholders numbered in the order of the text, so that each keeps its parameter."""

from __future__ import annotations

import re
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError

from workbench.catalog.depth import shallow
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.dialect import DjangoPostgres, readable
from workbench.queries.query import Query
from workbench.queries.sqlite_dialect import DjangoSqlite

DIALECTS: dict[str, type[Dialect]] = {"postgres": DjangoPostgres, "sqlite": DjangoSqlite}


def numbered(sql: str) -> str:
    """``%s`` becomes ``$1``, ``$2`` … and ``%%`` becomes ``%``, as the driver reads them."""
    count = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal count
        if match[0] == "%%":
            return "%"
        count += 1
        return f" ${count} "  # set apart: sqlglot would read $1:$ as the start of a dollar quote

    return re.sub(r"%%|%s", replace, sql)


def parse(query: Query) -> exp.Expression:
    """The statement; ``exp.Parameter`` n is ``query.parameters[n - 1]``. WorkbenchError where it cannot be read."""
    try:
        text = numbered(query.sql)
        if query.dialect == "postgres":
            text = readable(text)
        tree = cast(exp.Expression, sqlglot.parse_one(shallow(text), dialect=DIALECTS[query.dialect]))
        return tree.transform(_sized, copy=False) if _SIZE.search(text) else tree
    except (SqlglotError, RecursionError) as error:
        fact = "sqlglot cannot read Django's SQL: " + str(error).splitlines()[0]
        place = query.origin or Origin("queryset")
        raise WorkbenchError(
            Diagnostic("query-parse", place, query.expression, fact, "please report the query", Fidelity.UNSUPPORTED)
        ) from error


_SIZE = re.compile(r"::[^\[%$]*\[\d")


def _sized(node: exp.Expression) -> exp.Expression:
    """``x::double precision[3]``: sqlglot takes for a subscript what is of the type, whose size PostgreSQL ignores."""
    array, depth = node, 0
    while isinstance(array, exp.Bracket):
        array, depth = array.this, depth + 1
    if not depth or not isinstance(array, exp.Cast):
        return node
    kind = array.to
    for _ in range(depth):
        kind = exp.DataType(this=exp.DataType.Type.ARRAY, expressions=[kind], nested=True)
    return exp.Cast(this=array.this, to=kind)


def parameter_number(node: exp.Expression) -> int | None:
    """The number of a placeholder, from 1; None for any other node."""
    return int(node.name) if isinstance(node, exp.Parameter) else None
