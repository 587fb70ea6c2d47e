"""JSON documents on SQLite: texts there, which JavaScript writes in another way than Python."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.targets.drizzle.writes.transactions.rewriting import argument, inserted
from workbench.targets.drizzle.writes.transactions.statement import Statement
from workbench.targets.typescript import Call, Expression, Object

FACT = (
    "its text is JavaScript's: without spaces, 1 for 1.0, no escapes for other letters; Django's lookups find the same "
    'document, a comparison of texts does not ({"a":1} is not {"a": 1})'
)


def rewritten(written: Statement) -> Iterator[str]:
    """The columns ("table.column") that a statement sets to a document that an earlier one read, on SQLite."""
    if written.writer.query.dialect != "sqlite" or written.kind not in ("insert", "update"):
        return
    for property, code in _set(written):
        for table, column in _documents(written):
            if written.writer.names.column(table, column) == property and not _has_one_text(code):
                yield f"{table}.{column}"


def _set(written: Statement) -> Iterator[tuple[str, Expression]]:
    given = argument(written.code, "set")
    for row in (*inserted(written.code), *((given,) if isinstance(given, Object) else ())):
        yield from (entry for entry in row.entries if isinstance(entry, tuple))


def _documents(written: Statement) -> Iterator[tuple[str, str]]:
    named = written.step.query.sql.split('"')
    for table in written.writer.catalog.tables:
        for column in table.columns if table.name in named else ():
            if column.stored is not None and column.stored.kind == "JSONField":
                yield table.name, column.name


def _has_one_text(code: Expression) -> bool:
    """Whether it is written as Django's own text, ``bound("…")``, or is the empty document, which has no other."""
    return isinstance(code, Call) or (isinstance(code, Object) and not code.entries)
