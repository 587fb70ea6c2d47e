"""``workbench equiv``: a file of pairs in, a file of verdicts out, with the engines of this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from tqdm.auto import tqdm

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.batch import DEFECT, NOT_READ, decide_pairs
from workbench.equivalence.engine import Engine
from workbench.equivalence.summary import Summary
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine

HOLDS, DIFFERS, OUR_FAULT = 0, 1, 3


def decide_file(pairs: Path, target: str, budget: float) -> int:
    """Writes one answer a line, as soon as it is known, and a summary to stderr.

    1 where a pair is different, 3 where one met a defect of ours, else 0. A pair that cannot be read has its reason
    on its own line; a file in which none can is the user's mistake.
    """
    summary, first = Summary(), ""
    with ExitStack() as stack:
        out = sys.stdout if target == "-" else stack.enter_context(Path(target).open("w", encoding="utf-8"))
        answers = decide_pairs(_lines(pairs), lambda dialect: _engine(dialect, stack), budget)
        for answer in tqdm(answers, delay=2, disable=not sys.stderr.isatty(), unit="pair"):
            _write(answer, out)
            summary.add(answer)
            first = first or "; ".join(answer["reasons"])
    if not summary.words:
        raise _unreadable(pairs, "file", "it holds no pair")
    if summary.methods[NOT_READ] == summary.words.total():
        raise _unreadable(pairs, "no pair of it", first)
    print(*summary.lines(), sep="\n", file=sys.stderr)
    if summary.methods[DEFECT]:
        return OUR_FAULT
    return DIFFERS if summary.words["different"] else HOLDS


def _lines(pairs: Path) -> Iterator[str]:
    try:
        with pairs.open(encoding="utf-8-sig", newline="\n") as lines:  # a text may hold other line separators
            yield from lines
    except UnicodeDecodeError as error:
        raise _unreadable(pairs, "file", f"not UTF-8: {error.reason} at byte {error.start}") from None


def _unreadable(pairs: Path, thing: str, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("pairs-unreadable", Origin(pairs.name), thing, fact, "", Fidelity.ERROR))


def _engine(dialect: Dialect, stack: ExitStack) -> Engine:
    """The server starts with the first pair that needs it."""
    return PostgresEngine(stack.enter_context(PostgresServer())) if dialect == "postgres" else SqliteEngine()


def _write(answer: dict[str, Any], out: TextIO) -> None:
    out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
