"""The table of types is total over the fields Django 5.2 has, and its names are free."""

from __future__ import annotations

import inspect

import django.contrib.postgres.fields as postgres_fields
import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.models import Field

from workbench.catalog.table import Column
from workbench.catalog.type_names import canonical_type
from workbench.targets.drizzle.types import BIGINT_MODE, CUSTOM_NAMES, POSTGRES, SQLITE, postgres_type, split_type
from workbench.targets.drizzle.words import TABLE_WORDS


def column_types() -> dict[str, str]:
    connection = DatabaseWrapper({"NAME": "never connected"})
    kinds = {
        kind
        for kind, text in DatabaseWrapper.data_types.items()
        if isinstance(text, str) and kind not in ("OneToOneField",)
    }
    declared = {kind: str(DatabaseWrapper.data_types[kind]) for kind in kinds}
    declared["CharField"] = "varchar(%(max_length)s)"
    for name, cls in {**vars(postgres_fields), "SearchVectorField": SearchVectorField}.items():
        if inspect.isclass(cls) and issubclass(cls, Field) and name not in ("ArrayField", "RangeField"):
            declared[name] = cls().db_type(connection) or ""
    return {kind: text % _Numbers() for kind, text in declared.items() if text}


class _Numbers(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 3


def concrete_fields() -> set[str]:
    """Every field class of django.db.models that can be a column by itself."""
    relations = (models.ForeignObject, models.ManyToManyField)
    return {
        name
        for name, cls in vars(models).items()
        if inspect.isclass(cls) and issubclass(cls, Field) and not issubclass(cls, relations) and name != "Field"
    }


@pytest.mark.parametrize(("kind", "declared"), sorted(column_types().items()))
def test_every_column_type_of_django_has_a_row(kind: str, declared: str) -> None:
    base = split_type(canonical_type(declared, "postgres"))[0]
    assert base in POSTGRES, f"{kind} declares {declared}"


def test_every_field_class_reaches_the_table() -> None:
    inherited = {"EmailField", "URLField", "ImageField", "GeneratedField", "CommaSeparatedIntegerField",
                 "NullBooleanField", "IPAddressField", "OrderWrt", "CompositePrimaryKey"}  # fmt: skip
    assert concrete_fields() - set(column_types()) <= inherited


def test_custom_types_shadow_no_table() -> None:
    assert CUSTOM_NAMES <= TABLE_WORDS


@pytest.mark.parametrize(
    ("type_", "key", "builder", "typescript"),
    [
        ("bigint", True, "bigint", BIGINT_MODE[True]),
        ("bigint", False, "bigint", BIGINT_MODE[False]),
        ("character varying(20)[]", False, "varchar", "string[]"),
        ("numeric(8,2)", False, "numeric", "string"),
        ("bytea", False, "bytea", "Buffer"),
        ("integer[][]", False, "integer", "number[][]"),
    ],
)
def test_typescript_of_a_column(type_: str, key: bool, builder: str, typescript: str) -> None:
    kind = postgres_type(Column("c", type_), key)
    assert (kind.row.builder, kind.typescript, kind.known) == (builder, typescript, True)


def test_a_type_without_a_row_is_text_and_says_so() -> None:
    kind = postgres_type(Column("c", "geometry(Point,4326)"))
    assert (kind.row.builder, kind.typescript, kind.known) == ("geometryType", "string", False)


def test_sqlite_has_a_row_for_every_word_django_declares() -> None:
    words = {str(text) % _Numbers() for text in SqliteWrapper.data_types.values() if not callable(text)}
    assert {split_type(word)[0].lower() for word in words} <= set(SQLITE)
