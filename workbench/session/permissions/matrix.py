"""The permission matrix: the same users, objects and permissions, asked of Django and of the generated TypeScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.catalog.table import Dialect
from workbench.inspection.records import Inspection
from workbench.policies.cases.plan import Plan, plan
from workbench.policies.policy import Permission
from workbench.policies.translating import Translator
from workbench.runtime.decisions import Answers, AskedSubject, decide
from workbench.runtime.node import NodeWorker
from workbench.session.backends import ScratchDatabase
from workbench.session.permissions.affinity import with_numbers
from workbench.session.permissions.constraints import Constraints
from workbench.session.permissions.data import MatrixData
from workbench.session.permissions.filling import matrix_data
from workbench.session.permissions.questions import (
    Asked,
    DjangoAnswers,
    asked_subjects,
    for_node,
    general_for_node,
    of_django,
)
from workbench.session.tables.schema import typescript_files
from workbench.targets.rules.app_module import AppModule, Rule
from workbench.targets.rules.loaders import loaders
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.render import app_modules, rules_of

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench


@dataclass(frozen=True)
class Matrix:
    """What both sides answered. ``users`` are profile names; the first ``askers`` of them were asked about objects."""

    plan: Plan
    data: MatrixData
    users: tuple[str, ...]
    askers: int
    general: tuple[Rule, ...]
    asked: tuple[Asked, ...]
    django: DjangoAnswers
    node: Answers

    @property
    def decisions(self) -> int:
        """How many different questions Django was asked."""
        return sum(self.by_permission.values())

    @property
    def by_permission(self) -> dict[str, int]:
        """The same for each permission by its full name: in general by all users, about objects by the askers."""
        found = Counter({rule.permission.name: len(self.users) for rule in self.general})
        for one in self.asked:
            found.update({rule.permission.name: len(one.keys) * self.askers for rule in one.rules})
        return dict(found)


class MatrixTrial:
    """A scratch database with users and objects, open while both sides are asked about them."""

    def __init__(self, shop: Workbench, worker: NodeWorker, decisions: int = 0) -> None:
        """At least so many ``decisions``: by objects at random, beyond the cases."""
        self._shop, self._worker = shop, worker
        self.translator = Translator.of(shop.policies, shop.inspection)
        fits = Constraints(with_numbers(shop.catalog), self.translator.models)
        own = {app.label for app in shop.inspection.apps if app.own}
        tried = plan(shop.policies, self.translator, own, fits)
        self._database: ScratchDatabase = shop.backend.create(shop.django_tables.all)
        settings = self._database.django_settings()
        shop.agent.request("furnish", database=settings)
        self.data, self.plan = matrix_data(shop, tried, self._database, fits, decisions)
        shop.backend.fill(self._database, self.data.rows.tables())

    def __enter__(self) -> MatrixTrial:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.drop()

    @cached_property
    def modules(self) -> dict[str, AppModule]:
        """The rules of each app in TypeScript."""
        return app_modules(self._shop.policies, self._shop.inspection, self._shop.names)

    @cached_property
    def properties(self) -> Properties:
        """The names of tables and columns."""
        return Properties(self.translator.models, self._shop.names)

    @property
    def dialect(self) -> Dialect:
        """Of the database that both sides read."""
        return self._shop.backend.dialect

    @property
    def inspection(self) -> Inspection:
        """What Django reports of the project."""
        return self._shop.inspection

    @property
    def files(self) -> dict[str, str]:
        """The generated modules, by path."""
        return {**typescript_files(self._shop.schema), **typescript_files(self._shop.permissions.rendering)}

    def matrix(self, files: Mapping[str, str] | None = None, known: DjangoAnswers | None = None) -> Matrix:
        """Both sides' answers; ``files``: other modules than the generated ones; ``known``: Django's, asked before."""
        rules = rules_of(self.modules)
        asked = asked_subjects(self.plan, self.data, rules, self.translator.models)
        general = tuple(rules[p.name] for p in self.plan.general if p.name in rules)
        subjects = [for_node(one, loaders(self.modules), self.properties) for one in asked]
        node = self.typescript(files or self.files, subjects, general)
        askers = len(self.plan.askers)
        django = known or self._django([rule.permission for rule in general], asked)
        return Matrix(self.plan, self.data, tuple(self.data.users), askers, general, asked, django, node)

    def typescript(
        self, files: Mapping[str, str], subjects: Sequence[AskedSubject], general: Sequence[Rule] = ()
    ) -> Answers:
        """What registries in these modules answer."""
        key = self._worker.load(files, self._shop.backend.dialect)
        settings, users = self._database.node_settings(), list(self.data.users.values())
        askers = len(self.plan.askers)
        return decide(self._worker, key, settings, users, askers, [*map(general_for_node, general)], subjects)

    def _django(self, general: Sequence[Permission], asked: Sequence[Asked]) -> DjangoAnswers:
        """Holders of single permissions are asked in general only."""
        agent, settings = self._shop.agent, self._database.django_settings()
        users, askers = list(self.data.users.values()), len(self.plan.askers)
        about = of_django(agent, settings, users[:askers], general, asked)
        rest = of_django(agent, settings, users[askers:], general, ())
        return DjangoAnswers((*about.general, *rest.general), about.subjects, {**rest.raised, **about.raised})
