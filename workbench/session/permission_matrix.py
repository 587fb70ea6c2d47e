"""The permission matrix: the same users, objects and permissions, asked of Django and of the generated TypeScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.equivalence.engine import Refused
from workbench.policies.cases.covering import Case
from workbench.policies.cases.plan import Plan, Subject, plan
from workbench.policies.cases.profiles import at_random
from workbench.policies.models import Models
from workbench.policies.policy import Permission
from workbench.policies.translating import Translator
from workbench.runtime.decisions import Answers, decide
from workbench.runtime.driver import psycopg
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import Database
from workbench.session.permission_data import FIRST, MatrixData
from workbench.session.permission_questions import (
    Asked,
    DjangoAnswers,
    asked_subjects,
    for_node,
    general_for_node,
    of_django,
)
from workbench.session.schema import typescript_files
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.loaders import loaders
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.render import app_modules, rules_of
from workbench.values import Wire, to_wire
from workbench.verdict import TableRows

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

_FILL_SEEDS = range(100, 120)


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
    files: Mapping[str, str]

    @property
    def decisions(self) -> int:
        """How many different questions Django was asked."""
        about = sum(len(one.keys) * len(one.rules) for one in self.asked) * self.askers
        return about + len(self.users) * len(self.general)


def run_matrix(shop: Workbench, worker: NodeWorker, decisions: int = 0) -> Matrix:
    """Asks everything on a scratch PostgreSQL; at least so many decisions, by objects at random beyond the cases."""
    translator = Translator.of(shop.policies, shop.inspection)
    tried = plan(shop.policies, translator, {app.label for app in shop.inspection.apps if app.own})
    database: Database = shop.backend.create(shop.django_tables.all)
    try:
        settings = database.django_settings()
        shop.agent.request("furnish", database=settings)
        data, tried = _data(shop, tried, database, translator.models, decisions)
        shop.backend.fill(database, data.tables())
        return _asked(shop, worker, tried, database, data, translator)
    finally:
        database.drop()


def _asked(
    shop: Workbench, worker: NodeWorker, tried: Plan, database: Database, data: MatrixData, translator: Translator
) -> Matrix:
    modules = app_modules(shop.policies, shop.inspection, shop.names)
    rules, properties = rules_of(modules), Properties(translator.models, shop.names)
    asked = asked_subjects(tried, data, rules)
    users, askers = tuple(data.users), sum(1 for _ in tried.askers)
    general = tuple(rules[p.name] for p in tried.general if p.name in rules)
    keys = list(data.users.values())
    files = {**typescript_files(shop.schema), **typescript_files(shop.permissions.rendering)}
    node = decide(
        worker,
        worker.load(files),
        database.node_settings(),
        keys,
        [general_for_node(rule) for rule in general],
        [for_node(one, loaders(modules), properties) for one in asked],
    )
    names = [rule.permission.name for rule in general]
    django = _django(shop, database, keys, askers, names, asked)
    return Matrix(tried, data, users, askers, general, asked, django, node, files)


def _django(
    shop: Workbench, database: Database, keys: Sequence[int | None], askers: int, general: Sequence[str], asked: Any
) -> DjangoAnswers:
    settings = database.django_settings()
    about = of_django(shop.agent, settings, keys[:askers], general, asked)
    rest = of_django(shop.agent, settings, keys[askers:], general, ())
    return DjangoAnswers((*about.general, *rest.general), about.subjects, {**rest.raised, **about.raised})


def _data(shop: Workbench, tried: Plan, database: Database, models: Models, decisions: int) -> tuple[MatrixData, Plan]:
    known = [_rows(database, models.record(label).table) for label in _furnished(models)]
    data = MatrixData(shop.catalog, models, _permission_keys(database, models), known)
    data.add_users((*tried.askers, *tried.holders))
    for subject in tried.subjects:
        for case in subject.cases:
            _add(data, subject, case)
        if not subject.cases:
            data.add_bare(subject.model)
    return data, _fill_up(tried, data, decisions)


def _fill_up(tried: Plan, data: MatrixData, decisions: int) -> Plan:
    """More objects of models with rules, more users where there are none, at random, until the questions are enough."""
    turn = [subject for subject in tried.subjects if subject.pools]
    a_round = len(tried.askers) * sum(len(_ruled(subject)) for subject in turn)
    if not turn:
        return _more_users(tried, data, decisions)
    for seed in _FILL_SEEDS:
        missing = decisions - _questions(tried, data)
        for subject in turn if missing > 0 else ():
            for case in subject.more(-(-missing // a_round), seed):
                _add(data, subject, case)
    return tried


def _more_users(tried: Plan, data: MatrixData, decisions: int) -> Plan:
    missing = decisions - _questions(tried, data)
    names = [permission.name for permission in tried.general]
    found = at_random(names, max(0, -(-missing // max(1, len(names)))), _FILL_SEEDS[0])
    data.add_users(found)
    return replace(tried, holders=(*tried.holders, *found))


def _add(data: MatrixData, subject: Subject, case: Case) -> None:
    try:
        data.add_object(subject.model, case)
    except Refused as refusal:
        data.refused.append(str(refusal))


def _ruled(subject: Subject) -> list[Permission]:
    return [permission for permission in subject.permissions if permission.rule is not None]


def _questions(tried: Plan, data: MatrixData) -> int:
    """Those about rules, which more objects make more of, and those without an object."""
    about = sum(len(data.objects(one.model)) * len(_ruled(one)) for one in tried.subjects) * len(tried.askers)
    return about + len(data.users) * len(tried.general)


def _furnished(models: Models) -> list[str]:
    """Tables that Django fills itself."""
    return [label for label in ("contenttypes.ContentType", "auth.Permission", models.user) if models.has(label)]


def _rows(database: Database, table: str) -> TableRows:
    with database.connect() as connection:
        found = connection.execute(psycopg.sql.SQL("SELECT * FROM {}").format(psycopg.sql.Identifier(table)))
        columns = tuple(column.name for column in found.description or ())
        rows: list[tuple[Wire, ...]] = [tuple(map(to_wire, row)) for row in found.fetchall()]
    if any(isinstance(row[0], int) and row[0] >= FIRST for row in rows):
        raise Refused(f"{table} holds keys past {FIRST}")
    return TableRows(table, columns, tuple(rows))


def _permission_keys(database: Database, models: Models) -> dict[str, int]:
    if not models.has("auth.Permission"):
        return {}
    query = (
        "SELECT c.app_label || '.' || p.codename, p.id FROM auth_permission p"
        " JOIN django_content_type c ON c.id = p.content_type_id"
    )
    with database.connect() as connection:
        return dict(connection.execute(query).fetchall())
