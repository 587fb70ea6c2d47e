"""A recording, read: the queries that a command ran, each with its call sites, and the tables they ran on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.records import ModelRecord
from workbench.queries.query import Intent, Output, Query, RawField, Shape, Source
from workbench.queries.sqlite_binding import as_bound
from workbench.values import Wire

VERSION = 1


class Kind(StrEnum):
    """What made a statement: the ORM's four compilers, ``explain()``, ``raw()``, or a cursor of the project's own."""

    SELECT = "select"
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    EXPLAIN = "explain"
    RAW = "raw"
    CURSOR = "cursor"


@dataclass(frozen=True)
class RecordedModel:
    """A model as it was when a statement was run over its table, and Django's own statements that build the table."""

    id: str
    dialect: str
    table: str
    model: ModelRecord
    statements: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # identities of the models its keys refer to
    fact: str = ""  # why Django could not print all of its statements


@dataclass(frozen=True)
class Site:
    """A line of the project's code that ran a statement. ``file`` is None where no code of the project did."""

    alias: str
    file: str | None
    line: int | None
    function: str | None
    caller: str  # what that line did: "iterate", "get", "get_or_create", "save", "prefetch", "cursor" …
    count: int
    most_in_scope: int = 1  # executions within one test, request or command
    repeated_scopes: int = 0  # tests, requests and commands that ran it more than once
    transaction: tuple[int, ...] | None = None  # atomic blocks around it, outermost first; None: autocommit

    @property
    def origin(self) -> Origin | None:
        """The place, as diagnostics show it."""
        return Origin(self.function or "", self.file, self.line) if self.file else None


@dataclass(frozen=True)
class RecordedStatement:
    """A distinct statement over distinct tables. ``parameters`` are those of its first execution."""

    id: str
    kind: Kind
    dialect: str
    sql: str
    parameters: tuple[Wire, ...]
    sites: tuple[Site, ...]
    count: int
    model: str = ""
    models: tuple[str, ...] = ()  # identities
    intent: Intent = Intent.ROWS
    shape: Shape = Shape.INSTANCE
    outputs: tuple[Output, ...] = ()
    sources: tuple[Source, ...] = ()
    ordered: bool = False
    bound: bool = True  # False: executed without parameters, so that a lone % is no placeholder
    many: bool = False
    cut: bool = False  # too many parameters to keep
    named: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()  # fields of an insert whose values the database hands back
    pickle: str | None = None  # base64; to be loaded only where ``signature`` is this user's
    signature: str = ""
    raw: tuple[RawField, ...] | None = None  # of SQL by hand: what a model reads of its columns

    @property
    def query(self) -> Query:
        """The statement as the query that translation takes."""
        return Query(
            expression=self.sql,
            dialect=self.dialect,
            model=self.model,
            intent=self.intent,
            shape=self.shape,
            sql=self.sql if self.bound else self.sql.replace("%", "%%"),
            parameters=as_bound(tuple(map(_stand_in, self.parameters)), self.dialect),
            outputs=self.outputs,
            sources=self.sources,
            ordered=self.ordered,
            origin=self.sites[0].origin if self.sites else None,
            raw=self.raw,
        )


@dataclass(frozen=True)
class Recording:
    """All of a file. ``troubles``: what the recorder could not describe, in its own words."""

    command: tuple[str, ...]
    redacted: bool
    key: str
    django: str
    python: str
    settings: str
    time_zone: str
    use_tz: bool
    models: Mapping[str, RecordedModel]
    statements: tuple[RecordedStatement, ...]
    troubles: tuple[str, ...] = field(default=())


# in place of values that were left out (`record --redact`): any of their kind
_STAND_INS: Mapping[str, Wire] = {
    "int": 1,
    "str": "a",
    "bool": True,
    "list": [],
    "float": {"$": "float", "v": "1.5"},
    "decimal": {"$": "decimal", "v": "1.50"},
    "datetime": {"$": "datetime", "v": "2020-02-03T04:05:06.000000+00:00"},
    "date": {"$": "date", "v": "2020-02-03"},
    "time": {"$": "time", "v": "04:05:06.000000"},
    "interval": {"$": "interval", "v": 1},
    "uuid": {"$": "uuid", "v": "00000000-0000-0000-0000-000000000001"},
    "bytes": {"$": "bytes", "v": "00"},
    "json": {"$": "json", "v": {}},
    "range": {"$": "range", "v": {"empty": True}},
    "other": {"$": "other", "v": {"type": "redacted", "text": "a"}},
}


def _stand_in(value: Wire) -> Wire:
    """A parameter, or where it was left out a value of its kind."""
    return _STAND_INS[value["v"]] if isinstance(value, dict) and value["$"] == "redacted" else value


def read_recording(file: Path) -> Recording:
    """The recording of a file. WorkbenchError where it is none, or of a version that is not known here."""
    lines = _records(file)
    head = next(lines, {})
    if head.get("record") != "recording" or head.get("version") != VERSION:
        raise _unreadable(file, "this is no recording of `workbench record`, or one of another version")
    models: dict[str, RecordedModel] = {}
    statements: list[RecordedStatement] = []
    troubles: list[str] = []
    try:
        for record in lines:
            if record["record"] == "model":
                models[record["id"]] = _model(record)
            elif record["record"] == "statement":
                statements.append(msgspec.convert(record, RecordedStatement))
            else:
                troubles.append(record["fact"])
    except (KeyError, msgspec.ValidationError) as error:
        raise _unreadable(file, str(error)) from None
    return Recording(
        tuple(head["command"]),
        head["redacted"],
        head["key"],
        head["django"] or "",
        head["python"] or "",
        head["settings"] or "",
        head["time_zone"] or "UTC",
        bool(head["use_tz"]),
        models,
        tuple(statements),
        tuple(troubles),
    )


def _records(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise _unreadable(file, str(error)) from None


def _model(record: dict[str, Any]) -> RecordedModel:
    """``auto_created`` and the like are the model record's; the rest is ours."""
    own = {name: record[name] for name in ("id", "dialect", "table", "statements", "deferred", "extensions", "needs")}
    found = {name: value for name, value in record.items() if name not in own and name not in ("record", "fact")}
    found = {**found, "table": record["table"], "fields": [_field(item) for item in record["fields"]]}
    return msgspec.convert(
        {**own, "fact": record.get("fact", ""), "model": msgspec.convert(found, ModelRecord)},
        RecordedModel,
    )


def _field(record: dict[str, Any]) -> dict[str, Any]:
    """Facts that a field of another class does not have are the record's defaults."""
    relation = record.get("relation")
    kept = {name: value for name, value in record.items() if value is not None}
    if "base_field" in kept:  # of an array
        kept["base_field"] = _field(kept["base_field"])
    return {**kept, "column": record["column"], "db_type": record["db_type"], "relation": relation}


def _unreadable(file: Path, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("recording-unreadable", Origin(file.name), "recording", fact, "", Fidelity.ERROR))
