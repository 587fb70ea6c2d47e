"""One trial of a project's guards: a filled database of its own, the requests, and the guards loaded in Node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.runtime.node import NodeWorker
from workbench.session.data import FilledDatabase
from workbench.session.guard_judging import Guards, judge
from workbench.session.guard_requests import request_all
from workbench.session.guards import GuardsView
from workbench.session.schema import typescript_files
from workbench.targets.rules.loaders import loaders
from workbench.targets.rules.render import app_modules, guard_writer, render_rules
from workbench.targets.rules.views import guard_functions

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench


class GuardTrial:
    """Its database is dropped at the end: users and keys were made in it."""

    def __init__(self, shop: Workbench, worker: NodeWorker) -> None:
        self._shop, self._worker = shop, worker
        self._data = FilledDatabase(shop.backend, shop.django_tables, shop.catalog)

    def view(self) -> GuardsView:
        """All requests and verdicts."""
        shop, database = self._shop, self._data.database()
        guards = self._guards(database.node_settings())
        tried = request_all(shop.agent, shop.policies, database.django_settings(), guards.of)
        compared = guards.answers(tried)
        verdicts = [v for one, found in zip(tried, compared, strict=True) for v in judge(one, found, guards)]
        return GuardsView(tuple(verdicts), shop.policies)

    def _guards(self, settings: dict[str, str]) -> Guards:
        """The schema and the rules, as the project would have them."""
        shop = self._shop
        modules = app_modules(shop.policies, shop.inspection, shop.names)
        writer = guard_writer(shop.policies, shop.inspection, shop.names, modules)
        rendering = render_rules(shop.policies, shop.inspection, shop.names)
        key = self._worker.load({**typescript_files(shop.schema), **typescript_files(rendering)})
        by_model = {loader.model: loader for loader in loaders(modules)}
        return Guards(guard_functions(shop.policies, writer), by_model, self._worker, key, settings)

    def __enter__(self) -> GuardTrial:
        return self

    def __exit__(self, *_: object) -> None:
        self._data.close()
