"""What a run with stand-in users learned of a guard, as a condition: the agent's tree of questions and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.policies.condition import Condition, ViewerIs, ViewerMay
from workbench.policies.reasoning import FALSE, TRUE, choice

_PASS = 200
_FLAGS: Mapping[str, ViewerIs] = {
    "authenticated": ViewerIs("authenticated"),
    "active": ViewerIs("active"),
    "staff": ViewerIs("staff"),
    "superuser": ViewerIs("superuser"),
}


def condition_of(tree: Mapping[str, Any]) -> Condition:
    """When the answer is the view's own: ``{"ask": ["staff"], "yes": …, "no": …}`` and ``{"status": 403}``."""
    if "status" in tree:
        return TRUE if tree["status"] == _PASS else FALSE
    what, *rest = tree["ask"]
    question: Condition = ViewerMay(rest[0]) if what == "may" else _FLAGS[what]
    yes, no = condition_of(tree["yes"]), condition_of(tree["no"])
    return yes if yes == no else choice(question, yes, no)
