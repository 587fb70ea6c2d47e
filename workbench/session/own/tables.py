"""The tables of a user's own database beside the tables that the models mean: what drifted, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.catalog import parity
from workbench.catalog.table import Catalog, Table
from workbench.diagnostic import Origin
from workbench.display import Block, Cell, Details, Displayed, Grid, Judgement, Page
from workbench.display.frame import dataframe
from workbench.inspection.records import ModelRecord
from workbench.session.records import verdict_record
from workbench.session.tables.model import verdict_badge
from workbench.verdict import AttributeWitness, Different, Equivalent, Undecided, Verdict

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("model", "table", "verdict", "differs in", "where")
ANY_ORDER = "the order of columns is not compared: Django names every column"
CLAIMS = "unmanaged: of this table a model says its columns, types, NOT NULL and primary key; nothing else is compared"
EXTRA = "no model describes this table: there is nothing to compare it with"
VIEW = "the database has no table of this name; a view or a foreign table is not compared"
DJANGOS_OWN = frozenset({"django_migrations"})  # which migrations have run: no model of an app's
_SHOWN = 3  # differing attributes in a table's row


@dataclass(frozen=True)
class OwnTable:
    """One table, as the models mean it and as the database has it. ``model`` is "" where no model means it."""

    name: str
    model: str
    verdict: Verdict
    origin: Origin | None = None

    def as_record(self) -> dict[str, Any]:
        """Its form in JSON."""
        return {"table": self.name, "model": self.model, **verdict_record(self.verdict)}


@dataclass(frozen=True)
class OwnTables(Displayed):
    """Every table that the models or the database have."""

    tables: tuple[OwnTable, ...]

    @property
    def holds(self) -> bool:
        """No table that a model means differs or is missing."""
        return all(table.verdict.word != "different" for table in self.tables)

    def page(self) -> Page:
        """A row a table, the differing ones with their evidence below."""
        shown = [table for table in self.tables if isinstance(table.verdict, Different)]
        evidence: list[Block] = [
            Details(table.name, (Judgement(table.verdict, "models", "database"),), open=True) for table in shown
        ]
        return Page("Your database", (Grid(HEADINGS, self._rows()), *evidence))

    def to_dataframe(self) -> pd.DataFrame:
        """One row a table."""
        return dataframe(Grid(HEADINGS, self._rows()))

    def as_record(self) -> list[dict[str, Any]]:
        """The JSON of ``workbench inspect --database-url``."""
        return [table.as_record() for table in self.tables]

    def _rows(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (table.model, table.name, verdict_badge(table.verdict), _differing(table.verdict), table.origin)
            for table in self.tables
        )


def _differing(verdict: Verdict) -> str:
    if not isinstance(verdict, Different):
        return ""
    names = [witness.attribute for witness in verdict.witnesses if isinstance(witness, AttributeWitness)]
    return "; ".join(names[:_SHOWN]) + (f"; and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def own_tables(models: Catalog, own: Catalog, owners: dict[str, ModelRecord], unread: dict[str, str]) -> OwnTables:
    """A verdict a table. Both catalogs are the databases' own words; ``unread``: table to why it could not be read."""
    names = sorted(({table.name for table in (*models.tables, *own.tables)} | set(unread)) - DJANGOS_OWN)
    found = (_table(name, models, own, owners.get(name), unread.get(name)) for name in names)
    return OwnTables(tuple(sorted(found, key=lambda table: (table.model == "", table.name))))


def _table(name: str, models: Catalog, own: Catalog, model: ModelRecord | None, unread: str | None) -> OwnTable:
    label, origin = (model.label, model.origin) if model else ("", None)
    if name not in models:
        return OwnTable(name, label, Undecided("none", (EXTRA,)), origin)
    if unread is not None:
        return OwnTable(name, label, Undecided("none", (unread,)), origin)
    if name not in own and (reason := _elsewhere(model)):
        return OwnTable(name, label, Undecided("none", (reason,)), origin)
    return OwnTable(name, label, _compared(models.table(name), own, model), origin)


def _elsewhere(model: ModelRecord | None) -> str:
    """Why a table may rightly not be there."""
    if model is not None and not model.managed:
        return VIEW
    if model is not None and model.database != "default":
        return f"the project keeps this table in its database {model.database!r}; yours has none of this name"
    return ""


def _compared(table: Table, own: Catalog, model: ModelRecord | None) -> Verdict:
    claims_only = model is not None and not model.managed
    sides = [catalog.table(table.name) for catalog in (own,) if table.name in catalog]
    if claims_only:
        table, sides = _claims(table), [_claims(side) for side in sides]
    compared = parity.compare(Catalog(own.dialect, (table,)), Catalog(own.dialect, tuple(sides)))
    verdict = parity.verdict(table, tuple(_that_count(compared[table.name])))
    return replace(verdict, assumptions=(ANY_ORDER, CLAIMS) if claims_only else (ANY_ORDER,))


def _claims(table: Table) -> Table:
    """What an unmanaged model says of its table."""
    columns = tuple(
        replace(c, default=None, identity=None, generated=None, collation=None, comment=None, sequence=None)
        for c in table.columns
    )
    key = replace(table.primary_key, name=None) if table.primary_key else None
    return Table(table.name, columns, key)


def _that_count(found: Sequence[AttributeWitness]) -> Iterator[AttributeWitness]:
    """All but the order of columns: later migrations put theirs last."""
    return (witness for witness in found if witness.attribute != "order of columns")


def drifted(tables: OwnTables, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the named tables in which the database is not as the models say."""
    found = (table for table in tables.tables if table.name in names)
    return tuple(table.name for table in found if not isinstance(table.verdict, Equivalent))
