"""Words that both printers use: symbols beside colours, the order of diagnostics, text without control characters."""

from __future__ import annotations

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.display.page import Badge

SYMBOLS = {"good": "✔", "bad": "✘", "unknown": "?", "note": "·"}

TONES = {
    Fidelity.ERROR: "bad",
    Fidelity.UNSUPPORTED: "bad",
    Fidelity.MANUAL: "unknown",
    Fidelity.APPROXIMATE: "unknown",
    Fidelity.NOTE: "note",
}

_SEVERITY = tuple(TONES)


def badge_text(badge: Badge) -> str:
    """Symbol and word: a badge is never told by its colour alone."""
    return f"{SYMBOLS[badge.tone]} {badge.text}"


def worst_first(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Errors before notes; equal ones stay in the order they were found."""
    return tuple(sorted(diagnostics, key=lambda diagnostic: _SEVERITY.index(diagnostic.fidelity)))


def visible(text: str) -> str:
    """Tabs as spaces, other control characters spelled out: a project's text cannot drive a terminal."""
    return "".join(_visible(character) for character in text.replace("\r\n", "\n").expandtabs(4))


def _visible(character: str) -> str:
    if character == "\n" or character.isprintable() or character == " ":
        return character
    return character.encode("unicode_escape").decode("ascii")
