"""Proves the pairs of a file and reports: proved, not proved by reason, median and 95th percentile time.

python tests/equivalence/proof/report.py [--pairs FILE] [--verbose] [ID …]
"""

from __future__ import annotations

import argparse
import json
import os
import time
import traceback
from collections import Counter
from pathlib import Path

from workbench.catalog.ddl import read_ddl
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.parse import parse_query
from workbench.equivalence.proof.prove import NotProved, Outcome, Proved, prove

DEFAULT = Path(__file__).resolve().parents[4] / "shared" / "pairs"


def pairs_file() -> Path:
    """The pairs to prove: WORKBENCH_PAIRS (a file or a folder), else ../shared/pairs beside the project."""
    path = Path(os.environ.get("WORKBENCH_PAIRS", DEFAULT))
    return path / "calcite.jsonl" if path.is_dir() else path


def decide(pair: dict[str, str]) -> Outcome:
    """The prover's word on one pair."""
    catalog = read_ddl(pair["schema"], pair["dialect"])  # type: ignore[arg-type]
    try:
        left, right = (parse_query(pair[s], catalog, pair["dialect"], "dollar", side=s) for s in ("left", "right"))  # type: ignore[arg-type]
    except WorkbenchError as error:
        return NotProved((f"unreadable: {error}",))
    return prove(left, right, left.catalog)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=Path, default=pairs_file())
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("ids", nargs="*")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in options.pairs.read_text().splitlines()]
    times, reasons, missed = [], Counter(), []
    for pair in (p for p in pairs if not options.ids or p["id"].rsplit("-")[-1] in options.ids):
        start = time.perf_counter()
        try:
            outcome = decide(pair)
        except Exception as error:
            if options.verbose:
                traceback.print_exc()
            outcome = NotProved((f"CRASH {type(error).__name__}: {str(error)[:80]}",))
        times.append(time.perf_counter() - start)
        if isinstance(outcome, NotProved):
            reasons[outcome.reasons[0]] += 1
            missed.append((pair["id"].rsplit("-")[-1], round(times[-1], 1), outcome.reasons[0]))
        if options.verbose:
            print(pair["id"], round(times[-1], 2), outcome if isinstance(outcome, NotProved) else "proved", flush=True)
        if options.ids and isinstance(outcome, Proved):
            print(*outcome.steps, *outcome.assumptions, sep="\n")
    ordered = sorted(times)
    for item in missed:
        print(*item)
    print(f"proved {len(times) - len(missed)} of {len(times)}")
    for reason, count in reasons.most_common():
        print(f"  {count:4} {reason}")
    late = ordered[int(len(ordered) * 0.95)]
    print(f"median {ordered[len(ordered) // 2]:.3f} s, 95th percentile {late:.3f} s, longest {ordered[-1]:.2f} s")


if __name__ == "__main__":
    main()
