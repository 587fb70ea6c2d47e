"""The explorer's pages of one model: one page a tab, so that a tab holds one thing to read."""

from __future__ import annotations

from collections.abc import Callable

from workbench.display import Block, Cell, Code, Columns, Grid, Judgement, Notes, Page, Text
from workbench.inspection.records import FieldRecord, Inspection
from workbench.session.tables.model import ModelView, verdict_badge
from workbench.session.workbench import Workbench

RELATION_HEADINGS = ("from", "field", "kind", "to", "seen from there as", "on delete")
KINDS = {"fk": "many to one", "o2o": "one to one", "m2m": "many to many", "generic": "generic"}


def django_page(shop: Workbench, view: ModelView) -> Page:
    """The class as it is written, and its fields."""
    record = view.record
    source = record.source or f"# {record.label} is made by Django"
    return Page(record.label, (Code(source, "python", "Django", record.origin),), (), None)


def drizzle_page(shop: Workbench, view: ModelView) -> Page:
    """The table as Drizzle declares it, whether both databases agree, and what to know about it."""
    blocks: list[Block] = [Code(view.drizzle or "// no table of its own", "typescript", "Drizzle")]
    if view.verdict:
        blocks.append(Judgement(view.verdict))
    if view.diagnostics:
        blocks.append(Notes(view.diagnostics))
    return Page(view.record.label, tuple(blocks), (verdict_badge(view.verdict),))


def sql_page(shop: Workbench, view: ModelView) -> Page:
    """What either side would create."""
    sides = Columns((Code(view.sql, "sql", "Django"), Code(view.drizzle_sql, "sql", "Drizzle")))
    return Page(view.record.label, (sides,), (verdict_badge(view.verdict),))


def relations_page(shop: Workbench, view: ModelView) -> Page:
    """Relations that the model declares, and those that others declare to it."""
    label = view.record.label
    rows = relations(shop.inspection, label)
    block = Grid(RELATION_HEADINGS, rows) if rows else Text("No model refers to it, and it refers to none.")
    return Page(label, (block,))


def relations(inspection: Inspection, label: str) -> tuple[tuple[Cell, ...], ...]:
    """A row a relation that starts or ends at the model; its own first."""
    rows = [
        (model.label == label, _row(model.label, field))
        for model in inspection.models
        if not model.auto_created and not model.proxy
        for field in model.fields
        if field.relation and label in (model.label, field.relation.to)
    ]
    return tuple(row for _, row in sorted(rows, key=lambda row: not row[0]))


def _row(label: str, field: FieldRecord) -> tuple[Cell, ...]:
    relation = field.relation
    assert relation is not None  # the caller chose fields with one
    kind = KINDS.get(relation.kind, relation.kind)
    return label, field.name, kind, relation.to, relation.accessor or "", relation.on_delete or ""


TABS: dict[str, Callable[[Workbench, ModelView], Page]] = {
    "Django": django_page,
    "Drizzle": drizzle_page,
    "SQL": sql_page,
    "Relations": relations_page,
}
