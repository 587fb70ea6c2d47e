"""What a run came to: verdicts, and the share decided by kind of change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DECIDED = ("equivalent", "different")


@dataclass
class Tally:
    """Counts over blocks of pairs of one dialect. ``kinds``: by change, how often each word was the verdict."""

    dialect: str
    seeds: set[int] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: int = 0

    @classmethod
    def read(cls, path: Path, dialect: str) -> Tally:
        """The blocks of this dialect that a file holds; none where there is no file yet."""
        tally = cls(dialect)
        for text in path.read_text().splitlines() if path.exists() else ():
            line = json.loads(text)
            if line["dialect"] == dialect:
                tally._count(line)
        return tally

    def add(self, seed: int, judged: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
        """Counts a block, and gives back its line."""
        words: Counter[str] = Counter()
        kinds: dict[str, Counter[str]] = {}
        wrong, unreadable = [], []
        for word, pair in judged:
            words[word + (" (equal)" if pair["equal"] else "")] += 1
            for change in dict.fromkeys(pair["changes"]):
                kinds.setdefault(change, Counter())[word.split(" by ")[0]] += 1
            if pair["wrong"]:
                wrong.append(pair)
            if word == "unreadable":
                unreadable.append(pair)
        line = {"dialect": self.dialect, "seed": seed, "words": words, "kinds": kinds, "wrong": wrong}
        line["unreadable"] = unreadable
        self._count(line)
        return line

    def _count(self, line: dict[str, Any]) -> None:
        self.seeds.add(line["seed"])
        self.words.update(line["words"])
        self.wrong += len(line["wrong"])
        for change, words in line["kinds"].items():
            self.kinds.setdefault(change, Counter()).update(words)

    def headline(self) -> str:
        """Pairs, the share decided, wrong verdicts, unreadable pairs."""
        total = self.words.total()
        decided = sum(count for word, count in self.words.items() if word.startswith(DECIDED))
        share = f"{decided / total:.1%}" if total else "none"
        return f"{total} pairs, {share} decided, {self.wrong} wrong, {self.words['unreadable']} unreadable"

    def lines(self) -> Iterator[str]:
        """Verdicts by method, then the share decided by kind of change, the least first."""
        yield self.headline()
        yield from (f"  {count:7}  {word}" for word, count in self.words.most_common())
        yield "share decided by kind of change (a pair may have several):"
        for share, change, count in sorted(map(self._share, self.kinds)):
            yield f"  {share:6.1%}  {change} ({count} pairs)"

    def _share(self, change: str) -> tuple[float, str, int]:
        words = self.kinds[change]
        return sum(words[word] for word in DECIDED) / words.total(), change, words.total()
