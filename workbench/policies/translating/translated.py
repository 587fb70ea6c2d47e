"""A body, read with what its parameters stand for: its condition, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.policies.calling import entered
from workbench.policies.condition import Condition
from workbench.policies.policy import Body
from workbench.policies.references import Reference, Untranslatable
from workbench.policies.scope import Project, Scope


@dataclass(frozen=True)
class Translated:
    """A predicate for one model: its condition, or None and the reason, with the line of the file it stands on."""

    body: Body
    condition: Condition | None
    reason: str = ""
    line: int | None = None


def read(body: Body, known: dict[str, Reference], project: Project) -> Translated:
    """The body from its beginning; ``known``: what its parameters stand for."""
    scope = Scope(body, project, known, (body.name,))
    try:
        return Translated(body, entered(scope))
    except Untranslatable as error:
        line = (body.origin.line or 1) + error.line - 1
        return Translated(body, None, error.reason, line)
