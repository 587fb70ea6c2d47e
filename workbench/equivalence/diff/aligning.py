"""Puts the parts of two queries side by side: equal ones wherever they stand, then those most alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from workbench.equivalence.diff.parts import Part

Change: TypeAlias = Literal["same", "moved", "changed", "left only", "right only"]

_ALIKE = 0.5  # how alike two texts must be to stand in one line as changed; below it they are a loss and a gain
_COLUMN = re.compile(r"\b\w+\.\w+\b")
_INNER = frozenset(("FROM", "INNER JOIN", "CROSS JOIN"))  # words for sources that leave no row of theirs unmatched
_ORDERED = ("output", "order")  # pools in which the order means something


@dataclass(frozen=True, slots=True)
class AlignedLine:
    """A part of a clause on both sides; the side that lacks it holds an empty text.

    ``clause``: of the left side, or of the right where the left lacks it; ``right_clause``: of the right side.
    ``depth``: how deep the query of the part stands in others, by side.
    """

    clause: str
    left: str
    right: str
    change: Change
    right_clause: str = ""
    depth: tuple[int, int] = (0, 0)


def aligned(left: Sequence[Part], right: Sequence[Part]) -> tuple[AlignedLine, ...]:
    """One line a matched pair, at the place of the left part; what only the right has follows what it follows there."""
    pairs = _matched(left, right)
    settled = _in_order(left, pairs)
    lines = {
        i: _line(left[i], right[j] if (j := pairs.get(i)) is not None else None, i in settled) for i in range(len(left))
    }
    after: dict[int, list[AlignedLine]] = {}
    place, back = -1, {j: i for i, j in pairs.items()}
    for j, part in enumerate(right):
        if j in back:
            place = max(place, back[j])
        else:
            while place + 1 < len(left) and place + 1 not in pairs:
                place += 1  # what only the left has stands first
            after.setdefault(place, []).append(_line(None, part, True))
    return tuple(line for i in range(-1, len(left)) for line in (*([lines[i]] if i >= 0 else []), *after.get(i, [])))


def _matched(left: Sequence[Part], right: Sequence[Part]) -> dict[int, int]:
    """Indexes of the left side to those of the right."""
    pairs: dict[int, int] = {}
    for identity in (_place, _meaning):
        free: dict[object, list[int]] = {}
        for j, part in enumerate(right):
            if j not in pairs.values():
                free.setdefault(identity(part), []).append(j)
        for i, part in enumerate(left):
            if i not in pairs and free.get(identity(part)):
                pairs[i] = free[identity(part)].pop(0)
    taken = set(pairs.values())
    for _, i, j in sorted(_alike(left, right, pairs)):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _place(part: Part) -> object:
    return (part.pool, part.key, part.clause, part.depth)


def _meaning(part: Part) -> object:
    return (part.pool, part.key)


def _alike(left: Sequence[Part], right: Sequence[Part], pairs: dict[int, int]) -> Iterator[tuple[float, int, int]]:
    """Of parts without a partner those that are alike enough, the most alike first when sorted."""
    others = [j for j in range(len(right)) if j not in pairs.values()]
    for i in (i for i in range(len(left)) if i not in pairs):
        for j in others:
            if left[i].pool == right[j].pool and left[i].depth == right[j].depth:
                ratio = _ratio(left[i], right[j])
                if ratio >= _ALIKE:
                    yield -ratio, i, j


def _ratio(left: Part, right: Part) -> float:
    """Parts that a query has once are alike whatever they say (two limits), and so is what is said of one column."""
    if left.pool in ("operation", "distinct"):
        return 1.0
    if left.pool == "other":
        return float(left.clause == right.clause)
    ratio = SequenceMatcher(None, left.text, right.text, autojunk=False).ratio()
    columns = [set(_COLUMN.findall(part.text)) for part in (left, right)]
    return max(ratio, _ALIKE) if columns[0] and columns[0] == columns[1] else ratio


def _in_order(left: Sequence[Part], pairs: dict[int, int]) -> set[int]:
    """Left indexes whose partners come in the same order; of ordered pools the longest such run."""
    settled = {i for i in pairs if left[i].pool not in _ORDERED}
    for group in {(part.pool, part.depth) for part in left if part.pool in _ORDERED}:
        settled |= _longest_run([(i, j) for i, j in sorted(pairs.items()) if (left[i].pool, left[i].depth) == group])
    return settled


def _longest_run(pairs: list[tuple[int, int]]) -> set[int]:
    """Keys of a longest increasing subsequence of the values."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for i, j in pairs:
        at = bisect_left(ends, j)
        chain = (*(chains[at - 1] if at else ()), i)
        ends[at : at + 1], chains[at : at + 1] = [j], [chain]
    return set(chains[-1]) if chains else set()


def _line(left: Part | None, right: Part | None, settled: bool) -> AlignedLine:
    if left is None or right is None:
        part = left or right
        assert part is not None
        texts = (part.text, "") if right is None else ("", part.text)
        return AlignedLine(
            part.clause, *texts, "left only" if right is None else "right only", part.clause, (part.depth,) * 2
        )
    depth = (left.depth, right.depth)
    return AlignedLine(left.clause, left.text, right.text, _change(left, right, settled), right.clause, depth)


def _change(left: Part, right: Part, settled: bool) -> Change:
    if left.key != right.key or (left.pool == "source" and not _same_kind(left.clause, right.clause)):
        return "changed"
    stays = left.clause == right.clause and left.depth == right.depth and settled
    return "same" if stays else "moved"


def _same_kind(left: str, right: str) -> bool:
    """Reading a source under another word keeps its rows, unless one of the two is an outer join."""
    return left == right or {left, right} <= _INNER
