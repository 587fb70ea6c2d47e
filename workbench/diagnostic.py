"""What the workbench has to say about a thing it met: every room may use these two values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fidelity(StrEnum):
    """How much of a Django thing survives the way to its target."""

    NOTE = "note"  # nothing is lost; worth knowing
    APPROXIMATE = "approximate"  # translated, and differs in a way the fact states
    MANUAL = "manual"  # a person has to write the target's form
    UNSUPPORTED = "unsupported"  # no form exists in the target
    ERROR = "error"  # the thing could not be read or run at all


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a thing was written: a file (relative to the project's root where inside), a line, a dotted name."""

    name: str
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.file is None:
            return self.name
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A gap as a value: its stable code, its place, the thing, the fact, and what would help."""

    code: str
    place: Origin
    thing: str
    fact: str
    help: str = ""
    fidelity: Fidelity = Fidelity.NOTE

    def __str__(self) -> str:
        line = f"{self.place}: {self.fidelity.value} [{self.code}] {self.thing}: {self.fact}"
        return f"{line}\n    {self.help}" if self.help else line


class WorkbenchError(Exception):
    """A mistake or a fault the user can act on; carries diagnostics, and shows them instead of a stack trace."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(str(d) for d in diagnostics))
        self.diagnostics = diagnostics

    def _render_traceback_(self) -> list[str]:
        """IPython's hook: the message is the whole display."""
        return str(self).splitlines()
