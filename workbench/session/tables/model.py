"""One model, three ways: Django's class, the Drizzle table, the SQL of both, and whether the databases agree."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.catalog.table import Column, Table
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Badge, Block, Cell, Code, Columns, Details, Displayed, Grid, Judgement, Notes, Page
from workbench.display.frame import dataframe
from workbench.inspection.records import FieldRecord, ModelRecord
from workbench.verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("model", "table", "fields", "tables agree", "notes", "where")
TONES = {"equivalent": "good", "different": "bad", "undecided": "unknown"}


def verdict_badge(verdict: Verdict | None) -> Badge:
    """The word of a verdict as a badge; "not checked" where there is none."""
    return Badge(verdict.word, TONES[verdict.word]) if verdict else Badge("not checked", "unknown")


@dataclass(frozen=True)
class ModelView(Displayed):
    """A model beside its table in Drizzle and SQL. ``verdict`` compares the two databases; None without a table."""

    record: ModelRecord
    table: Table | None
    drizzle: str
    sql: str
    drizzle_sql: str
    verdict: Verdict | None
    diagnostics: tuple[Diagnostic, ...] = ()

    def page(self) -> Page:
        """Sides first, then what the database enforces, then the evidence."""
        sides = Columns(
            (
                Code(
                    self.record.source or f"# {self.record.label} is made by Django",
                    "python",
                    "Django",
                    self.record.origin,
                ),
                Code(self.drizzle or "// no table of its own", "typescript", "Drizzle"),
            )
        )
        blocks: list[Block] = [
            sides,
            self._fields(),
            Details("SQL", (Columns((Code(self.sql, "sql", "Django"), Code(self.drizzle_sql, "sql", "Drizzle"))),)),
        ]
        if self.verdict:
            blocks.append(Judgement(self.verdict))
        if self.diagnostics:
            blocks.append(Notes(self.diagnostics))
        return Page(self.record.label, tuple(blocks), (verdict_badge(self.verdict),), self.record.origin)

    def to_dataframe(self) -> pd.DataFrame:
        """One row a field."""
        return dataframe(self._fields())

    def _fields(self) -> Grid:
        rows = tuple(self._field_row(field) for field in self.record.fields)
        return Grid(("field", "Django", "column", "database type", "null", "refers to"), rows)

    def _field_row(self, field: FieldRecord) -> tuple[Cell, ...]:
        column = _columns(self.table).get(field.column or "")
        kind = field.class_name.rpartition(".")[2]
        relation = field.relation.to if field.relation else ""
        return field.name, kind, field.column or "", column.type if column else "", _null(field), relation


def _null(field: FieldRecord) -> str:
    return "" if field.column is None else ("null" if field.null else "not null")


def _columns(table: Table | None) -> dict[str, Column]:
    return {column.name: column for column in table.columns} if table else {}


class ModelViews(Mapping[str, ModelView], Displayed):
    """All models by label; a label may be given in any case, or as the bare class name where that is unique."""

    def __init__(self, views: Mapping[str, ModelView], own: frozenset[str]) -> None:
        self._views, self._own = dict(views), own

    def __getitem__(self, label: str) -> ModelView:
        if label in self._views:
            return self._views[label]
        return self._views[self._resolve(label)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)

    def page(self) -> Page:
        """A row a model, the project's own apps only; others are counted."""
        own = [view for view in self._views.values() if view.record.app in self._own]
        rows = tuple(_model_row(view) for view in own)
        grid = Grid(HEADINGS, rows, more=len(self) - len(own))
        return Page("Models", (grid,))

    def to_dataframe(self) -> pd.DataFrame:
        """One row a model, those of installed packages too."""
        rows = tuple(_model_row(view) for view in self._views.values())
        return dataframe(Grid(HEADINGS, rows))

    def _resolve(self, label: str) -> str:
        wanted = label.lower()
        found = [key for key in self._views if wanted in (key.lower(), key.rpartition(".")[2].lower())]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownModel(label, "several models have this name", f"Write one of {', '.join(found)}.")
        near = difflib.get_close_matches(label, self._views, n=5, cutoff=0.4) or list(self._views)[:10]
        raise UnknownModel(label, "no model has this label", f"Did you mean {', '.join(near)}?")


class UnknownModel(WorkbenchError, KeyError):
    """A label that names no model, or several; its text lists the ones there are."""

    def __init__(self, label: str, fact: str, help: str) -> None:
        super().__init__(Diagnostic("unknown-model", Origin("models"), label, fact, help, Fidelity.ERROR))

    __str__ = WorkbenchError.__str__  # KeyError's would quote it


def _model_row(view: ModelView) -> tuple[Cell, ...]:
    record = view.record
    verdict: Cell = verdict_badge(view.verdict) if view.table else Badge("no table", "note")
    return record.label, record.table, len(record.fields), verdict, len(view.diagnostics), record.origin
