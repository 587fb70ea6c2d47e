"""The explorer's place for trying querysets: an expression, a button, the same display as in a cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ipywidgets as widgets

from workbench.diagnostic import WorkbenchError
from workbench.display import Notes, Page, page_html
from workbench.session.querysets.plans import plan_of
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench

READY, BUSY = "Translate and compare", "Comparing…"


class QuerysetLab(widgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """A text area, a button and the result below them; a mistake is shown where the result would be."""

    def __init__(self, shop: Workbench) -> None:
        self.shop = shop
        self.expression = widgets.Textarea(rows=4, placeholder="A Django expression")
        self.button = widgets.Button(description=READY, icon="play", layout={"width": "auto"}, button_style="primary")
        self.result = widgets.HTML()
        self.expression.add_class("wb-expression")
        self.button.add_class("wb-run")
        self.button.on_click(self.run)
        hint = widgets.HTML('<span class="wb-hint">or Ctrl+Enter</span>')
        super().__init__([self.expression, widgets.HBox([self.button, hint]), self.result])

    def suggest(self, expression: str) -> None:
        """Offers an expression to start with; what the user has typed or run stays."""
        if not self.result.value:
            self.expression.value = expression

    def run(self, _: Any = None) -> None:
        """Shows the expression's display; the button says that it is busy meanwhile."""
        self.button.disabled, self.button.description = True, BUSY
        try:
            self.result.value = shown(self.shop, self.expression.value)
        finally:
            self.button.disabled, self.button.description = False, READY


def shown(shop: Workbench, expression: str) -> str:
    """The HTML of an expression's result, or of what is wrong with it."""
    try:
        return page_html(full_page(shop, shop.query(expression.strip())))
    except WorkbenchError as error:
        return page_html(Page("Not a queryset", (Notes(error.diagnostics),)))


def full_page(shop: Workbench, view: QueryView) -> Page:
    """The queryset's display, and both plans below it."""
    page = view.page()
    if not view.drizzle_sql or view.plan is not None:
        return page
    return replace(page, blocks=(*page.blocks, plan_of(shop.querying, view).details()))
