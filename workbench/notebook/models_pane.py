"""The explorer's first pane: an app, a model, what is to be read of it in tabs, and the queryset lab."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.display import page_html
from workbench.notebook.model_pages import TABS
from workbench.notebook.queryset_lab import QuerysetLab
from workbench.session.workbench import Workbench


class ModelsPane(widgets.HBox):  # type: ignore[misc]  # ipywidgets ships no types
    """App, then model, then tabs; the last tab is the queryset lab."""

    def __init__(self, shop: Workbench) -> None:
        self.shop = shop
        self.labels = labels_by_app(shop)
        self.app = widgets.Dropdown(options=list(self.labels), description="App")
        self.model = widgets.Select(description="Model", rows=16)
        self.pages = {title: widgets.HTML() for title in TABS}
        self.lab = QuerysetLab(shop)
        self.tabs = widgets.Tab([*self.pages.values(), self.lab], titles=[*TABS, "Queryset lab"])
        super().__init__([widgets.VBox([self.app, self.model]).add_class("wb-choice"), self.tabs])
        self.add_class("wb-panes")
        self.model.observe(self._show_model, "value")
        self.app.observe(self._show_app, "value")
        self._show_app()

    def _show_app(self, _: Any = None) -> None:
        labels = self.labels.get(self.app.value, [])
        self.model.options = [(label.partition(".")[2], label) for label in labels]
        self.model.value = labels[0] if labels else None

    def _show_model(self, _: Any = None) -> None:
        if self.model.value is None:
            return
        view = self.shop.models[self.model.value]
        for title, page in TABS.items():
            self.pages[title].value = page_html(page(self.shop, view))
        self.lab.suggest(f"{view.record.name}.objects.all()")


def labels_by_app(shop: Workbench) -> dict[str, list[str]]:
    """App label to its models' labels: the project's own apps first, apps without models left out."""
    apps = sorted(shop.inspection.apps, key=lambda app: not app.own)
    models = [model for model in shop.inspection.models if not model.auto_created]
    labels = {app.label: [model.label for model in models if model.app == app.label] for app in apps}
    return {app: found for app, found in labels.items() if found}
