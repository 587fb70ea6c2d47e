"""What today's translation makes of a recording: ``python -m tests.recording.report FILE [KIND …]``.

Prints distinct statements by kind; of the SELECTs how many are translated, executed with equal rows, equivalent by
which method, and why the others were declined; statements a second and milliseconds by stage.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from tqdm.auto import tqdm

from workbench.queries.recording import Kind, read_recording
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import PostgresServer
from workbench.session.check import Item
from workbench.session.recorded_judging import Judging
from workbench.session.recorded_schema import schemas_of
from workbench.session.records import verdict_record


def main(file: Path, details: Path | None) -> None:
    recording = read_recording(file)
    kinds = Counter(statement.kind.value for statement in recording.statements)
    print("distinct statements:", dict(kinds))
    judged: list[tuple[str, Item]] = []
    spent: Counter[str] = Counter()
    started = time.perf_counter()
    with PostgresServer() as server, NodeWorker() as worker:
        for schema in schemas_of(recording):
            judging = Judging(schema, server, worker)
            selects = [statement for statement in schema.statements if statement.kind is Kind.SELECT]
            for statement in tqdm(selects, disable=not sys.stderr.isatty()):
                judged.append((statement.sql, judging.item(statement)))
            spent += judging.spent
            judging.close()
    _print([item for _, item in judged], spent, time.perf_counter() - started)
    if details is not None:
        lines = ({"id": item.id, "sql": sql, **verdict_record(item.verdict), "ms": item.ms} for sql, item in judged)
        details.write_text("".join(json.dumps(line) + "\n" for line in lines))


def _print(items: list[Item], spent: Counter[str], seconds: float) -> None:
    declined = [item for item in items if item.verdict.method == "none"]
    print(f"SELECTs {len(items)}: translated {len(items) - len(declined)}")
    for (word, method), count in Counter((i.verdict.word, i.verdict.method) for i in items).most_common():
        print(f"  {count:5} {word} by {method}")
    for reason, count in Counter(_reason(i) for i in items if i.verdict.word != "equivalent").most_common(60):
        print(f"  {count:5} {reason}")
    print(f"{len(items) / seconds:.1f} statements a second; milliseconds a statement by stage:")
    for stage, ms in spent.most_common():
        print(f"  {ms / len(items):8.2f} {stage}")


def _reason(item: Item) -> str:
    reasons = getattr(item.verdict, "reasons", ("different",))
    return f"[{item.verdict.word} {item.verdict.method}] " + "; ".join(reasons)[:200]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
