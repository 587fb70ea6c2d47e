"""Asking the agent for querysets with everything they prefetch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.queries.compiling import Asked


def execute_nested(agent: Asked, expressions: Sequence[str], database: dict[str, Any]) -> list[dict[str, Any]]:
    """``instances``, ``error`` and ``diagnostic`` of each expression, run by Django on ``database`` (its settings)."""
    return list(agent.request("execute_nested", expressions=list(expressions), database=database)["results"])
