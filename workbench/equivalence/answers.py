"""A verdict in the form of ``workbench equiv``'s output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.verdict import DatabaseWitness, Different, Equivalent, Undecided, Verdict


def as_json(
    name: object, verdict: Verdict, times: Mapping[str, float] | None = None, ignored: tuple[str, ...] = ()
) -> dict[str, Any]:
    """``ms``: milliseconds by rung, and in total; ``proof``: the rules used, each with the constraint it relied on."""
    return {
        "id": name,
        "verdict": verdict.word,
        "method": verdict.method,
        "assumptions": list(verdict.assumptions),
        "proof": _rules(verdict),
        "bounded_rows": verdict.tried.bounded_rows,
        "databases_tried": verdict.tried.databases,
        "witness": _witness(verdict),
        "reasons": list(verdict.reasons) if isinstance(verdict, Undecided) else [],
        "ms": {rung: round(ms, 3) for rung, ms in (times or {}).items()},
        **({"ignored": list(ignored)} if ignored else {}),
    }


def _rules(verdict: Verdict) -> list[str]:
    if not isinstance(verdict, Equivalent):
        return []
    return [step.rule + (f" ({', '.join(step.using)})" if step.using else "") for step in verdict.proof]


def _witness(verdict: Verdict) -> dict[str, Any] | None:
    found = verdict.witnesses[0] if isinstance(verdict, Different) else None
    if not isinstance(found, DatabaseWitness):
        return None
    return {
        "database": [
            {"table": t.table, "columns": list(t.columns), "rows": [list(r) for r in t.rows]} for t in found.database
        ],
        "parameters": list(found.parameters),
        "left": {"columns": list(found.left.columns), "rows": [list(r) for r in found.left.rows]},
        "right": {"columns": list(found.right.columns), "rows": [list(r) for r in found.right.rows]},
        "note": found.note,
        "sql": found.sql,
        "test": found.test,
    }
