"""The explorer's pane of the project's queries: choose among the places that build one, and see it judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

from workbench.diagnostic import WorkbenchError
from workbench.display import Block, Code, Notes, Page, Text, page_html
from workbench.notebook.queryset_lab import full_page
from workbench.session.querysets.project_queries import Place
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench

SIGNS = {"equivalent": "✔", "different": "✘", "undecided": "?"}
NOT_JUDGED = " "
_EVERY = "All apps"


class QueriesPane(widgets.HBox):  # type: ignore[misc]  # ipywidgets ships no types
    """Filters, a list of places, and the chosen one's query beside its Drizzle form. A place is judged when chosen."""

    def __init__(self, shop: Workbench, recorded: str | None = None) -> None:
        self.shop = shop
        self.places = (shop.queries.recorded(recorded) if recorded else shop.queries).places
        self.words: dict[int, str] = {}  # verdicts by number of the place
        self.views: dict[int, QueryView] = {}
        apps = dict.fromkeys(app_of(place) for place in self.places)
        self.app = widgets.Dropdown(options=[_EVERY, *apps], description="App")
        self.shown = widgets.Dropdown(options=list(_filters(recorded)), description="Show")
        self.place = widgets.Select(description="Place", rows=14)
        self.all = widgets.Button(description="Judge all of these", layout={"width": "auto"})
        self.progress = widgets.IntProgress(layout={"visibility": "hidden", "width": "auto"})
        self.page = widgets.HTML()
        self.all.on_click(self.judge_all)
        choice = widgets.VBox([self.app, self.shown, self.place, self.all, self.progress])
        super().__init__([choice.add_class("wb-choice"), widgets.VBox([self.page]).add_class("wb-page")])
        self.add_class("wb-panes")
        self.app.observe(self._list, "value")
        self.shown.observe(self._list, "value")
        self.place.observe(self._show, "value")
        self._list()

    def judge_all(self, _: Any = None) -> None:
        """Judges the listed places that nobody has looked at; an interrupt of the kernel ends it and loses nothing."""
        open_ones = [number for _, number in self.place.options if number not in self.words]
        self.progress.max, self.progress.value, self.progress.layout.visibility = len(open_ones), 0, "visible"
        try:
            for number in open_ones:
                self._judged(number)
                self.progress.value += 1
        except KeyboardInterrupt:
            self.page.value = page_html(Page("Interrupted", (Text("What was judged stays; go on when you like."),)))
        finally:
            self.progress.layout.visibility = "hidden"
            self._list()

    def _list(self, _: Any = None) -> None:
        """The places that pass both filters, each with the sign of its verdict; the chosen one stays chosen."""
        chosen, passes = self.place.value, _FILTERS[self.shown.value]
        numbers = [n for n, place in enumerate(self.places) if self._of_app(place) and passes(place, self.words.get(n))]
        self._offer(numbers, chosen if chosen in numbers else None)

    def _offer(self, numbers: Iterable[int], chosen: int | None) -> None:
        """Fills the list; a list that is filled chooses its first entry, which nobody asked to see."""
        self.place.unobserve(self._show, "value")
        self.place.options = [(self._label(number), number) for number in numbers]
        self.place.value = chosen
        self.place.observe(self._show, "value")

    def _of_app(self, place: Place) -> bool:
        return self.app.value in (_EVERY, app_of(place))

    def _label(self, number: int) -> str:
        place = self.places[number]
        sign = SIGNS.get(self.words.get(number, ""), NOT_JUDGED)
        return f"{sign} {place.site.origin}  {' '.join(place.site.text.split())[:60]}"

    def _show(self, _: Any = None) -> None:
        number = self.place.value
        if number is None:
            return
        self.page.value = self._judged(number)
        self._offer([listed for _, listed in self.place.options], number)

    def _judged(self, number: int) -> str:
        """The HTML of a place: its code, then its query judged, or why it cannot be evaluated away from its place."""
        place = self.places[number]
        blocks: list[Block] = [Code(place.site.text, "python", "In the project", place.site.origin)]
        if not place.site.expression:
            self.words[number] = "undecided"
            return page_html(Page("Query", (*blocks, Text(f"Not evaluated away from its place: {place.site.unread}."))))
        try:
            view = self.views.get(number) or self.shop.query(place.site.expression)
        except WorkbenchError as error:
            self.words[number] = "undecided"
            return page_html(Page("Query", (*blocks, Notes(error.diagnostics))))
        self.views[number] = view
        self.words[number] = view.verdict.word if view.verdict else "undecided"
        page = full_page(self.shop, view)
        return page_html(Page("Query", (*blocks, *page.blocks), page.badges))


def app_of(place: Place) -> str:
    """The app of the queried model."""
    return (place.site.model or "").partition(".")[0] or "unknown model"


def _filters(recorded: str | None) -> dict[str, Callable[[Place, str | None], bool]]:
    return {name: passes for name, passes in _FILTERS.items() if recorded or name not in _OF_RECORDINGS}


_FILTERS: dict[str, Callable[[Place, str | None], bool]] = {
    "Everything": lambda place, word: True,
    "Equivalent": lambda place, word: word == "equivalent",
    "Different": lambda place, word: word == "different",
    "Undecided": lambda place, word: word == "undecided",
    "Not judged yet": lambda place, word: word is None,
    "Not evaluated away from their place": lambda place, word: not place.site.expression,
    "Never run": lambda place, word: place.runs == 0,
    "Repeated": lambda place, word: place.repeated > 1,
}
_OF_RECORDINGS = {"Never run", "Repeated"}
