"""Whether Better Auth answers as Django does: a verdict a hasher, a kind of user, and for each step around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.display import Block, Cell, Displayed, Grid, Judgement, Page, Text
from workbench.display.frame import dataframe
from workbench.session.check import Item
from workbench.session.sign_in.attempts import Attempt, attempts, dear_attempts
from workbench.session.sign_in.people import Person
from workbench.session.sign_in.trial import Scene, Trial
from workbench.session.sign_in.verdicts import compiled, items
from workbench.session.tables.model import verdict_badge
from workbench.verdict import Different, Equivalent, Undecided, Verdict

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("what", "verdict", "tried")
_KEPT = {"superuser", "staff"}
_KEPT_LOGIN = "accented-"  # one of every hasher: such a password has several spellings
_AFTERWARDS = ("its password in NFD", "its stored hash")


@dataclass(frozen=True)
class SignInProof(Displayed):
    """All verdicts, and every trial behind them."""

    items: tuple[Item, ...]
    trials: tuple[Trial, ...]
    preflight: tuple[tuple[str, int, bool], ...]  # what was counted before the move, users, whether it stops

    @property
    def holds(self) -> bool:
        """Nothing differs."""
        return all(item.verdict.word != "different" for item in self.items)

    @property
    def false_accepts(self) -> tuple[Trial, ...]:
        """Whom Better Auth signs in and Django does not, or as somebody else."""
        return tuple(trial for trial in self.trials if trial.better_auth.accepted and not trial.alike)

    @property
    def form_decides(self) -> tuple[Trial, ...]:
        """Where Django's form and its ``authenticate()`` alone answer differently; Better Auth answers as the form."""
        return tuple(
            t for t in self.trials if t.authenticate is not None and (t.form is True) != (t.authenticate is True)
        )

    def page(self) -> Page:
        """The verdicts, the first differences, and what the move counted."""
        different = [Judgement(item.verdict, "Django", "Better Auth") for item in self.items if _differs(item)]
        counted: tuple[tuple[Cell, ...], ...] = tuple((what, users) for what, users, _ in self.preflight)
        grid = Grid(HEADINGS, self._rows(), "Sign-in")
        blocks: tuple[Block, ...] = (
            Text(self._summary()),
            grid,
            *different,
            Grid(("users moved", "how many"), counted, "Moved"),
        )
        return Page("Sign-in, tried", blocks)

    def to_dataframe(self) -> pd.DataFrame:
        """One row a verdict."""
        return dataframe(Grid(HEADINGS, self._rows()))

    def _summary(self) -> str:
        alike = sum(trial.alike for trial in self.trials)
        refused = sum(trial.refused_as_said for trial in self.trials)
        said = f"{refused} refused since their backend has no translation, " if refused else ""
        return (
            f"{len(self.trials)} sign-ins tried in Django and in Better Auth: {alike} answered alike, {said}"
            f"{len(self.false_accepts)} accepted by Better Auth alone. In {len(self.form_decides)} of them Django's "
            "form and its authenticate() differ; Better Auth answers as the form does."
        )

    def _rows(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple((item.id, verdict_badge(item.verdict), _tried(item.verdict)) for item in self.items)


def prove(scene: Scene, *, dear: bool = True) -> SignInProof:
    """Runs everything on an open scene. ``dear``: also hashes that cost what the project asks, seconds each."""
    scene.furnish(dear=dear)
    trials = [*scene.tried(attempts(scene.people)), *scene.tried(dear_attempts(scene.people), cheap=False)]
    entries = [scene.enter(person, wrong) for person, wrong in _entering(scene.people)]
    kept = [trial for entry in entries for trial in entry.later]
    judged = (compiled(scene.subject.rendering), *items(scene, trials, entries))
    return SignInProof(judged, (*trials, *kept), scene.preflight)


def _entering(people: Sequence[Person]) -> Iterator[tuple[Person, list[Attempt]]]:
    """Whose sign-in is kept, and what each is tried with afterwards."""
    tried = attempts(people)
    for person in people:
        if person.password and (person.kind in _KEPT or person.login.startswith(_KEPT_LOGIN)):
            yield person, [one for one in tried if one.person is person and one.what in _AFTERWARDS]


def _differs(item: Item) -> bool:
    return isinstance(item.verdict, Different)


def _tried(verdict: Verdict) -> str:
    if isinstance(verdict, Equivalent):
        return "; ".join(step.rule for step in verdict.proof)
    if isinstance(verdict, Undecided):
        return "; ".join(verdict.reasons)
    return f"{len(verdict.witnesses)} differ"
