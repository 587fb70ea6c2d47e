"""``workbench equiv``: a file of pairs in, a file of verdicts out, with the engines of this machine."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from tqdm.auto import tqdm

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine

HOLDS, DIFFERS = 0, 1


def decide_file(pairs: Path, target: str, budget: float) -> int:
    """Writes one answer a line, as soon as it is known; 1 where a pair is different, else 0.

    A pair that cannot be read has its reason on its own line; a file in which none can is the user's mistake.
    """
    lines = [line for line in _text(pairs).splitlines() if line.strip()]
    with ExitStack() as stack:
        server = stack.enter_context(PostgresServer())
        out = sys.stdout if target == "-" else stack.enter_context(Path(target).open("w", encoding="utf-8"))
        answers = [_written(answer, out) for answer in tqdm(
            decide_pairs(lines, lambda dialect: _engine(dialect, server), budget),
            total=len(lines), delay=2, disable=not sys.stderr.isatty(), unit="pair",
        )]  # fmt: skip
    if answers and all(answer["method"] == "none" for answer in answers):
        reason = "; ".join(answers[0]["reasons"])
        raise WorkbenchError(
            Diagnostic("pairs-unreadable", Origin(pairs.name), "no pair of it", reason, "", Fidelity.ERROR)
        )
    return DIFFERS if any(answer["verdict"] == "different" for answer in answers) else HOLDS


def _text(pairs: Path) -> str:
    try:
        return pairs.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fact = f"not UTF-8: {error.reason} at byte {error.start}"
        raise WorkbenchError(
            Diagnostic("pairs-unreadable", Origin(pairs.name), "file", fact, "", Fidelity.ERROR)
        ) from None


def _engine(dialect: Dialect, server: PostgresServer) -> Engine:
    return PostgresEngine(server) if dialect == "postgres" else SqliteEngine()


def _written(answer: dict[str, Any], out: TextIO) -> dict[str, Any]:
    out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    return answer
