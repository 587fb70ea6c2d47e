"""Workbench: one opened project, and the flow from its models and querysets to verdicts, run on demand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

from workbench.catalog.from_inspection import read_catalog
from workbench.catalog.table import Catalog, Dialect
from workbench.comparison import Comparison
from workbench.display import Displayed, Page
from workbench.inspection.client import Agent
from workbench.inspection.records import Inspection
from workbench.policies.policy import Policies
from workbench.policies.reading import read_policies
from workbench.project import Project
from workbench.runtime.node import NodeWorker
from workbench.runtime.own_reading import OwnDatabase
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import CompilerError, TypeChecker
from workbench.session.backends import backend_of
from workbench.session.check import CheckView
from workbench.session.checking import check
from workbench.session.guards.trial import GuardTrial
from workbench.session.guards.view import GuardsView
from workbench.session.overview import overview_page
from workbench.session.own.side import NONE_GIVEN, OwnSide
from workbench.session.own.tables import OwnTables
from workbench.session.permissions.attempt import RuleTrials, RuleView
from workbench.session.permissions.differing import asked_otherwise
from workbench.session.permissions.interface import shown_otherwise
from workbench.session.permissions.layers import LayersView, layers
from workbench.session.permissions.proof import PermissionProver
from workbench.session.permissions.view import PermissionsView
from workbench.session.querysets.comparing import compare_querysets
from workbench.session.querysets.handwritten import judge_typescript
from workbench.session.querysets.plans import PlanView, plan_of
from workbench.session.querysets.project_queries import QueriesView, places_of
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.querying import Querying
from workbench.session.querysets.viewing import view_query
from workbench.session.sign_in.view import SignInView, sign_in_view
from workbench.session.tables.data import FilledDatabase
from workbench.session.tables.django_tables import DjangoTables
from workbench.session.tables.model import ModelViews
from workbench.session.tables.model_views import model_views
from workbench.session.tables.schema import SchemaChecks, typescript_files
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.schema import render_schema
from workbench.targets.rendering import Rendering
from workbench.targets.rules.render import render_rules
from workbench.targets.rules.table import policy_rows


class Workbench(Displayed):
    """An opened project. Every property is computed at first use and kept; ``reload()`` forgets them all."""

    def __init__(
        self,
        project: Project,
        agent: Agent,
        server: Callable[[], PostgresServer],
        worker: Callable[[], NodeWorker],
        checker: Callable[[], TypeChecker],
        dialect: Dialect = "postgres",
        own: OwnDatabase | None = None,
    ) -> None:
        """Made by :func:`workbench.open`; server, worker and checker start when something needs them."""
        self._own = own
        self.project, self.agent = project, agent
        self._server, self._worker, self._checker = server, worker, checker
        self.backend = backend_of(dialect, server)

    @cached_property
    def inspection(self) -> Inspection:
        """What Django itself reports."""
        return self.agent.inspect()

    @cached_property
    def django_tables(self) -> DjangoTables:
        """The statements that Django's schema editor would run."""
        return self.backend.fit(self.agent.ddl(), self.inspection)

    @cached_property
    def catalog(self) -> Catalog:
        """The tables that the models mean, with the lines they come from."""
        return read_catalog(self.inspection, self.django_tables.statements)

    @cached_property
    def names(self) -> SchemaNames:
        """The TypeScript names of tables and columns."""
        return SchemaNames.of(self.inspection.models)

    @cached_property
    def schema(self) -> Rendering:
        """The Drizzle schema: TypeScript modules, and the SQL that drizzle-kit cannot write."""
        dialect, before = self.backend.dialect, self.django_tables.before
        return render_schema(self.inspection, self.catalog, self.names, dialect, before)

    @cached_property
    def schema_checks(self) -> SchemaChecks:
        """Both databases made and compared; what drizzle-kit would still change."""
        self.prepare()
        return SchemaChecks(self.schema, self.django_tables, self.backend, self._worker())

    @cached_property
    def compile_errors(self) -> tuple[CompilerError, ...]:
        """What the TypeScript compiler says of the schema under ``strict``."""
        return self._checker().check(typescript_files(self.schema), self.backend.dialect)

    @cached_property
    def models(self) -> ModelViews:
        """Every model by label, with the verdict on its table."""
        parity = self.schema_checks.parity
        return model_views(self.inspection, self.schema, self.names, self.catalog, self.django_tables, parity)

    @cached_property
    def own(self) -> OwnSide | None:
        """The database of yours that was given to ``open``."""
        return OwnSide(self, self._own) if self._own is not None else None

    @property
    def database(self) -> OwnTables:
        """The tables of the database that was given to ``open``, against the models'. WorkbenchError without one."""
        if self.own is None:
            raise NONE_GIVEN
        return self.own.tables

    @cached_property
    def policies(self) -> Policies:
        """What the project says about who may do what."""
        return read_policies(self.inspection, self.agent.request("guards"))

    @cached_property
    def permissions(self) -> PermissionsView:
        """Permissions, guards and rules beside their TypeScript form."""
        rows = policy_rows(self.policies, self.inspection, self.names)
        rendering = render_rules(self.policies, self.inspection, self.names, self.backend.dialect)
        own = frozenset(app.label for app in self.inspection.apps if app.own)
        otherwise = (*asked_otherwise(self.policies, own), *shown_otherwise(self.policies, self.inspection))
        prover = PermissionProver(self, self._worker)
        return PermissionsView(rows, rendering, own, prover, lambda: self.own_guards, otherwise=otherwise)

    @cached_property
    def guards(self) -> GuardsView:
        """Every address requested as each kind of user, beside the generated guards."""
        return self._tried_guards(own=False)

    @cached_property
    def own_guards(self) -> GuardsView:
        """The same of the project's own views, without those of packages and the admin."""
        return self._tried_guards(own=True)

    def _tried_guards(self, own: bool) -> GuardsView:
        with GuardTrial(self, self._worker()) as trial:
            return trial.view(own)

    @cached_property
    def sign_in(self) -> SignInView:
        """django.contrib.auth beside Better Auth; ``.prove()`` tries that both answer alike."""
        return sign_in_view(self, self._worker)

    @cached_property
    def data(self) -> FilledDatabase[Any]:
        """The generated rows that queries run on."""
        return FilledDatabase(self.backend, self.django_tables, self.catalog)

    @cached_property
    def querying(self) -> Querying:
        """The tools that a queryset needs."""
        return Querying(self, self._server(), self._worker(), self._checker())

    @cached_property
    def queries(self) -> QueriesView:
        """Where the project's code builds querysets; ``.recorded(file)`` says which of these a command ran."""
        return places_of(self.inspection.call_sites)

    def query(self, text: str) -> QueryView:
        """A Django expression beside its Drizzle form: both SQLs, types, rows on generated data, and the verdict."""
        return view_query(self.querying, text)

    def plan(self, text: str) -> PlanView:
        """How the database would run both sides of a Django expression."""
        return plan_of(self.querying, self.query(text))

    def judge(self, view: QueryView, typescript: str) -> QueryView:
        """A person's own TypeScript against a queryset that was shown before."""
        return judge_typescript(self.querying, view, typescript)

    def compare(self, left: str, right: str) -> Comparison:
        """Two Django expressions clause by clause, and whether they ask the same."""
        return compare_querysets(self.querying, left, right)

    def rule(self, permission: str) -> LayersView:
        """One permission in Django and in TypeScript: a WHERE, a check before a write, booleans for the interface."""
        return layers(self, permission)

    @cached_property
    def rule_trials(self) -> RuleTrials:
        """What tries rules that a person writes."""
        return RuleTrials(self, self._worker(), self._checker())

    def judge_rule(self, permission: str, typescript: str) -> RuleView:
        """A person's own TypeScript for a permission against Django's rule."""
        return self.rule_trials.judge(permission, typescript)

    def prepare(self) -> None:
        """Starts the database server and the Node worker beside each other; returns at once.

        Tables do this themselves at first use; called before that, it hides the second it takes. What fails here
        fails again, and says so, where it is used.
        """
        threads = ThreadPoolExecutor(2)
        threads.submit(self.backend.start)
        threads.submit(lambda: self._worker().prepare(self.backend.dialect))
        threads.shutdown(wait=False)

    def check(self, *, sign_in: bool = False) -> CheckView:
        """A verdict on everything: tables, the schema, the querysets in the code, permissions.

        ``sign_in``: real sign-ins, too; Better Auth is installed at first use.
        """
        return check(self, sign_in=sign_in)

    def page(self) -> Page:
        """The overview."""
        return overview_page(self.project.name, self.inspection, connected=self.own is not None)

    def explore(self, recorded: str | None = None) -> object:
        """The widgets: models and a queryset lab, queries (``recorded``: joined to what ``workbench record`` saw)."""
        from workbench.notebook.explorer import explore  # late: the one place that needs widgets

        return explore(self, recorded)

    def reload(self) -> None:
        """Forgets everything that was read, so that the next use sees the project's files as they are now."""
        self.close()
        for name in [name for name, value in vars(type(self)).items() if isinstance(value, cached_property)]:
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Ends the project's process and drops its scratch databases. A later use starts them again."""
        self.agent.close()
        for name in ("querying", "data", "schema_checks", "rule_trials"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def __enter__(self) -> Workbench:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
