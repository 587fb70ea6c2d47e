"""``explore()``: the project's models, its queries, and who may do what, to be walked through.

Plain ipywidgets, and one anywidget of a few lines: JupyterLab's shortcuts act on keys pressed in any widget (an arrow
leaves a list, x cuts the cell), and only an attribute that ipywidgets cannot set keeps them away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets

from workbench.notebook.models_pane import ModelsPane
from workbench.notebook.permissions_pane import PermissionsPane
from workbench.notebook.queries_pane import QueriesPane
from workbench.session.workbench import Workbench

HERE = Path(__file__).parent
TITLES = ("Models", "Queries", "Permissions")


def explore(shop: Workbench, recorded: str | None = None) -> Explorer:
    """The widgets for an opened project; ``recorded``: a file of ``workbench record``, joined to the queries."""
    return Explorer(shop, recorded)


class Keys(anywidget.AnyWidget):
    """Keeps the explorer's keys in the explorer and says when a queryset is to be run; shows nothing."""

    _esm = HERE / "keys.js"
    _css = HERE / "explorer.css"


class Explorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """A pane a subject. State lives here, in Python; a pane is made when it is first opened."""

    def __init__(self, shop: Workbench, recorded: str | None = None) -> None:
        self.shop = shop
        self.models = ModelsPane(shop)
        self._later = {1: lambda: QueriesPane(shop, recorded), 2: lambda: PermissionsPane(shop)}
        self.panes = widgets.Tab([self.models, widgets.VBox(), widgets.VBox()], titles=[*TITLES])
        self.panes.observe(self._open, "selected_index")
        keys = Keys(layout={"display": "none"})
        keys.on_msg(self._run)
        super().__init__([self.panes, keys])
        self.add_class("wb-explorer")

    def __repr__(self) -> str:
        count = sum(len(labels) for labels in self.models.labels.values())
        return f"Explorer of {count} models in {len(self.models.labels)} apps: run this cell to operate it"

    def _run(self, _: Any, message: dict[str, str], __: Any) -> None:
        """The text as it stands in the browser, which the text area's own messages may not have brought yet."""
        self.models.lab.expression.value = message["run"]
        self.models.lab.run()

    def _open(self, change: Any) -> None:
        make = self._later.pop(change["new"], None)
        if make:
            children = list(self.panes.children)
            children[change["new"]] = make()
            self.panes.children = children
