"""How sharp a permission matrix is: wrong conditions near the right ones, put through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.policies.cases.distinguishing import how_equal
from workbench.policies.cases.mutating import Mutant, mutants
from workbench.policies.cases.plan import among_backends
from workbench.policies.cases.universe import Worlds
from workbench.policies.cases.worlds import node_of
from workbench.policies.condition import Condition
from workbench.policies.models import Models
from workbench.policies.policy import Permission
from workbench.policies.translating import Translator
from workbench.runtime.decisions import AskedRule, AskedSubject, SubjectAnswers
from workbench.session.permissions.furnished import by_rows
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
    shown_equal: str = ""  # of one that is not caught: how it is shown that it lets in the same users

    @property
    def equal(self) -> bool:
        """Whether it is no wrong condition at all."""
        return bool(self.shown_equal)


@dataclass(frozen=True)
class MutationReport:
    """All mutants of a project's rules."""

    tried: tuple[TriedMutant, ...]
    untried: tuple[str, ...] = ()  # permissions beside whose rule something is asked that is not translated

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
    untried: list[str] = []
    for number, asked in enumerate(matrix.asked):
        permissions = {permission.name: permission for permission in asked.permissions}
        changed: list[_Changed] = []
        for name, condition in _conditions(asked):
            whole = among_backends(permissions[name], condition, trial.translator)
            untried += [name] if whole is None else []
            changed += _wholes(permissions[name], whole, condition, trial.translator) if whole is not None else ()
        if changed:
            found += _of_subject(trial, matrix, number, changed)
    return MutationReport(tuple(found), tuple(untried))


@dataclass(frozen=True)
class _Changed:
    """A mutant of a permission's rule, and what everything that is asked says with the right one and with it."""

    permission: str
    mutant: Mutant
    right: Condition
    wrong: Condition


def _wholes(
    permission: Permission, right: Condition, condition: Condition, translator: Translator
) -> Iterator[_Changed]:
    for mutant in mutants(condition, translator.models):
        wrong = among_backends(permission, mutant.condition, translator)
        if wrong is not None:
            yield _Changed(permission.name, mutant, right, wrong)


def _conditions(asked: Asked) -> list[tuple[str, Condition]]:
    """Each once: rules may say the same."""
    known = asked.subject.conditions
    found: dict[Condition, str] = {}
    for permission in asked.permissions:
        if permission.name in known:
            found.setdefault(known[permission.name], permission.name)
    return [(name, condition) for condition, name in found.items()]


def _of_subject(trial: MatrixTrial, matrix: Matrix, number: int, changed: Sequence[_Changed]) -> list[TriedMutant]:
    asked, models = matrix.asked[number], trial.translator.models
    path, model = _PATH.format(number), asked.subject.model
    wholes = [one.wrong for one in changed]
    own = "has_perm" in trial.translator.policies.user_methods
    above = not own and all(permission.asked is None for permission in asked.permissions)
    module, rules = render_tried(path, model, wholes, trial.properties, trial.dialect, above=above)
    contexts = render_loaders(trial.modules, trial.inspection, trial.dialect, more={model: wholes})
    files = trial.files | {artifact.path: artifact.text for artifact in (module, *contexts)}
    answers = trial.typescript(files, [_question(asked, rules, path, trial)]).subjects[0]
    return [_judged(one, place, (matrix, number), answers, models) for place, one in enumerate(changed)]


def _question(asked: Asked, rules: Sequence[TriedRule], path: str, trial: MatrixTrial) -> AskedSubject:
    base = for_node(asked, loaders(trial.modules), trial.properties)
    named = tuple(AskedRule(rule.name, rule.filter) for rule in rules)
    return replace(base, module=path, registry=REGISTRY, rules=named)


def _judged(
    one: _Changed,
    place: int,
    where: tuple[Matrix, int],
    answers: SubjectAnswers,
    models: Models,
) -> TriedMutant:
    matrix, number = where
    caught = filtered = False
    has_filter = True
    letter = [p.name for p in matrix.asked[number].permissions].index(one.permission)
    for at in range(matrix.askers):
        expected = [things[letter] == "1" for things in matrix.django.subjects[at][number]]
        caught = caught or expected != [things[place] == "1" for things in answers.can[at]]
        kept = answers.rows[at][place]
        has_filter = kept is not None
        keys = set(map(str, kept or ()))
        filtered = filtered or expected != [str(key) in keys for key in matrix.asked[number].read]
    shown = "" if caught else _shown_equal(matrix, number, one, models)
    return TriedMutant(one.permission, one.mutant, caught, filtered if has_filter else None, shown)


def _shown_equal(matrix: Matrix, number: int, one: _Changed, models: Models) -> str:
    """Of the rule alone, else of everything that is asked with it."""
    subject = matrix.asked[number].subject
    for right, wrong in ((subject.conditions[one.permission], one.mutant.condition), (one.right, one.wrong)):
        worlds = Worlds.of(node_of(subject.model, [right, wrong], models), models)
        shown = how_equal(right, wrong, worlds, matrix.plan.askers)
        if shown:
            return shown
    if by_rows(one.right, matrix.data.rows) == by_rows(one.wrong, matrix.data.rows):
        return "its tests name the same permissions and content types, of which Django makes the rows"
    return ""
