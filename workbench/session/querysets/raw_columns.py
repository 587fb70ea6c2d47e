"""The columns that SQL written by hand gives, as the database says: outputs of the model's fields, and others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Scratch, Statement
from workbench.queries.query import Output, Query

# Django's field whose values are read as those of PostgreSQL's type are, by its driver
_FIELDS = {
    **dict.fromkeys(("int2", "int4"), "IntegerField"),
    "int8": "BigIntegerField",
    "numeric": "DecimalField",
    **dict.fromkeys(("float4", "float8"), "FloatField"),
    "bool": "BooleanField",
    **dict.fromkeys(("text", "varchar", "bpchar"), "TextField"),
    "date": "DateField",
    "time": "TimeField",
    **dict.fromkeys(("timestamp", "timestamptz"), "DateTimeField"),
    "uuid": "UUIDField",
}


def with_columns(scratch: Scratch, query: Query) -> Query:
    """The query with the outputs that its SQL has on Django's tables; a diagnostic where it has none."""
    if not _QUERY.match(query.sql):
        return _refused(query, "it is no SELECT: what else it does is not seen")
    try:
        (found,) = scratch.trial((), (Statement(query.sql, query.parameters, "format"),))
    except WorkbenchError as error:  # a value that the database has no form for
        return _refused(query, error.diagnostics[0].fact)
    fact = found.error or next(_unfit(query, found.columns), "")
    if fact:
        return _refused(query, fact)
    types = found.types or ("",) * len(found.columns)
    known = {field.name: field.output for field in query.raw or ()}
    outputs = (known.get(name) or _other(name, type) for name, type in zip(found.columns, types, strict=True))
    return replace(query, outputs=tuple(outputs))


def _refused(query: Query, fact: str) -> Query:
    place = query.origin or Origin("queryset")
    note = Diagnostic("queryset-raw", place, query.expression, fact, _HELP, Fidelity.UNSUPPORTED)
    return replace(query, sql="", diagnostics=(*query.diagnostics, note))


_HELP = "Write this query by hand."
_QUERY = re.compile(r"[\s(]*(SELECT|WITH|VALUES)\b", re.IGNORECASE)


def _unfit(query: Query, columns: Sequence[str]) -> Iterator[str]:
    for name, times in Counter(columns).items():
        if times > 1:
            yield f"it gives {times} columns of the name {name}, of which a row holds one"
    missing = [field.output.name for field in query.raw or () if field.key and field.name not in columns]
    missing = [name for name in missing if name not in _read(query, columns)]
    if missing:
        yield f"it does not give {missing[0]}, a primary key: Django makes no instance without it"


def _read(query: Query, columns: Sequence[str]) -> set[str]:
    return {field.output.name for field in query.raw or () if field.name in columns}


def _other(name: str, type: str) -> Output:
    return Output(name, _FIELDS.get(type, ""), annotation=True)
