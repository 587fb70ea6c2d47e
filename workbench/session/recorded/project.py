"""A recording with its project at hand: its queries compiled again for the project's dialect, over its tables.

A query that was recorded on SQLite is so translated for PostgreSQL. One that cannot be had again (it did not pickle,
its model was a test's, somebody else signed the file) stays as it was recorded.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.inspection.records import Inspection
from workbench.queries.query import Query
from workbench.queries.recording import Kind, RecordedStatement, Recording
from workbench.runtime.joining import key_name, signature, signing_key
from workbench.session.recorded.schema import RecordedSchema, schemas_of

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

_AT_ONCE = 200  # queries a request
_COMPILED = (Kind.SELECT, Kind.INSERT, Kind.UPDATE, Kind.DELETE)


@dataclass
class ProjectSchema(RecordedSchema):
    """All tables of the project, as its agent reports them."""

    reported: Inspection | None = None
    reported_ddl: dict[str, Any] | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """The project's tables as its schema editor builds them."""
        return self.dialect, *(entry["sql"] for entry in self.ddl["statements"]), *self.ddl["deferred"]

    @cached_property
    def inspection(self) -> Inspection:
        """The project's own."""
        assert self.reported is not None
        return self.reported

    @property
    def ddl(self) -> dict[str, Any]:
        """The project's own."""
        assert self.reported_ddl is not None
        return self.reported_ddl


def compiled_again(recording: Recording, shop: Workbench) -> tuple[Recording, tuple[RecordedSchema, ...]]:
    """The recording with the queries of another dialect in the project's, and the schemas of its statements."""
    dialect = shop.backend.dialect
    asked = [statement for statement in recording.statements if _trusted(statement, recording, dialect)]
    found = dict(_asked(asked, shop))
    statements = tuple(found.get(statement.id, statement) for statement in recording.statements)
    changed = replace(recording, statements=statements)
    left = replace(changed, statements=tuple(s for s in statements if s.id not in found))
    asked_again = list(found.values())
    own = ProjectSchema(
        changed, dialect, statements=asked_again, reported=shop.inspection, reported_ddl=shop.agent.ddl()
    )
    return changed, ((own,) if found else ()) + schemas_of(left)


def _trusted(statement: RecordedStatement, recording: Recording, dialect: str) -> bool:
    """Whether a query is to be compiled again, and was signed with this user's key: nothing else is ever unpickled."""
    if statement.kind not in _COMPILED or statement.dialect == dialect or not statement.pickle:
        return False
    key = signing_key()
    return recording.key == key_name(key) and hmac.compare_digest(statement.signature, signature(statement.pickle, key))


def _asked(statements: Sequence[RecordedStatement], shop: Workbench) -> Iterator[tuple[str, RecordedStatement]]:
    for start in range(0, len(statements), _AT_ONCE):
        piece = statements[start : start + _AT_ONCE]
        pickles = [{"pickle": s.pickle, "intent": s.intent, "shape": s.shape, "returning": s.returning} for s in piece]
        answer = shop.agent.request("recompile", pickles=pickles)["queries"]
        for statement, record in zip(piece, answer, strict=True):
            if "fact" not in record and record["sql"]:
                yield statement.id, _with(statement, msgspec.convert(record, Query))


def _with(statement: RecordedStatement, query: Query) -> RecordedStatement:
    """The statement as the query's dialect has it; its place, its counts and its identity stay."""
    return replace(
        statement,
        dialect=query.dialect,
        sql=query.sql,
        parameters=query.parameters,
        outputs=query.outputs,
        sources=query.sources,
        ordered=query.ordered,
        models=(),
        bound=True,
    )
