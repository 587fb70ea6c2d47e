"""What an opened project shows first: what it holds, and how much of it is known to survive."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from workbench.display import Block, Cell, Grid, Notes, Page, Text
from workbench.inspection.records import AppRecord, Inspection

INTRODUCTION = "Opened by running its code in its own interpreter; its database was not connected to."
READ_ONLY = "Opened by running its code in its own interpreter; the database that you named is only read."


def overview_page(name: str, inspection: Inspection, *, connected: bool = False) -> Page:
    """Apps, models and call sites of the project's own code; what stood in the way comes last.

    ``connected``: a database of the user's was named.
    """
    own = [app for app in inspection.apps if app.own]
    blocks: list[Block] = [
        Text(f"Settings {inspection.settings}. {READ_ONLY if connected else INTRODUCTION}"),
        Grid(
            ("app", "models", "fields", "permissions", "querysets in code"), tuple(_row(app, inspection) for app in own)
        ),
        Text(_installed(inspection)),
    ]
    if inspection.diagnostics:
        blocks.append(Notes(tuple(inspection.diagnostics)))
    return Page(name, tuple(blocks))


def _row(app: AppRecord, inspection: Inspection) -> tuple[Cell, ...]:
    models = [model for model in inspection.models if model.app == app.label and not model.auto_created]
    permissions = [permission for permission in inspection.permissions if permission.app == app.label]
    sites = [site for site in inspection.call_sites if PurePath(f"{site.origin.file}").is_relative_to(app.path)]
    return app.label, len(models), sum(len(model.fields) for model in models), len(permissions), len(sites)


def _installed(inspection: Inspection) -> str:
    """One sentence about the models that come from packages."""
    foreign = Counter(model.app for model in inspection.models if model.app not in _own_labels(inspection))
    if not foreign:
        return "No models come from installed packages."
    named = ", ".join(f"{app} {count}" for app, count in sorted(foreign.items()))
    return f"Models of installed packages: {named}."


def _own_labels(inspection: Inspection) -> set[str]:
    return {app.label for app in inspection.apps if app.own}
