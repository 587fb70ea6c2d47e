"""What recording costs a command: the same command without and with it, in turns.

    python -m tests.benchmarks.recording [--pairs 5] [--before FOLDER] [--instructions] COMMAND …

Told are seconds that pass, and seconds of processor time (user and system, of all processes of the command and of the
workbench's own), from the start to the written recording: the least, the median and the sum of each side, and the
median of what each round adds. A machine that others use is slow for minutes: that last figure compares neighbours.
``--before``: a checkout of an earlier state, which records in the same series. ``--instructions`` counts what is
executed instead, with valgrind, once a side: the same number each time, however busy the machine is, and some forty
times as slow.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from operator import truediv
from pathlib import Path
from statistics import median
from typing import NamedTuple

_PLAIN = "without"
_HERE = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from workbench.__main__ import main; main()"
_COUNTING = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--trace-children=yes")
_REFS = re.compile(r"I +refs: +([\d,]+)")
_STATISTICS: tuple[tuple[str, Callable[[Sequence[float]], float]], ...] = (
    ("least", min),
    ("median", median),
    ("sum", sum),
)


class Spent(NamedTuple):
    """Seconds of one run."""

    elapsed: float
    processor: float


def sides(command: Sequence[str], before: Path | None, out: Path) -> dict[str, list[str]]:
    """What is run for each side."""
    trees = {"recorded": _HERE} if before is None else {"recorded before": before.resolve(), "recorded": _HERE}
    options = ["record", "--out", str(out), "--"]
    found = {name: [sys.executable, "-c", _START, str(tree), *options, *command] for name, tree in trees.items()}
    return {_PLAIN: list(command), **found}


def in_turns(commands: Mapping[str, Sequence[str]], pairs: int) -> dict[str, list[Spent]]:
    """What each side spends; the first round keeps bytecode and fills caches, and does not count."""
    found: dict[str, list[Spent]] = {name: [] for name in commands}
    for number in range(pairs + 1):
        order = list(commands) if number % 2 else list(reversed(commands))
        for name in order:
            spent = spent_by(commands[name])
            if number:
                found[name].append(spent)
    return found


def spent_by(command: Sequence[str]) -> Spent:
    """By the command and all that it waited for."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    _run(command)
    elapsed, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def instructions(command: Sequence[str]) -> float:
    """Thousands of millions, of all processes."""
    with tempfile.TemporaryDirectory() as folder:
        _run([*_COUNTING, "--cachegrind-out-file=/dev/null", f"--log-file={folder}/%p", *command])
        counts = [_REFS.search(file.read_text()) for file in Path(folder).iterdir()]
    return sum(int(found[1].replace(",", "")) for found in counts if found) / 1e9


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"ended with {done.returncode}: {' '.join(command)}")


def tell(spent: Mapping[str, Sequence[Spent]]) -> None:
    """A line a statistic, with what each side adds to the command alone."""
    for number, kind in enumerate(Spent._fields):
        seconds = {name: [one[number] for one in own] for name, own in spent.items()}
        plain = seconds.pop(_PLAIN)
        for word, of in _STATISTICS:
            added = [f", {name} {of(own):.2f} s {of(own) / of(plain) - 1:+.1%}" for name, own in seconds.items()]
            print(f"{kind:9} {word:8} {_PLAIN} {of(plain):.2f} s{''.join(added)}")
        rounds = [f"{name} {median(map(truediv, own, plain)) - 1:+.1%}" for name, own in seconds.items()]
        print(f"{kind:9} by round {', '.join(rounds)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if not given.command:
        parser.error("which command?")
    with tempfile.TemporaryDirectory() as folder:
        commands = sides(given.command, given.before, Path(folder) / "out.jsonl")
        if not given.instructions:
            tell(in_turns(commands, given.pairs))
            return
        if shutil.which("valgrind") is None:
            sys.exit("--instructions needs valgrind")
        counted = {name: instructions(command) for name, command in commands.items()}
    for name, count in counted.items():
        print(f"{name}: {count:.3f} thousand million instructions, {count / counted[_PLAIN] - 1:+.1%}")


if __name__ == "__main__":
    main()
