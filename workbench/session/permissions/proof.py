"""Permissions proved alike by trying: a matrix run on demand, and its verdicts kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.node import NodeWorker
from workbench.session.permissions.matrix import Matrix, MatrixTrial
from workbench.session.permissions.sources import Sources
from workbench.session.permissions.verdicts import verdicts
from workbench.targets.rules.viewer import PATH as VIEWER
from workbench.verdict import Verdict

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

DECISIONS = 20_000  # asked at least, where nothing else is wanted
_NOT_TRIED = "permissions are tried with users whose keys are whole numbers"


@dataclass(frozen=True)
class Proof:
    """The verdicts by permission, and how much was tried. ``refused``: objects for which constraints leave no room."""

    verdicts: Mapping[str, Verdict]
    decisions: int
    users: int
    objects: int
    refused: int
    matrix: Matrix = field(compare=False, repr=False)

    @property
    def summary(self) -> dict[str, int]:
        """Verdict to how many."""
        return dict(Counter(verdict.word for verdict in self.verdicts.values()))

    @property
    def told(self) -> str:
        """One sentence."""
        words = ", ".join(f"{count} {word}" for word, count in self.summary.items())
        asked = f"{self.decisions} decisions of Django, by {self.users} users about {self.objects} objects"
        return f"{asked}, each compared with the TypeScript registry, its guards, booleans and filters: {words}."


class PermissionProver:
    """Runs the matrix of one project; remembers the largest that was run."""

    def __init__(self, shop: Workbench, worker: Callable[[], NodeWorker]) -> None:
        self._shop, self._worker = shop, worker
        self.proof: Proof | None = None

    def prove(self, decisions: int = DECISIONS) -> Proof:
        """The verdicts after at least so many decisions; WorkbenchError where the project cannot be tried."""
        if self.proof is None or self.proof.decisions < decisions:
            self.proof = self._run(decisions)
        return self.proof

    @property
    def untried(self) -> str:
        """Why nothing can be tried; "" where it can."""
        modules = self._shop.permissions.rendering.artifacts
        return "" if any(one.path == VIEWER for one in modules) else _NOT_TRIED

    def _run(self, decisions: int) -> Proof:
        shop = self._shop
        rendering = shop.permissions.rendering
        if self.untried:
            place = Origin(shop.project.name)
            raise WorkbenchError(
                Diagnostic("permissions-not-tried", place, "permissions", self.untried, "", Fidelity.UNSUPPORTED)
            )
        with MatrixTrial(shop, self._worker(), decisions) as trial:
            matrix = trial.matrix()
        things = {(one.subject.model, str(key)) for one in matrix.asked for key in one.keys}
        found = verdicts(matrix, Sources(shop.policies, rendering))
        return Proof(found, matrix.decisions, len(matrix.users), len(things), len(matrix.data.refused), matrix)
