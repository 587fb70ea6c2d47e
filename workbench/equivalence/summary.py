"""What a batch came to: verdicts, and the time of each rung."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

RUNGS = ("schema", "parse", "normal form", "check", "counterexample", "proof", "bounded models", "total")
WORDS = ("equivalent", "different", "undecided")


@dataclass
class Summary:
    """Counts and times of the answers added so far; a few numbers a pair, never the answers themselves."""

    words: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)

    def add(self, answer: Mapping[str, Any]) -> None:
        """One answer in the form of ``answers.as_json``."""
        self.words[answer["verdict"]] += 1
        self.methods[answer["method"]] += 1
        self.ignored.update(answer.get("ignored", ()))
        for rung, ms in answer["ms"].items():
            self.times.setdefault(rung, []).append(ms)

    def lines(self) -> Iterator[str]:
        """The summary for a person; times in milliseconds, their sums in seconds."""
        total = sum(self.times.get("total", ())) / 1000
        counts = ", ".join(f"{self.words[word]} {word}" for word in WORDS)
        yield f"{self.words.total()} pairs in {total:.1f} s: {counts}"
        if self.times:
            yield f"{'':14} {'pairs':>6} {'median ms':>10} {'95% ms':>8} {'sum s':>7}"
        for rung, spent in sorted(self.times.items(), key=lambda timed: RUNGS.index(timed[0])):
            high = quantiles(spent, n=20)[-1] if len(spent) > 1 else spent[0]
            yield f"{rung:14} {len(spent):6} {median(spent):10.2f} {high:8.1f} {sum(spent) / 1000:7.2f}"
        if self.ignored:
            yield "keys that mean nothing here: " + ", ".join(f"{k} ({n} pairs)" for k, n in self.ignored.items())
