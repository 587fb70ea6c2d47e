"""``explore()``: choose an app and a model, read it in tabs, try querysets.

Plain ipywidgets, and one anywidget of a few lines: JupyterLab's shortcuts act on keys pressed in any widget (an arrow
leaves a list, x cuts the cell), and only an attribute that ipywidgets cannot set keeps them away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets

from workbench.display import page_html
from workbench.notebook.model_pages import TABS
from workbench.notebook.queryset_lab import QuerysetLab
from workbench.session.workbench import Workbench

HERE = Path(__file__).parent


def explore(shop: Workbench) -> Explorer:
    """The widgets for an opened project."""
    return Explorer(shop)


class Keys(anywidget.AnyWidget):
    """Keeps the explorer's keys in the explorer and says when a queryset is to be run; shows nothing."""

    _esm = HERE / "keys.js"
    _css = HERE / "explorer.css"


class Explorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """App, then model, then tabs; the last tab is the queryset lab. State lives here, in Python."""

    def __init__(self, shop: Workbench) -> None:
        self.shop = shop
        self._labels = labels_by_app(shop)
        self.app = widgets.Dropdown(options=list(self._labels), description="App")
        self.model = widgets.Select(description="Model", rows=16)
        self.pages = {title: widgets.HTML() for title in TABS}
        self.lab = QuerysetLab(shop)
        self.tabs = widgets.Tab([*self.pages.values(), self.lab], titles=[*TABS, "Queryset lab"])
        choice = widgets.VBox([self.app, self.model]).add_class("wb-choice")
        panes = widgets.HBox([choice, self.tabs]).add_class("wb-panes")
        keys = Keys(layout={"display": "none"})
        keys.on_msg(self._run)
        super().__init__([panes, keys])
        self.add_class("wb-explorer")
        self.model.observe(self._show_model, "value")
        self.app.observe(self._show_app, "value")
        self._show_app()

    def __repr__(self) -> str:
        count = sum(len(labels) for labels in self._labels.values())
        return f"Explorer of {count} models in {len(self._labels)} apps: run this cell to operate it"

    def _run(self, _: Any, message: dict[str, str], __: Any) -> None:
        """The text as it stands in the browser, which the text area's own messages may not have brought yet."""
        self.lab.expression.value = message["run"]
        self.lab.run()

    def _show_app(self, _: Any = None) -> None:
        labels = self._labels.get(self.app.value, [])
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
