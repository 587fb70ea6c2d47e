"""Completion in cells of ``%%queryset`` and after the line magics."""

from __future__ import annotations

from typing import Any

from IPython.core.completer import CompletionContext, SimpleCompletion, context_matcher

from workbench.diagnostic import WorkbenchError
from workbench.notebook.projects import Projects
from workbench.notebook.suggestions import Suggestions

NONE: dict[str, Any] = {"completions": []}


def matcher(projects: Projects) -> Any:
    """An IPython matcher (API version 2) over the projects that are open in the notebook."""

    def workbench(context: CompletionContext) -> dict[str, Any]:
        names = suggested(context, projects)
        return {"completions": [SimpleCompletion(name) for name in names], "suppress": True} if names else NONE

    return context_matcher(identifier="workbench", priority=100)(workbench)


def suggested(context: CompletionContext, projects: Projects) -> list[str]:
    """Names for the cursor's place; nothing outside our magics, and nothing while no project is open."""
    lines = context.full_text.split("\n")
    first = lines[0].strip()
    if context.text_until_cursor.startswith("%model "):
        suggestions = _suggestions(projects, "")
        return [label for label in suggestions.labels if label.startswith(context.token)] if suggestions else []
    if not first.startswith("%%queryset") or context.cursor_line == 0:
        return []
    suggestions = _suggestions(projects, first.removeprefix("%%queryset").strip())
    text = "\n".join([*lines[1 : context.cursor_line], context.text_until_cursor])
    return suggestions.at(text, context.token) if suggestions else []


def _suggestions(projects: Projects, name: str) -> Suggestions | None:
    try:
        return Suggestions(projects.named(name).inspection)
    except WorkbenchError:
        return None  # the cell itself will say that no project, or not this one, is open
