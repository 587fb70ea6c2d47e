"""From a queryset's text to its verdict, warm: median and 95th percentile over the cases of a sample.

    python -m tests.benchmarks.translating [bookshop | processn]

The type check arrives beside the verdict and is timed by itself.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.targets.queries.conftest import cases, topics
from workbench.runtime.typescript import QueryTypes

ROOT = Path(__file__).parent.parent.parent
WARM_UP = 10  # queries before the clock starts


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def line(name: str, times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"{name:28} {len(times):4} {statistics.median(times):8.1f} {cuts[-1]:8.1f}"


def main(project: str) -> None:
    texts = [text for name, topic in topics() if name == project for text in cases(name, topic)]
    with wb.open(ROOT / "sample_projects" / project) as shop:
        querying = shop.querying
        views = [shop.query(text) for text in texts[:WARM_UP]]
        types = [timed(lambda view=view: querying.types(view)) for view in views]  # type: ignore[misc]
        querying.types = lambda view: QueryTypes(())  # type: ignore[method-assign]
        verdicts = [timed(lambda text=text: shop.query(text)) for text in texts]  # type: ignore[misc]
    print(f"{'ms':28} {'n':>4} {'median':>8} {'p95':>8}")
    print(line("text to verdict", verdicts))
    print(line("type check", types))


if __name__ == "__main__":
    main(*sys.argv[1:] or ["bookshop"])
