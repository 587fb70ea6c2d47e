"""What recording costs a command: the same command without and with it, in turns.

    python -m tests.benchmarks.recording [--pairs 5] [--before FOLDER] [--instructions] COMMAND …

Told are seconds of processor time: user and system, of all processes of the command and of the workbench's own, from
its start to the written recording; the least, the median and the sum of each side. On a busy machine the least says
most: what others do to the caches only adds. ``--before``: a checkout of an earlier state, which records in the same
series. ``--instructions`` counts what is executed instead, with valgrind, once a side: the same number each time,
however busy the machine is, and some forty times as slow.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

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


def sides(command: Sequence[str], before: Path | None, out: Path) -> dict[str, list[str]]:
    """What is run for each side."""
    trees = {"recorded": _HERE} if before is None else {"recorded before": before.resolve(), "recorded": _HERE}
    options = ["record", "--out", str(out), "--"]
    found = {name: [sys.executable, "-c", _START, str(tree), *options, *command] for name, tree in trees.items()}
    return {_PLAIN: list(command), **found}


def in_turns(commands: Mapping[str, Sequence[str]], pairs: int) -> dict[str, list[float]]:
    """Seconds of each side; the first round keeps bytecode and fills caches, and does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(pairs + 1):
        order = list(commands) if number % 2 else list(reversed(commands))
        for name in order:
            spent = processor_seconds(commands[name])
            if number:
                seconds[name].append(spent)
    return seconds


def processor_seconds(command: Sequence[str]) -> float:
    """Of the command and all that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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


def tell(seconds: Mapping[str, Sequence[float]]) -> None:
    """A line a statistic and side, with what is added to the command alone."""
    for word, of in _STATISTICS:
        plain = of(seconds[_PLAIN])
        print(f"{word:8} {_PLAIN} {plain:.2f} s", end="")
        for name in list(seconds)[1:]:
            print(f", {name} {of(seconds[name]):.2f} s {of(seconds[name]) / plain - 1:+.1%}", end="")
        print()


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
