"""The JSON forms of the machine interface: verdicts and diagnostics as plain data with the keys other tools rely on."""

from __future__ import annotations

from typing import Any

import msgspec

from workbench.diagnostic import Diagnostic
from workbench.verdict import Different, Undecided, Verdict


def diagnostic_record(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic with its place taken apart."""
    return dict(msgspec.to_builtins(diagnostic))


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """A verdict as ``workbench equiv`` writes it, less the id and the time."""
    return {
        "verdict": verdict.word,
        "method": verdict.method,
        "assumptions": list(verdict.assumptions),
        "bounded_rows": verdict.tried.bounded_rows,
        "databases_tried": verdict.tried.databases,
        "witness": [msgspec.to_builtins(w) for w in verdict.witnesses] if isinstance(verdict, Different) else None,
        "reasons": list(verdict.reasons) if isinstance(verdict, Undecided) else [],
    }
