"""Asking the agent for the queries behind expressions, and for the rows that Django itself decodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

import msgspec

from workbench.diagnostic import WorkbenchError
from workbench.queries.plan import Answer, Plan, PlannedWrite
from workbench.queries.query import Intent, Query, Shape
from workbench.queries.sqlite_binding import as_bound

GROUP = 50  # expressions a request: compiling one takes a millisecond or two
EACH_SECONDS = 6.0  # more than the agent gives one (``limiting``): a fuse for code that takes no notice of it


class Asked(Protocol):
    """What answers the agent's operations (``workbench.inspection.client.Agent``)."""

    def request(self, op: str, *, timeout: float = ..., **payload: Any) -> Any: ...


def compile_queries(agent: Asked, expressions: Sequence[str]) -> list[Query]:
    """A query for each expression; one that does not compile has no SQL, and diagnostics that say why."""
    answer = agent.request("compile", expressions=list(expressions))
    return list(map(_query, answer["queries"]))


def _query(record: Any) -> Query:
    if record.get("plan"):
        planned = msgspec.convert(record, PlannedWrite)
        return replace(planned, plan=_bound(planned.plan, planned.dialect))
    return _as_bound(msgspec.convert(record, Query))


def _bound(plan: Plan, dialect: str) -> Plan:
    """The plan with every value as its driver binds it."""
    steps = (
        replace(
            step,
            query=_as_bound(step.query),
            others=as_bound(step.others, dialect),
            answers=tuple(_answer(answer, dialect) for answer in step.answers),
        )
        for step in plan.steps
    )
    return replace(plan, steps=tuple(steps))


def _answer(answer: Answer, dialect: str) -> Answer:
    return replace(answer, values=as_bound(answer.values, dialect), others=as_bound(answer.others, dialect))


def _as_bound(query: Query) -> Query:
    others = (replace(each, parameters=as_bound(each.parameters, query.dialect)) for each in query.variables)
    return replace(query, parameters=as_bound(query.parameters, query.dialect), variables=tuple(others))


def compile_apart(agent: Asked, expressions: Sequence[str]) -> Iterator[Query]:
    """The same, for expressions that nobody has tried: one that ends the project's process, or never ends, is named.

    They go in groups; a group that fails is halved until the culprit stands alone.
    """
    for first in range(0, len(expressions), GROUP):
        yield from _apart(agent, expressions[first : first + GROUP])


def _apart(agent: Asked, expressions: Sequence[str]) -> list[Query]:
    try:
        answer = agent.request("compile", timeout=20 + EACH_SECONDS * len(expressions), expressions=list(expressions))
        return list(map(_query, answer["queries"]))
    except WorkbenchError as error:
        if len(expressions) == 1:
            return [
                Query(
                    expressions[0], "", "", Intent.ROWS, Shape.INSTANCE, "", (), (), (), diagnostics=error.diagnostics
                )
            ]
    middle = len(expressions) // 2
    return [*_apart(agent, expressions[:middle]), *_apart(agent, expressions[middle:])]


def execute_queries(agent: Asked, expressions: Sequence[str], database: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns, rows in wire form, error and diagnostic of each expression, run on ``database`` (Django's settings)."""
    return list(agent.request("execute", expressions=list(expressions), database=database)["results"])
