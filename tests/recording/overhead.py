"""What recording costs a command: ``python -m tests.recording.overhead PAIRS COMMAND …``, run with and without it in turn.

Prints seconds of processor time (user and system, all processes of the command, the recording's own work included) and
of the clock: the median of each side, the ratio of the medians, and the least and most of the pairs' ratios.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from workbench.runtime.cache import cache_folder


def main(pairs: int, command: list[str]) -> None:
    cache_folder()  # its first use is none of the command's
    with tempfile.TemporaryDirectory() as folder:
        recorder = [
            str(Path(sys.executable).with_name("workbench")),
            "record",
            "--out",
            str(Path(folder) / "out.jsonl"),
            "--",
        ]
        sides = [(_timed(command), _timed([*recorder, *command])) for _ in range(pairs)]
    for number, name in enumerate(("processor", "clock")):
        plain, recorded = ([pair[side][number] for pair in sides] for side in (0, 1))
        ratios = [b / a for a, b in zip(plain, recorded, strict=True)]
        print(
            f"{name}: {median(plain):.2f} s, recorded {median(recorded):.2f} s, "
            f"{median(recorded) / median(plain) - 1:+.1%} (pairs {min(ratios) - 1:+.1%} to {max(ratios) - 1:+.1%})"
        )


def _timed(command: list[str]) -> tuple[float, float]:
    """Seconds of processor and clock."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"the command ended with {done.returncode}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
