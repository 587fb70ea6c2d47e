"""The explorer's pane of permissions: kinds of user × permissions, tried in both systems, and what is behind a cell."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from workbench.diagnostic import WorkbenchError
from workbench.display import Displayed, Notes, Page, page_html
from workbench.notebook.queries_pane import SIGNS
from workbench.session.permissions.access import AccessView
from workbench.session.workbench import Workbench

READY, BUSY = "Try both systems", "Asking both systems…"
_EVERYBODY, _EVERYTHING = "Everybody", "All permissions"


class PermissionsPane(widgets.HBox):  # type: ignore[misc]  # ipywidgets ships no types
    """Choose who, or what, or both: a view as that user, a rule on both sides, or one cell with its objects."""

    def __init__(self, shop: Workbench) -> None:
        self.shop = shop
        self.access: AccessView | None = None
        self.button = widgets.Button(description=READY, icon="play", layout={"width": "auto"}, button_style="primary")
        self.user = widgets.Dropdown(options=[_EVERYBODY], description="View as", disabled=True)
        self.permission = widgets.Select(options=[_EVERYTHING], description="Permission", rows=14, disabled=True)
        self.page = widgets.HTML(page_html(shop.permissions.page()))
        self.button.on_click(self.run)
        choice = widgets.VBox([self.button, self.user, self.permission]).add_class("wb-choice")
        super().__init__([choice, widgets.VBox([self.page]).add_class("wb-page")])
        self.add_class("wb-panes")
        self.user.observe(self._show, "value")
        self.permission.observe(self._show, "value")

    def run(self, _: Any = None) -> None:
        """Asks Django and the TypeScript everything; a project that cannot be tried says why."""
        self.button.disabled, self.button.description = True, BUSY
        try:
            self.access = self.shop.permissions.access()
            self._offer(self.access)
        except WorkbenchError as error:
            self.page.value = page_html(Page("Permissions", (Notes(error.diagnostics),)))
        finally:
            self.button.disabled, self.button.description = False, READY

    def _offer(self, access: AccessView) -> None:
        verdicts = access.verdicts
        labels = [(f"{SIGNS[verdicts[name].word]} {name}", name) for name in access.permissions]
        self.user.options, self.user.disabled = [_EVERYBODY, *access.users], False
        self.permission.options, self.permission.disabled = [(_EVERYTHING, _EVERYTHING), *labels], False
        self._show()

    def _show(self, _: Any = None) -> None:
        if self.access is not None:
            self.page.value = self._chosen(self.access).to_html()

    def _chosen(self, access: AccessView) -> Displayed:
        """By whether somebody and something is chosen."""
        user, permission = self.user.value, self.permission.value
        if permission in (None, _EVERYTHING):
            return access if user == _EVERYBODY else access.view_as(user)
        return access.rule(permission) if user == _EVERYBODY else access.cell(permission, user)
