"""Guards in TypeScript: what a server function asks before it does anything."""

from workbench.targets.rules.view_guards.form import UNKNOWN, GuardForm, GuardWriter
from workbench.targets.rules.view_guards.writing import FORMS, write_guard

__all__ = ["FORMS", "UNKNOWN", "GuardForm", "GuardWriter", "write_guard"]
