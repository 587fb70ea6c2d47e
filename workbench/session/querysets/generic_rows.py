"""Generated rows of generic relations that are about rows which are there: no foreign key says that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.inspection.records import Inspection
from workbench.queries.parse import parse
from workbench.queries.plan import Plan
from workbench.queries.query import Query
from workbench.values import Wire
from workbench.verdict import TableRows

if TYPE_CHECKING:
    from workbench.catalog.table import Catalog

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
    first: int = 0
    every: int = 2

    def applied(self, rows: Sequence[TableRows]) -> list[TableRows]:
        """Rows of the table are about rows of the other one, from the ``first``, every second by default.

        None are where the content type is not there.
        """
        keys, types = _values(rows, self.of_table, self.of_column), _values(rows, CONTENT_TYPES, "id")
        if not keys or self.type not in types:
            return list(rows)
        return [self._changed(each, keys) if each.table == self.table else each for each in rows]

    def _changed(self, table: TableRows, keys: Sequence[Wire]) -> TableRows:
        kind, key = table.columns.index(self.type_column), table.columns.index(self.key_column)
        text = any(isinstance(row[key], str) for row in table.rows)
        found = []
        for number, row in enumerate(table.rows):
            about = keys[number // self.every * 2 // 3 % len(keys)]  # two rows about one, then one about another
            chosen = number % self.every == self.first
            new = {kind: self.type, key: str(about) if text else about} if chosen else {}
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


def asked_types(plan: Plan) -> tuple[tuple[Wire, Wire], ...]:
    """(app label, model) of each content type that a write looks up."""
    steps = (step.query for step in plan.steps if step.query.model == "contenttypes.ContentType")
    found = {repr(query.parameters[:2]): query.parameters[:2] for query in steps if len(query.parameters) >= 2}
    return tuple((app, model) for app, model in found.values())


def generic_tables(plan: Plan, catalog: Catalog) -> dict[str, tuple[str, str]]:
    """(content type's column, key's column) of each table whose rows a write finds by both."""
    found = {}
    for step in plan.steps:
        where = parse(step.query).args.get("where")
        columns = {column.name for column in where.find_all(exp.Column)} if where is not None else set()
        for table in catalog.tables:
            kinds = [column for column in _type_columns(catalog, table.name) if column in columns]
            if f'"{table.name}"' in step.query.sql and len(kinds) == 1 and len(columns) == 2:
                found[table.name] = (kinds[0], (columns - {kinds[0]}).pop())
    return found


def with_types(
    rows: Sequence[TableRows],
    types: Sequence[tuple[Wire, Wire]],
    inspection: Inspection,
    tables: Mapping[str, tuple[str, str]] | None,
) -> Sequence[TableRows]:
    """The rows with these content types among them, and rows of the generic ``tables`` about rows of their models."""
    found = [_typed(each, types) if each.table == CONTENT_TYPES and types else each for each in rows]
    for number, (app, model) in enumerate(types):
        for table, (kind, key) in (tables or {}).items():
            of = next((m for m in inspection.models if m.label.lower() == f"{app}.{model}"), None)
            keys = [f.column for f in of.fields if f.primary_key and f.column] if of else []
            type = _type_of(found, app, model)
            if of is not None and keys and type is not None:
                about = About(table, kind, type, key, of.table, keys[0], number, len(types) + 1)
                found = about.applied(found)
    return found


def _type_of(rows: Sequence[TableRows], app: Wire, model: Wire) -> Wire:
    """The key of a content type among the rows."""
    for table in rows:
        if table.table == CONTENT_TYPES:
            id, label, name = (table.columns.index(column) for column in ("id", "app_label", "model"))
            return next((row[id] for row in table.rows if (row[label], row[name]) == (app, model)), None)
    return None


def _typed(table: TableRows, types: Sequence[tuple[Wire, Wire]]) -> TableRows:
    places = [table.columns.index(name) for name in ("id", "app_label", "model")]
    found = [list(row) for row in table.rows]
    taken = {row[places[0]] for row in table.rows if isinstance(row[places[0]], int)}
    spare = (number for number in range(1, len(taken) + len(types) + 1) if number not in taken)
    while len(found) < len(types):
        found.append([next(spare) if at == places[0] else "" for at in range(len(table.columns))])
    for row, (app, model) in zip(found, types, strict=False):
        row[places[1]], row[places[2]] = app, model
    return replace(table, rows=tuple(map(tuple, found)))


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
