"""Tables of unmanaged models: what stands in for a table that Django does not make."""

from __future__ import annotations

import pytest

from workbench.catalog.unmanaged import unmanaged_statements
from workbench.inspection.records import FieldRecord, Inspection, ModelRecord, Seconds


def field(name: str, column: str, db_type: str, null: bool = False) -> FieldRecord:
    return FieldRecord(name, column, column, "IntegerField", "x.F", null=null, db_type=db_type)


def inspection(*fields: FieldRecord) -> Inspection:
    model = ModelRecord("a.Row", "a", "Row", "a.models.Row", "a_row", list(fields), ["id"], managed=False)
    nobody = ("5.2", "3.11", "settings", "postgres", "UTC", True, "")
    return Inspection(*nobody, [], [], [model], [], [], [], Seconds(0, 0))


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        ([field("id", "id", "integer")], '"id" integer NOT NULL'),
        ([field("id", "id", "integer"), field("n", "n", "text", null=True)], '"id" integer NOT NULL, "n" text'),
        # a model made while the code runs, over a temporary table: its key is also its foreign key
        ([field("id", "id", "integer"), field("other", "id", "integer")], '"id" integer NOT NULL'),
        ([field("id", "id", "integer"), field("other", "id", "integer", null=True)], '"id" integer'),
    ],
)
def test_a_column_is_made_once(fields: list[FieldRecord], columns: str) -> None:
    assert unmanaged_statements(inspection(*fields)) == (f'CREATE TABLE "a_row" ({columns}, PRIMARY KEY ("id"))',)
