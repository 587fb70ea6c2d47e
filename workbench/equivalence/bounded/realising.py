"""A model as a database: rows of every symbolic table, and values of the parameters."""

from __future__ import annotations

from workbench.catalog.table import Catalog, Column, Table
from workbench.equivalence.bounded.domains import Domains
from workbench.equivalence.bounded.models import ModelEncoder
from workbench.equivalence.bounded.solving import Known
from workbench.equivalence.bounded.tables import Slot
from workbench.equivalence.generation.pools import further, pool
from workbench.equivalence.proof.smt import FALSE
from workbench.equivalence.proof.terms import Param
from workbench.values import Wire
from workbench.verdict import TableRows


def database(encoder: ModelEncoder, known: Known, catalog: Catalog) -> tuple[TableRows, ...]:
    """The model's rows, under the names of ``catalog`` (a resolved query's own catalog folds SQLite's)."""
    names = {table.name.lower() if catalog.dialect == "sqlite" else table.name: table for table in catalog.tables}
    return tuple(_rows(encoder, known, table, names[table.name]) for table in encoder.tables.tables)


def _rows(encoder: ModelEncoder, known: Known, table: Table, named: Table) -> TableRows:
    places = [place for place, column in enumerate(table.columns) if column.generated is None]
    slots = [slot for slot in encoder.tables.slots[table.name] if known.get(slot.present.strip("|"), False)]
    rows = tuple(
        tuple(_cell(encoder, known, slot, table, table.columns[place], number) for place in places)
        for number, slot in enumerate(slots, 1)
    )
    return TableRows(named.name, tuple(named.columns[place].name for place in places), rows)


def _cell(encoder: ModelEncoder, known: Known, slot: Slot, table: Table, column: Column, number: int) -> Wire:
    """What the model says of a cell; a plain value where it says nothing."""
    met = encoder.columns.get((slot.row, column.name))
    if met is None:
        return _plain(table, column, number)
    null, value = met
    if null != FALSE and known.get(null, False):
        return None
    kind = encoder.tables.column(slot, column.name).kind
    return _read(encoder.domains, column, kind, known.get(value.text))


def _read(domains: Domains, column: Column, kind: str, value: object) -> Wire:
    found = domains.wire(column, kind, value) if value is not None else None
    return pool(column, ())[0] if found is None else found


def _plain(table: Table, column: Column, number: int) -> Wire:
    if column.nullable:
        return None
    indexed = any(column.name in part.expression for index in table.indexes if index.unique for part in index.parts)
    return further(column, number) if indexed else pool(column, ())[0]


def argument(encoder: ModelEncoder, known: Known, param: Param) -> Wire:
    """The model's value of a parameter, read as a column of its kind would be; KeyError where it names none."""
    null, value = encoder.pair(param)
    if known.get(null, False):
        return None
    column = Column("parameter", _TYPES[param.kind.split(":")[0]])
    return _read(encoder.domains, column, param.kind, known[value.text])


_TYPES = {
    "int": "integer",
    "bool": "boolean",
    "num": "numeric(12,2)",
    "numeric": "numeric",
    "float": "double precision",
    "text": "text",
    "uuid": "uuid",
    "date": "date",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
}
