"""The TypeScript of a recording's statements, in one program a schema; one that compiled is not compiled again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.diagnostic import WorkbenchError
from workbench.session.opening import checker, server, worker
from workbench.session.recorded.batch import Answer
from workbench.session.recorded.check import RecordedCheck, RecordedItem
from workbench.session.recorded.judging import Judging
from workbench.session.recorded.observing import Judged
from workbench.session.recorded.results import Results
from workbench.session.recorded.schema import RecordedSchema
from workbench.session.typescript import KIND, Batch, Module, compiled
from workbench.verdict import Undecided


def with_typescript(check: RecordedCheck, schemas: Sequence[RecordedSchema], results: Results) -> RecordedCheck:
    """The check with an item a schema: do all the modules of its statements compile together?"""
    items = {item.id: item for item in check.items if isinstance(item, RecordedItem)}
    found = tuple(_batches(items.values(), schemas, results))
    return replace(check, items=(*check.items, *found))


def _batches(items: Iterable[RecordedItem], schemas: Sequence[RecordedSchema], results: Results) -> Iterator[Batch]:
    translated = {item.id: item for item in items if item.judged is not None and item.judged.drizzle_code}
    for number, schema in enumerate(schemas, 1):
        here = [translated[statement.id] for statement in schema.statements if statement.id in translated]
        modules = [Module(item.id, item.judged.drizzle_code, item.origin) for item in here if item.judged]
        if modules:
            yield _batch(f"{schema.dialect} schema {number}", schema, modules, results)


def _batch(name: str, schema: RecordedSchema, modules: Sequence[Module], results: Results) -> Batch:
    texts = sorted({module.code for module in modules})
    key = hashlib.sha256("\0".join((KIND, *schema.identity, *texts)).encode()).hexdigest()[:32]
    known = results.known(key)
    if known is not None:
        return Batch(name, KIND, known.judged.verdict, ms=known.ms, modules=len(texts))
    try:
        judging = Judging(schema, server(), worker())
    except WorkbenchError as error:  # its tables cannot be had, and nothing of it was translated here
        reasons = tuple(note.fact for note in error.diagnostics)
        return Batch(name, KIND, Undecided("none", reasons), diagnostics=error.diagnostics, modules=len(texts))
    batch = compiled(name, judging.files, modules, judging.dialect, checker())
    judging.close()
    if batch.verdict.word == "equivalent":
        results.keep(key, Answer(batch.id, Judged(batch.verdict), batch.ms, {}))
    return batch
