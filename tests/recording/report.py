"""What the translation makes of a recording: ``python -m tests.recording.report FILE [DETAILS]``.

Prints distinct statements by kind (EXPLAIN is left out of what follows); of SELECTs and of writes how many are
translated, executed with equal rows, equivalent by which method, and why the others were declined; whether all the
TypeScript compiles, strict, in one batch; statements a second, and milliseconds a statement by stage. DETAILS
receives a line a statement.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tqdm.auto import tqdm

from workbench.queries.recording import Kind, RecordedStatement, read_recording
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import TypeChecker
from workbench.session.recorded.judging import Judging
from workbench.session.recorded.observing import Judged
from workbench.session.recorded.schema import schemas_of
from workbench.session.records import verdict_record

Found = list[tuple[RecordedStatement, Judged]]
GROUPS = {
    "SELECTs": (Kind.SELECT,),
    "writes": (Kind.INSERT, Kind.UPDATE, Kind.DELETE),
    "by hand": (Kind.RAW, Kind.CURSOR),
}


def main(file: Path, details: Path | None) -> None:
    recording = read_recording(file)
    print("distinct statements:", dict(Counter(statement.kind.value for statement in recording.statements)))
    found: Found = []
    spent: Counter[str] = Counter()
    with PostgresServer() as server, NodeWorker() as worker:
        for schema in schemas_of(recording):
            judging = Judging(schema, server, worker)
            asked = [statement for statement in schema.statements if statement.kind is not Kind.EXPLAIN]
            started = time.perf_counter()
            here = [(s, judging.judge(s)) for s in tqdm(asked, disable=not sys.stderr.isatty())]
            spent["all"] += (time.perf_counter() - started) * 1000  # type: ignore[assignment]
            spent.update(judging.spent)  # type: ignore[arg-type]
            _compile(judging, here)
            judging.close()
            found += here
    for name, kinds in GROUPS.items():
        _print(name, [entry for entry in found if entry[0].kind in kinds])
    print(f"{len(found) / spent['all'] * 1000:.1f} statements a second; milliseconds a statement by stage:")
    for stage, ms in spent.most_common():
        print(f"  {ms / len(found):8.2f} {stage}")
    if details is not None:
        details.write_text("".join(json.dumps(line) + "\n" for line in _details(found)))


def _compile(judging: Judging, found: Found) -> None:
    """The whole schema's TypeScript in one batch under the real compiler."""
    modules = {f"q{number}.ts": judged.drizzle_code for number, (_, judged) in enumerate(found) if judged.drizzle_code}
    started = time.perf_counter()
    with TypeChecker() as checker:
        errors = checker.check({**judging.files, **modules}, judging.dialect)
    print(f"TypeScript: {len(modules)} modules, {len(errors)} errors, {time.perf_counter() - started:.1f} s")
    for error in errors[:5]:
        print(f"  {error}")


def _print(name: str, found: Found) -> None:
    translated = [entry for entry in found if entry[1].drizzle_code]
    equal = sum(judged.rows == "equal" for _, judged in found)
    print(f"{name} {len(found)}: translated {_share(len(translated), found)}, of these with equal rows {equal}")
    words = Counter((judged.verdict.word, judged.verdict.method) for _, judged in translated)
    for (word, method), count in words.most_common():
        print(f"  {_share(count, translated)} {word} by {method}")
    for reason, count in Counter(_reason(j) for _, j in found if j.verdict.word != "equivalent").most_common(60):
        print(f"  {count:5} {reason}")


def _share(count: int, of: Found) -> str:
    return f"{count:5} ({count / max(1, len(of)):.1%})"


def _reason(judged: Judged) -> str:
    reasons = getattr(judged.verdict, "reasons", ("different",))
    return f"[{judged.verdict.word} {judged.verdict.method} {judged.rows}] " + "; ".join(reasons)[:200]


def _details(found: Found) -> Iterable[dict[str, object]]:
    for statement, judged in found:
        yield {
            "id": statement.id,
            "kind": statement.kind.value,
            "sql": statement.sql,
            "parameters": statement.parameters,
            "drizzle": judged.drizzle_sql,
            "rows": judged.rows,
            **verdict_record(judged.verdict),
        }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
