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
_SITE = ("statement", "alias", "file", "line", "function", "caller")


@dataclass
class Joined:
    """What all parts of one recording say together; models and statements by identity, as JSON objects in text."""

    processes: list[dict[str, Any]] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    sites: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, None] = field(default_factory=dict)
    counts: dict[str, bytes] = field(default_factory=dict)  # file of counts -> its content
    blocks: dict[tuple[str, int], int] = field(default_factory=dict)  # (part, atomic block there) -> its number here


def join(folder: Path) -> Joined:
    """Reads every part; what a process that was killed was still writing is left out."""
    joined = Joined()
    for part in sorted(folder.glob("*.lines")):
        for line in _complete(part.read_bytes()).splitlines():
            kind, identity, text = line.split(" ", 2)
            _JOIN[kind](joined, identity, text, part)
    for failure in sorted(folder.glob("*.failed")):
        joined.troubles[failure.read_text(encoding="utf-8")] = None
    return joined


def _complete(part: bytes) -> str:
    """The lines up to the end that the head tells; a process may have ended before it wrote a head."""
    (end,) = _END.unpack_from(part) if len(part) >= _END.size else (0,)
    return part[_END.size : end].decode("ascii")


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
    last = text.rpartition('"pickle": ')[2].removesuffix("}")
    return "" if last == "null" else last.strip('"')


def _place(site: dict[str, Any]) -> tuple[str, int, str, str]:
    return site["file"] or "\uffff", site["line"] or 0, site["caller"], site["alias"]


def _process(joined: Joined, identity: str, text: str, part: Path) -> None:
    joined.processes.append(json.loads(text))


def _model(joined: Joined, identity: str, text: str, part: Path) -> None:
    joined.models.setdefault(identity, text)


def _statement(joined: Joined, identity: str, text: str, part: Path) -> None:
    joined.statements.setdefault(identity, text)


def _site(joined: Joined, slot: str, text: str, part: Path) -> None:
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
    total, most, repeated = _counts(joined, part, int(slot))
    known["count"] += total
    known["most_in_scope"] = max(known["most_in_scope"], most)
    known["repeated_scopes"] += repeated


def _block(joined: Joined, part: Path, number: int) -> int:
    """The number of an atomic block among those of all processes."""
    return joined.blocks.setdefault((part.stem, number), len(joined.blocks) + 1)


def _counts(joined: Joined, part: Path, slot: int) -> tuple[int, int, int]:
    """The counts of a slot; the line is written before its counts, so a process killed in between ran it once."""
    name = f"{part.stem}.{slot // _SLOTS}.counts"
    if name not in joined.counts:
        file = part.with_name(name)
        joined.counts[name] = file.read_bytes() if file.exists() else bytes(_SLOTS * _COUNTS.size)
    total, most, repeated = _COUNTS.unpack_from(joined.counts[name], slot % _SLOTS * _COUNTS.size)
    return (total, most, repeated) if total else (1, 1, 0)


def _trouble(joined: Joined, identity: str, text: str, part: Path) -> None:
    joined.troubles[json.loads(text)["fact"]] = None


_JOIN: dict[str, Callable[[Joined, str, str, Path], None]] = {
    "process": _process,
    "model": _model,
    "statement": _statement,
    "site": _site,
    "trouble": _trouble,
}
