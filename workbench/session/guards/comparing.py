"""One request in Django beside the guard's answer to the same question: when are they the same answer?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.session.guards.requests import Answer, Tried


@dataclass(frozen=True)
class Compared:
    """One request beside the guard's answer to the same question."""

    answer: Answer
    typescript: str
    inside: bool = False  # the view's own body refused the user, or sent away whom it does not send elsewhere

    @property
    def agrees(self) -> bool:
        """Both let the user through, or refuse with the same answer."""
        return self.answer.word == self.typescript and not self.loose

    @property
    def sent_on(self) -> bool:
        """Whether the visitor was sent to a page that is no login page, before the view's method ran."""
        return not self.answer.reached and 300 <= self.answer.status < 400 and not self.answer.login

    @property
    def loose(self) -> bool:
        """Whether TypeScript lets somebody in whom Django refuses, before the view's body or inside it."""
        return self.typescript == "pass" and (self.inside or self.answer.word in ("401", "403"))


def compared(tried: Tried, said: Sequence[str]) -> tuple[Compared, ...]:
    """Each request of a view with what its guard says."""
    answers = [_refused_with_object(a, typescript) for a, typescript in zip(tried.answers, said, strict=True)]
    welcome = {(a.method, a.path) for a in answers if a.user == "superuser" and a.reached and 200 <= a.status < 300}
    leaving = {(a.method, a.path) for a in answers} - {(a.method, a.path) for a in answers if not a.sent_to_login}
    return tuple(
        Compared(a, typescript, _inside(a, (a.method, a.path) in welcome, (a.method, a.path) in leaving))
        for a, typescript in zip(answers, said, strict=True)
    )


def _refused_with_object(answer: Answer, typescript: str) -> Answer:
    """Where the view's body finds the object, and its guards ask about that, a refusal in there is the guard's."""
    refused = answer.login or answer.status in (401, 403, 404)
    return replace(answer, reached=False) if answer.with_object and refused and typescript in _REFUSALS else answer


_REFUSALS = ("401", "403", "404")


def _inside(answer: Answer, welcome: bool, leaving: bool) -> bool:
    """A page that sends everybody to the login page signs them out; one that a superuser sees is kept from others."""
    kept = answer.sent_elsewhere or (answer.reached and answer.status == 404)
    return (answer.refused_inside and not leaving) or (kept and welcome)


def admitted(compared: Sequence[Compared]) -> list[Compared]:
    """Who is sent to another page before the view's method came past the guards, if these refuse somebody else.

    Not where another user reaches the method: then it may be a refusal.
    """
    held = any(one.agrees and one.answer.word in ("401", "403") for one in compared)
    passing = [one for one in compared if one.typescript == "pass"]
    if not held or not all(one.sent_on for one in passing):
        return list(compared)
    return [replace(one, answer=replace(one.answer, reached=True)) if one in passing else one for one in compared]
