"""What recording costs: ``python -m tests.recording.overhead PAIRS COMMAND …`` runs a command with and without it.

Prints seconds of processor time (user and system, all processes of the command, the recording's own work included) and
of the clock: the least and the median of each side, and their ratios (on a busy machine the least says most).
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
        workbench = str(Path(sys.executable).with_name("workbench"))
        recorder = [workbench, "record", "--out", str(Path(folder) / "out.jsonl"), "--"]
        sides = [(_timed(command), _timed([*recorder, *command])) for _ in range(pairs)]
    for number, name in enumerate(("processor", "clock")):
        plain, recorded = ([pair[side][number] for pair in sides] for side in (0, 1))
        for word, of in (("least", min), ("median", median)):
            a, b = of(plain), of(recorded)
            print(f"{name}, {word}: {a:.2f} s, recorded {b:.2f} s, {b / a - 1:+.1%}")


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
