"""One trial of a project's guards: a filled database of its own, the requests, and the guards loaded in Node."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.policies.policy import View
from workbench.runtime.node import NodeWorker
from workbench.session.guards.judging import Guards, judge, unseen
from workbench.session.guards.requests import request_all
from workbench.session.guards.view import GuardsView
from workbench.session.tables.data import FilledDatabase
from workbench.session.tables.schema import typescript_files
from workbench.targets.rules.loaders import loaders
from workbench.targets.rules.render import FOLDER, app_modules, guard_writer, render_rules
from workbench.targets.rules.views import guard_functions, is_admin, render_views

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench


def _wanted(views: Sequence[View], own: bool) -> Callable[[View], bool]:
    """Pages of the admin are its own only where they are asked for; a project may be all packages."""
    if not own:
        return lambda view: True
    chosen = {view for view in views if view.own and not is_admin(view)}
    return lambda view: view in chosen if chosen else not is_admin(view)


class GuardTrial:
    """Its database is dropped at the end: users and keys were made in it."""

    def __init__(self, shop: Workbench, worker: NodeWorker) -> None:
        self._shop, self._worker = shop, worker
        self._data = FilledDatabase(shop.backend, shop.django_tables, shop.catalog)
        self._modules = app_modules(shop.policies, shop.inspection, shop.names)
        self._writer = guard_writer(shop.policies, shop.inspection, shop.names, self._modules)

    def view(self, own: bool = False) -> GuardsView:
        """All requests and verdicts; ``own``: of the project's own views alone, where it has any."""
        policies, database = self._shop.policies, self._data.database()
        guards = self._guards(database.node_settings())
        wanted = _wanted(policies.views, own)
        tried = request_all(self._shop.agent, policies, database.django_settings(), guards.of, wanted)
        compared = guards.answers(tried)
        verdicts = [v for one, found in zip(tried, compared, strict=True) for v in judge(one, found, guards)]
        apps = frozenset(app.label for app in self._shop.inspection.apps if app.own)
        rendering = render_views(policies, self._writer, FOLDER, unseen(verdicts))
        return GuardsView(tuple(verdicts), policies, apps, rendering)

    def _guards(self, settings: dict[str, str]) -> Guards:
        """The schema and the rules, as the project would have them."""
        shop = self._shop
        dialect = shop.backend.dialect
        rendering = render_rules(shop.policies, shop.inspection, shop.names, dialect)
        key = self._worker.load({**typescript_files(shop.schema), **typescript_files(rendering)}, dialect)
        by_model = {loader.model: loader for loader in loaders(self._modules)}
        return Guards(guard_functions(shop.policies, self._writer), by_model, self._worker, key, settings)

    def __enter__(self) -> GuardTrial:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()
