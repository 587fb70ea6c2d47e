"""A recording's queries on a user's own database: what was recorded is asked there, read-only, on both sides.

It is done here, not by the processes that judge the recording: nobody else gets to know the URL, and no answer of the
database is kept for the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.catalog.table import Catalog
from workbench.diagnostic import WorkbenchError
from workbench.queries.recording import Kind
from workbench.runtime.own_reading import OwnDatabase
from workbench.session.opening import server, worker
from workbench.session.own.comparing import OwnQuery
from workbench.session.own.rows import OwnRows
from workbench.session.own.side import OwnSide, read_own
from workbench.session.recorded.check import RecordedCheck, RecordedItem
from workbench.session.recorded.judging import Judging
from workbench.session.recorded.schema import RecordedSchema
from workbench.targets.drizzle.queries import render_query

if TYPE_CHECKING:
    from workbench.session.check import Item


class RecordedOwn:
    """Asks the database; ``drifted`` as for ``OwnRows``."""

    def __init__(
        self, database: OwnDatabase, catalog: Callable[[], Catalog], drifted: Callable[[Sequence[str]], Sequence[str]]
    ) -> None:
        self._database, self._catalog, self._drifted = database, catalog, drifted

    @classmethod
    def beside(cls, own: OwnSide) -> RecordedOwn:
        """The one of an opened project."""
        return cls(own.database, own.catalog, own.drifted)

    @classmethod
    def alone(cls, database: OwnDatabase) -> RecordedOwn:
        """Without a project, whose models the tables could be compared with."""
        return cls(database, lambda: read_own(database)[0], lambda names: ())

    def asked(self, check: RecordedCheck, schemas: Sequence[RecordedSchema]) -> RecordedCheck:
        """The check with what the database says of each translated SELECT of its dialect."""
        items: Mapping[str, Item] = {item.id: item for item in check.items}
        changed: dict[str, Item] = {}
        for schema in schemas:
            if schema.dialect == self._database.dialect:
                changed.update(self._of_schema(schema, items))
        return replace(check, items=tuple(changed.get(item.id, item) for item in check.items))

    def _of_schema(self, schema: RecordedSchema, items: Mapping[str, Item]) -> dict[str, Item]:
        try:
            judging = Judging(schema, server(), worker())
        except WorkbenchError:
            return {}  # its tables cannot be had: every item of its says so
        inspection = schema.inspection
        rows = OwnRows(self._database, worker(), self._catalog, self._drifted, inspection.use_tz, judging.places)
        found = {}
        for statement in schema.statements:
            item = items.get(statement.id)
            if isinstance(item, RecordedItem) and item.judged is not None and statement.kind == Kind.SELECT:
                found[item.id] = _told(item, judging, rows)
        return found


def _told(item: RecordedItem, judging: Judging, rows: OwnRows) -> Item:
    statement, judged = item.statement, item.judged
    if statement is None or judged is None or not judged.drizzle_sql:
        return item
    rendering = render_query(statement.query, judging.catalog, judging.schema.names)
    nearly = tuple(note.fact for note in rendering.diagnostics if note.code == "query-nearly")
    compiled = judging.worker.compile(judging.key, rendering.code)
    asked = OwnQuery(statement.query, judging.key, rendering.code, compiled, rendering.paths, nearly)
    verdict, notes = rows.judged(judged.verdict, asked)
    said = (*item.diagnostics, *notes)
    return replace(item, verdict=verdict, judged=replace(judged, verdict=verdict), diagnostics=said)
