"""The queries of a project: where its code builds them, and which of these places a recorded command went through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.display import Block, Cell, Displayed, Grid, Page, Text
from workbench.display.frame import dataframe
from workbench.inspection.records import CallSite
from workbench.queries.recording import RecordedStatement, Recording, Site, read_recording

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 40  # places; a data frame holds all
_HEADINGS = ("place", "model", "queryset", "evaluated")
_RUN_HEADINGS = ("runs", "statements", "repeated")


@dataclass(frozen=True)
class Place:
    """A call site, and the recorded executions that began on its lines. ``runs`` is None without a recording."""

    site: CallSite
    runs: int | None = None
    statements: tuple[str, ...] = ()  # identities of the distinct ones
    repeated: int = 0  # most executions within one test, request or command

    @property
    def evaluated(self) -> str:
        """How it can be evaluated away from its place: "yes", or why not."""
        return "yes" if self.site.expression else self.site.unread

    def cells(self) -> tuple[Cell, ...]:
        """One row of the table."""
        head: tuple[Cell, ...] = (self.site.origin, self.site.model or "", _line(self.site.text), self.evaluated)
        if self.runs is None:
            return head
        return *head, self.runs, len(self.statements), self.repeated if self.repeated > 1 else ""


@dataclass(frozen=True)
class QueriesView(Displayed):
    """The call sites of a project as a table. ``elsewhere``: recorded executions at places that no call site covers."""

    places: tuple[Place, ...]
    elsewhere: tuple[tuple[Site, RecordedStatement], ...] = ()
    recording: Recording | None = None

    def recorded(self, file: str | Path) -> QueriesView:
        """Joined to what ``workbench record`` saw. WorkbenchError where the file is no recording."""
        return join(self.places, read_recording(Path(file)))

    def never_run(self) -> QueriesView:
        """Only the places that the recorded command did not go through."""
        return replace(self, places=tuple(place for place in self.places if place.runs == 0))

    def repeated(self) -> QueriesView:
        """Only the places that ran a statement more than once in one test, request or command."""
        return replace(self, places=tuple(place for place in self.places if place.repeated > 1))

    def of(self, model: str) -> QueriesView:
        """Only the places about one model, by label; or about one app."""
        chosen = (place for place in self.places if f"{place.site.model}.".startswith(f"{model}."))
        return replace(self, places=tuple(chosen))

    def page(self) -> Page:
        """A sentence, then a row a place."""
        blocks: list[Block] = [Text(self._summary()), self._grid(self.places[:SHOWN], max(0, len(self.places) - SHOWN))]
        if self.elsewhere:
            rows = tuple(_elsewhere(site, statement) for site, statement in self.elsewhere[:SHOWN])
            more = max(0, len(self.elsewhere) - SHOWN)
            blocks += [
                Text("Run from places that no call site above covers: templates, forms, packages, several lines."),
                Grid(("place", "caller", "statement", "runs"), rows, more=more),
            ]
        return Page("Queries", tuple(blocks))

    def to_dataframe(self) -> pd.DataFrame:
        """One row a place."""
        return dataframe(self._grid(self.places))

    def _grid(self, places: Iterable[Place], more: int = 0) -> Grid:
        headings = _HEADINGS if self.recording is None else _HEADINGS + _RUN_HEADINGS
        return Grid(headings, tuple(place.cells() for place in places), more=more)

    def _summary(self) -> str:
        readable = sum(bool(place.site.expression) for place in self.places)
        found = f"{len(self.places)} call sites; {readable} can be evaluated away from their place."
        if self.recording is None:
            return found
        run = sum(bool(place.runs) for place in self.places)
        return f"{found} {run} were run by the recorded command, {len(self.places) - run} never."


def places_of(sites: Iterable[CallSite]) -> QueriesView:
    """The view without a recording."""
    return QueriesView(tuple(Place(site) for site in sites))


def join(places: Iterable[Place], recording: Recording) -> QueriesView:
    """Each execution goes to the call site that built its query, as far as their lines say."""
    known = tuple(places)
    runs: dict[int, list[tuple[Site, RecordedStatement]]] = {number: [] for number in range(len(known))}
    elsewhere: list[tuple[Site, RecordedStatement]] = []
    for statement in recording.statements:
        for site in statement.sites:
            number = _origin(known, site, statement.model)
            (elsewhere if number is None else runs[number]).append((site, statement))
    joined = tuple(_joined(place, runs[number]) for number, place in enumerate(known))
    return QueriesView(joined, tuple(elsewhere), recording)


def _origin(places: tuple[Place, ...], ran: Site, model: str) -> int | None:
    """The innermost call site on the line; else the last one above it in the function about the same model.

    A queryset is built on one line and may be run on a later one.
    """
    near = [(place.site.origin.line or 0, number) for number, place in enumerate(places) if _holds(place.site, ran)]
    if not near:
        near = [
            (place.site.origin.line or 0, number)
            for number, place in enumerate(places)
            if place.site.model == model and _before(place.site, ran)
        ]
    return max(near)[1] if near else None


def _holds(call: CallSite, ran: Site) -> bool:
    first = call.origin.line
    if first is None or ran.line is None or call.origin.file != ran.file:
        return False
    return first <= ran.line <= first + call.text.count("\n")


def _before(call: CallSite, ran: Site) -> bool:
    same = call.origin.file == ran.file and call.function == (ran.function or "").rpartition(".")[2]
    return same and bool(call.function) and (call.origin.line or 0) < (ran.line or 0)


def _joined(place: Place, found: list[tuple[Site, RecordedStatement]]) -> Place:
    return replace(
        place,
        runs=sum(site.count for site, _ in found),
        statements=tuple(dict.fromkeys(statement.id for _, statement in found)),
        repeated=max((site.most_in_scope for site, _ in found), default=0),
    )


def _elsewhere(site: Site, statement: RecordedStatement) -> tuple[Cell, ...]:
    return site.origin or "outside of the project", site.caller, _line(statement.sql), site.count


def _line(text: str) -> str:
    """On one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:99] + "…"
