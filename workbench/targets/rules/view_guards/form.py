"""The form of a guard in TypeScript, and what writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.policies.condition import Condition
from workbench.policies.policy import Guard, View
from workbench.policies.translating import Translator
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.questions import Subject, question
from workbench.targets.typescript import Expression, Literal, Name, call, flat

USER = Name("user")
UNKNOWN = "requireNothingKnown"


@dataclass(frozen=True)
class GuardForm:
    """``text`` are statements; ``rules`` those that it asks about the view's object."""

    text: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class GuardWriter:
    """Writes the guards of one project; ``rules`` by the full names of their permissions.

    ``asked``: what the guards written so far ask about their user; what that reads has to be loaded.
    """

    translator: Translator
    properties: Properties
    rules: Mapping[str, Rule]
    asked: list[Condition] = field(default_factory=list, compare=False)

    def question(self, condition: Condition) -> str:
        """A condition about the user alone, over ``user``."""
        self.asked.append(condition)
        return question(condition, Subject("", self.properties))


def denied(guard: Guard, view: View, reason: str) -> GuardForm:
    """Nobody passes until a person has written it."""
    help = "write the guard by hand; until then nobody passes"
    gap = Diagnostic("guards-untranslated", guard.origin, view.view, reason, help, Fidelity.MANUAL)
    return GuardForm((statement(UNKNOWN, USER, Literal(reason)),), diagnostics=(gap,))


def statement(function: str, *arguments: Expression) -> str:
    """A call as a statement."""
    return f"{flat(call(function, *arguments))};"
