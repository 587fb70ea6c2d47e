"""A person's own TypeScript rule in the place of the generated one, tried against Django's on the same cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Block, Code, Columns, Displayed, Judgement, Notes, Page
from workbench.policies.cases.plan import Plan
from workbench.runtime.typescript import CompilerError, TypeChecker
from workbench.session.permissions.matrix import Matrix, MatrixTrial
from workbench.session.permissions.questions import for_node
from workbench.session.permissions.sources import Sources
from workbench.session.permissions.verdicts import verdicts
from workbench.session.tables.model import verdict_badge
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.loaders import loaders
from workbench.targets.rules.render import FOLDER, rules_of
from workbench.targets.rules.table import PolicyRow
from workbench.targets.typescript import quote
from workbench.verdict import Verdict

if TYPE_CHECKING:
    from workbench.runtime.node import NodeWorker
    from workbench.session.workbench import Workbench

YOURS = "your TypeScript"


@dataclass(frozen=True)
class RuleView(Displayed):
    """The rule in Django beside the person's own; what the compiler refuses has no verdict."""

    row: PolicyRow
    typescript: str
    verdict: Verdict | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    def page(self) -> Page:
        """Both rules, then the compiler's errors or the verdict with its witness."""
        django = Code(self.row.source or self.row.who, "python", "Django", self.row.origin)
        blocks: list[Block] = [Columns((django, Code(self.typescript, "typescript", "Your TypeScript")))]
        if self.verdict:
            blocks.append(Judgement(self.verdict, "Django", "TypeScript"))
        if self.diagnostics:
            blocks.append(Notes(self.diagnostics))
        return Page(self.row.permission, tuple(blocks), (verdict_badge(self.verdict),))


class RuleTrials:
    """Tries rules that a person writes; users, objects and Django's answers stay for the next try."""

    def __init__(self, shop: Workbench, worker: NodeWorker, checker: TypeChecker) -> None:
        self._shop, self._worker, self._checker = shop, worker, checker
        self._asked: dict[str, Matrix] = {}

    def judge(self, permission: str, typescript: str) -> RuleView:
        """The verdict on an expression such as ``isMember.and(isArchived.not())``. WorkbenchError for unknown names."""
        known = {row.permission: row for row in self._shop.permissions.own_permissions}
        if permission not in known:
            fact, help = "the project has no such permission of its own", f"One of: {', '.join(known)}."
            raise _refused("permission-unknown", permission, fact, help)
        own = typescript.strip().rstrip(";")
        rule = rules_of(self.trial.modules)[permission]
        written = replace(rule, text=_written(rule, own))
        files = _with(self.trial.files, rule, written)
        errors = self._checker.check(files, self.trial.dialect)
        if errors:
            return RuleView(known[permission], own, diagnostics=tuple(_note(one, files, written) for one in errors))
        return RuleView(known[permission], own, _verdict(self._matrix(permission, files), self._shop, written))

    @cached_property
    def trial(self) -> MatrixTrial:
        """Users and objects on a scratch database."""
        return MatrixTrial(self._shop, self._worker)

    def close(self) -> None:
        """Gives the scratch database back."""
        if "trial" in self.__dict__:
            self.__dict__.pop("trial").__exit__()

    def _matrix(self, permission: str, files: Mapping[str, str]) -> Matrix:
        """Django's answers, asked once, and those of these modules."""
        if permission not in self._asked:
            everything, self.trial.plan = self.trial.plan, _only(self.trial.plan, permission)
            self._asked[permission] = self.trial.matrix()
            self.trial.plan = everything
        known = self._asked[permission]
        subjects = [for_node(one, loaders(self.trial.modules), self.trial.properties) for one in known.asked]
        return replace(known, node=self.trial.typescript(files, subjects, known.general))


def _written(rule: Rule, own: str) -> str:
    """The statement that adds the person's rule under the generated one's name."""
    return f"{rule.registry}.add({quote(rule.name)}, {own});"


def _with(files: Mapping[str, str], rule: Rule, written: Rule) -> dict[str, str]:
    path = _path(rule)
    assert rule.text in files[path], f"{path} does not hold the rule as it was rendered"
    return {**files, path: files[path].replace(rule.text, written.text)}


def _path(rule: Rule) -> str:
    return f"{FOLDER}/{rule.permission.name.partition('.')[0]}.ts"


def _only(plan: Plan, permission: str) -> Plan:
    """The plan of one permission."""
    found = (replace(s, permissions=tuple(p for p in s.permissions if p.name == permission)) for s in plan.subjects)
    return replace(plan, subjects=tuple(subject for subject in found if subject.permissions))


def _verdict(matrix: Matrix, shop: Workbench, written: Rule) -> Verdict:
    """Of the registry, the guards and the booleans: the WHERE is not the person's."""
    bare = replace(written, filter="", diagnostics=())
    asked = tuple(replace(one, rules=tuple(bare for _ in one.rules)) for one in matrix.asked)
    answers = tuple(replace(one, rows=[[None for _ in kept] for kept in one.rows]) for one in matrix.node.subjects)
    tried = replace(
        matrix,
        asked=asked,
        general=tuple(bare for _ in matrix.general),
        node=replace(matrix.node, subjects=answers),
    )
    return verdicts(tried, _Sources(shop.policies, shop.permissions.rendering))[written.permission.name]


class _Sources(Sources):
    """The person's rule stands in no file."""

    def typescript(self, rule: Rule) -> str:
        return f"{YOURS}: {rule.text}"


def _note(error: CompilerError, files: Mapping[str, str], written: Rule) -> Diagnostic:
    """An error at the line of the person's own text, where it stands in it."""
    first = files[_path(written)].partition(written.text)[0].count("\n") + 1
    line = error.line - first + 1 if error.file == _path(written) else None
    place = Origin(YOURS, YOURS, line) if line and line > 0 else Origin(error.file, error.file, error.line)
    return Diagnostic(f"TS{error.code}", place, written.permission.name, error.message, "", Fidelity.ERROR)


def _refused(code: str, permission: str, fact: str, help: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic(code, Origin("permissions"), permission, fact, help, Fidelity.ERROR))
