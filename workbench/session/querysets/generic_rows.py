"""Generated rows of generic relations that are about rows which are there: no foreign key says that they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.inspection.records import Inspection
from workbench.queries.query import Query
from workbench.values import Wire
from workbench.verdict import TableRows

if TYPE_CHECKING:
    from workbench.catalog.table import Catalog

_OF_ONE = 3  # rows that are about one
CONTENT_TYPES = "django_content_type"


@dataclass(frozen=True)
class About:
    """The columns of a table that say what its rows are about, the content type that is asked for, and its table."""

    table: str
    type_column: str
    type: Wire
    key_column: str
    of_table: str
    of_column: str

    def applied(self, rows: Sequence[TableRows]) -> list[TableRows]:
        """Every second row of the table is about a row of the other one; none where the content type is not there."""
        keys, types = _values(rows, self.of_table, self.of_column), _values(rows, CONTENT_TYPES, "id")
        if not keys or self.type not in types:
            return list(rows)
        return [self._changed(each, keys) if each.table == self.table else each for each in rows]

    def _changed(self, table: TableRows, keys: Sequence[Wire]) -> TableRows:
        kind, key = table.columns.index(self.type_column), table.columns.index(self.key_column)
        text = any(isinstance(row[key], str) for row in table.rows)
        found = []
        for number, row in enumerate(table.rows):
            about = keys[number // 2 // _OF_ONE % len(keys)]
            new = {kind: self.type, key: str(about) if text else about} if number % 2 == 0 else {}
            found.append(tuple(new.get(at, value) for at, value in enumerate(row)))
        return replace(table, rows=tuple(found))


def abouts(inspection: Inspection, catalog: Catalog, queries: Sequence[Query]) -> Iterator[About]:
    """One for each generic relation among the prefetches."""
    tables = {model.label: model.table for model in inspection.models}
    for query in queries:
        if query.link is None or not query.link.generic:
            continue
        model = _parent(queries, query)
        for kind, type in zip(_type_columns(catalog, tables[query.model]), _types(query), strict=False):
            key = _column(inspection, query.model, query.link.keys[0])
            of = _column(inspection, model, query.link.parent_keys[0])
            yield About(tables[query.model], kind, type, key, tables[model], of)


def _values(rows: Sequence[TableRows], table: str, column: str) -> list[Wire]:
    return [row[each.columns.index(column)] for each in rows if each.table == table for row in each.rows]


def _parent(queries: Sequence[Query], query: Query) -> str:
    """The model of the instances that a prefetch's rows hang on."""
    assert query.link is not None
    to, via = query.link.parent, query.link.via
    parent = next(each for each in queries if (each.link.to if each.link else "") == to)
    return next((o.model for o in parent.outputs if o.model and o.path == via), parent.model)


def _column(inspection: Inspection, label: str, name: str) -> str:
    fields = (field for model in inspection.models if model.label == label for field in model.fields)
    return next(field.column for field in fields if field.column and field.attname == name)


def _type_columns(catalog: Catalog, table: str) -> list[str]:
    return [key.columns[0] for key in catalog.table(table).foreign_keys if key.target == CONTENT_TYPES]


def _types(query: Query) -> list[Wire]:
    """The stand-ins of the content types that a query names."""
    values = (each.values[0][0] for each in query.variables if each.values)
    return [value for value in values if isinstance(value, int)]
