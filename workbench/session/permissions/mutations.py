"""How sharp a permission matrix is: wrong conditions near the right ones, put through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.policies.cases.covering import Worlds, equal_everywhere
from workbench.policies.cases.mutating import Mutant, mutants
from workbench.policies.cases.plan import among_backends
from workbench.policies.cases.worlds import node_of
from workbench.policies.condition import Condition
from workbench.policies.models import Models
from workbench.runtime.decisions import AskedRule, AskedSubject, SubjectAnswers
from workbench.session.permissions.matrix import Matrix, MatrixTrial
from workbench.session.permissions.questions import Asked, for_node
from workbench.targets.rules.loaders import loaders, render_loaders
from workbench.targets.rules.mutants import REGISTRY, TriedRule, render_tried
from workbench.targets.rules.render import FOLDER

_PATH = f"{FOLDER}/tried_{{}}.ts"


@dataclass(frozen=True)
class TriedMutant:
    """A wrong condition of a permission's rule: noticed by the matrix, equal in meaning, or missed."""

    permission: str
    mutant: Mutant
    caught: bool  # an answer of the registry differs from Django's
    caught_by_filter: bool | None  # a kept row differs; None where there is no filter
    equal: bool = False  # not caught, and lets in the same users in every world


@dataclass(frozen=True)
class MutationReport:
    """All mutants of a project's rules."""

    tried: tuple[TriedMutant, ...]

    @property
    def share(self) -> float:
        """Of those that are not equal in meaning, the share that was caught."""
        wrong = [one for one in self.tried if not one.equal]
        return sum(one.caught for one in wrong) / len(wrong) if wrong else 1.0

    @property
    def missed(self) -> tuple[TriedMutant, ...]:
        """Neither caught nor equal."""
        return tuple(one for one in self.tried if not one.caught and not one.equal)

    @property
    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Kind of change to (caught or equal, all)."""
        all_ = Counter(one.mutant.kind for one in self.tried)
        good = Counter(one.mutant.kind for one in self.tried if one.caught or one.equal)
        return {kind: (good[kind], count) for kind, count in all_.items()}


def try_mutants(trial: MatrixTrial, matrix: Matrix) -> MutationReport:
    """Every mutant of every translated rule, rendered to TypeScript and asked the same questions as the rule."""
    found: list[TriedMutant] = []
    for number, asked in enumerate(matrix.asked):
        changed = [(name, m) for name, c in _conditions(asked) for m in mutants(c, trial.translator.models)]
        if changed:
            found += _of_subject(trial, matrix, number, changed)
    return MutationReport(tuple(found))


def _conditions(asked: Asked) -> list[tuple[str, Condition]]:
    """Each once: rules may say the same."""
    known = asked.subject.conditions
    found: dict[Condition, str] = {}
    for permission in asked.permissions:
        if permission.name in known:
            found.setdefault(known[permission.name], permission.name)
    return [(name, condition) for condition, name in found.items()]


def _of_subject(
    trial: MatrixTrial, matrix: Matrix, number: int, changed: Sequence[tuple[str, Mutant]]
) -> list[TriedMutant]:
    asked, models = matrix.asked[number], trial.translator.models
    path, model = _PATH.format(number), asked.subject.model
    permissions = {permission.name: permission for permission in asked.permissions}
    wholes = [among_backends(permissions[n], m.condition, trial.translator) or m.condition for n, m in changed]
    own = "has_perm" in trial.translator.policies.user_methods
    above = not own and all(permission.asked is None for permission in asked.permissions)
    module, rules = render_tried(path, model, wholes, trial.properties, trial.dialect, above=above)
    contexts = render_loaders(trial.modules, trial.inspection, trial.dialect, more={model: wholes})
    files = trial.files | {artifact.path: artifact.text for artifact in (module, *contexts)}
    answers = trial.typescript(files, [_question(asked, rules, path, trial)]).subjects[0]
    return [
        _judged(name, mutant, place, (matrix, number), answers, models) for place, (name, mutant) in enumerate(changed)
    ]


def _question(asked: Asked, rules: Sequence[TriedRule], path: str, trial: MatrixTrial) -> AskedSubject:
    base = for_node(asked, loaders(trial.modules), trial.properties)
    named = tuple(AskedRule(rule.name, rule.filter) for rule in rules)
    return replace(base, module=path, registry=REGISTRY, rules=named)


def _judged(
    name: str,
    mutant: Mutant,
    place: int,
    where: tuple[Matrix, int],
    answers: SubjectAnswers,
    models: Models,
) -> TriedMutant:
    matrix, number = where
    caught = filtered = False
    has_filter = True
    letter = [p.name for p in matrix.asked[number].permissions].index(name)
    for at in range(matrix.askers):
        expected = [things[letter] == "1" for things in matrix.django.subjects[at][number]]
        caught = caught or expected != [things[place] == "1" for things in answers.can[at]]
        kept = answers.rows[at][place]
        has_filter = kept is not None
        keys = set(map(str, kept or ()))
        filtered = filtered or expected != [str(key) in keys for key in matrix.asked[number].read]
    equal = not caught and _equal(matrix, number, name, mutant, models)
    return TriedMutant(name, mutant, caught, filtered if has_filter else None, equal)


def _equal(matrix: Matrix, number: int, name: str, mutant: Mutant, models: Models) -> bool:
    right = matrix.asked[number].subject.conditions[name]
    model = matrix.asked[number].subject.model
    worlds = Worlds.of(node_of(model, [right, mutant.condition], models), models)
    return equal_everywhere(right, mutant.condition, worlds, matrix.plan.askers)
