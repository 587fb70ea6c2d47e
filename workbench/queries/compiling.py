"""Asking the agent for the queries behind expressions, and for the rows that Django itself decodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from workbench.queries.query import Query


class Asked(Protocol):
    """What answers the agent's operations (``workbench.inspection.client.Agent``)."""

    def request(self, op: str, *, timeout: float = ..., **payload: Any) -> Any: ...


def compile_queries(agent: Asked, expressions: Sequence[str]) -> list[Query]:
    """A query for each expression; one that does not compile has no SQL, and diagnostics that say why."""
    answer = agent.request("compile", expressions=list(expressions))
    return [msgspec.convert(record, Query) for record in answer["queries"]]


def execute_queries(agent: Asked, expressions: Sequence[str], database: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns, rows in wire form, error and diagnostic of each expression, run on ``database`` (Django's settings)."""
    return list(agent.request("execute", expressions=list(expressions), database=database)["results"])
