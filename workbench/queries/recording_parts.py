"""The parts that recorded processes left, joined: one line a statement, counts summed over processes.

Descriptions stay the texts that the processes wrote: they are many, and reading them would be most of the time that
recording takes. What is joined (call sites, counts, a signature) is added at their end.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_COUNTS = struct.Struct("<QII")  # the agent's ``recording_parts`` writes them
_SLOTS = 1 << 14
_END = struct.Struct("<Q")
_PICKLE = '"pickle": '
_SITE = ("statement", "alias", "file", "line", "function", "caller")


@dataclass
class Joined:
    """What all parts of one recording say together; models and statements by identity, as JSON objects in text."""

    processes: list[dict[str, Any]] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    sites: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, None] = field(default_factory=dict)
    blocks: dict[tuple[str, int], int] = field(default_factory=dict)  # (part, atomic block there) -> its number here


class Part:
    """The files of one process: its lines, and beside them its counts."""

    def __init__(self, lines: Path) -> None:
        self.lines, self.name = lines, lines.stem
        self.counts: dict[int, bytes] = {}  # number of a file of counts -> its content

    def complete(self) -> list[str]:
        """The lines up to the end that the head tells; a process may have ended before it wrote a head."""
        with self.lines.open("rb") as file:
            head = file.read(_END.size)
            (end,) = _END.unpack(head) if len(head) == _END.size else (_END.size,)
            return file.read(max(end - _END.size, 0)).decode("ascii").splitlines()

    def count(self, slot: int) -> tuple[int, int, int]:
        """The counts of a slot; the line is written before its counts, so a process killed in between ran it once."""
        number, place = divmod(slot, _SLOTS)
        if number not in self.counts:
            file = self.lines.with_name(f"{self.name}.{number}.counts")
            self.counts[number] = file.read_bytes() if file.exists() else bytes(_SLOTS * _COUNTS.size)
        total, most, repeated = _COUNTS.unpack_from(self.counts[number], place * _COUNTS.size)
        return (total, most, repeated) if total else (1, 1, 0)


def join(folder: Path) -> Joined:
    """Reads every part; what a process that was killed was still writing is left out."""
    joined = Joined()
    for part in map(Part, sorted(folder.glob("*.lines"))):
        for line in part.complete():
            kind, identity, text = line.split(" ", 2)
            _JOIN[kind](joined, identity, text, part)
    for failure in sorted(folder.glob("*.failed")):
        joined.troubles[failure.read_text(encoding="utf-8")] = None
    return joined


def lines(joined: Joined, sign: Callable[[str], str]) -> Iterator[str]:
    """The lines of a recording after its first: models, then statements in the order of their first call site.

    ``sign`` gives the signature of a pickled query's text.
    """
    for key in sorted(joined.models):
        yield _extended(joined.models[key], {"record": "model", "id": key})
    sites: dict[str, list[dict[str, Any]]] = {}
    for site in joined.sites.values():
        sites.setdefault(site.pop("statement"), []).append(site)
    found = [(sorted(own, key=_place), joined.statements[key], key) for key, own in sites.items()]
    for own, text, key in sorted(found, key=lambda entry: (_place(entry[0][0]), entry[2])):
        count = sum(site["count"] for site in own)
        added = {"record": "statement", "id": key, "count": count, "sites": own}
        pickle = _pickle(text)
        yield _extended(text, {**added, "signature": sign(pickle)} if pickle else added)
    for fact in joined.troubles:
        yield json.dumps({"record": "trouble", "fact": fact})


def _extended(text: str, added: dict[str, Any]) -> str:
    """A JSON object with what is added standing first, so that a line says at its start what it is."""
    return f"{json.dumps(added)[:-1]}, {text[1:]}"


def _pickle(text: str) -> str:
    """The pickled query, which the agent writes last; "" where there is none."""
    start = text.rindex(_PICKLE) + len(_PICKLE)
    return text[start + 1 : -2] if text[start] == '"' else ""


def _place(site: dict[str, Any]) -> tuple[str, int, str, str]:
    return site["file"] or "\uffff", site["line"] or 0, site["caller"], site["alias"]


def _process(joined: Joined, identity: str, text: str, part: Part) -> None:
    joined.processes.append(json.loads(text))


def _model(joined: Joined, identity: str, text: str, part: Part) -> None:
    joined.models.setdefault(identity, text)


def _statement(joined: Joined, identity: str, text: str, part: Part) -> None:
    joined.statements.setdefault(identity, text)


def _site(joined: Joined, slot: str, text: str, part: Part) -> None:
    *facts, blocks = json.loads(text)
    known = joined.sites.get(tuple(facts))
    if known is None:
        known = joined.sites[tuple(facts)] = {
            **dict(zip(_SITE, facts, strict=True)),
            "count": 0,
            "most_in_scope": 0,
            "repeated_scopes": 0,
            "transaction": blocks and [_block(joined, part, block) for block in blocks],
        }
    total, most, repeated = part.count(int(slot))
    known["count"] += total
    known["most_in_scope"] = max(known["most_in_scope"], most)
    known["repeated_scopes"] += repeated


def _block(joined: Joined, part: Part, number: int) -> int:
    """The number of an atomic block among those of all processes."""
    return joined.blocks.setdefault((part.name, number), len(joined.blocks) + 1)


def _trouble(joined: Joined, identity: str, text: str, part: Part) -> None:
    joined.troubles[json.loads(text)["fact"]] = None


_JOIN: dict[str, Callable[[Joined, str, str, Part], None]] = {
    "process": _process,
    "model": _model,
    "statement": _statement,
    "site": _site,
    "trouble": _trouble,
}
