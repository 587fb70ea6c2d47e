"""The parts that recorded processes left, joined: one line a statement, counts summed over processes.

Descriptions stay the bytes that the processes wrote, until their line is: they are many, and most processes of one
command write the same.
"""

from __future__ import annotations

import base64
import json
import marshal
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

_COUNTS = struct.Struct("<QII")  # the agent's ``recording_parts`` writes them
_SLOTS = 1 << 14
_END = struct.Struct("<Q")
_LENGTH = struct.Struct("<Q")
_SITE = ("alias", "file", "line", "function", "caller")


@dataclass
class Joined:
    """What all parts of one recording say together; models (JSON objects in text) and statements by identity."""

    processes: list[dict[str, Any]] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)
    statements: dict[str, bytes] = field(default_factory=dict)
    sites: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, None] = field(default_factory=dict)
    blocks: dict[tuple[str, int], int] = field(default_factory=dict)  # (part, atomic block there) -> its number here


class Part:
    """The files of one process: its records, and beside them its counts."""

    def __init__(self, records: Path) -> None:
        self.records, self.name = records, records.stem
        self.counts: dict[int, bytes] = {}  # number of a file of counts -> its content

    def complete(self) -> Iterator[tuple[Any, ...]]:
        """The records up to the end that the head tells; a process may have ended before it wrote a head."""
        data = self.records.read_bytes()
        (end,) = _END.unpack_from(data) if len(data) >= _END.size else (0,)
        start = _END.size
        while start < end:
            (size,) = _LENGTH.unpack_from(data, start)
            start += _LENGTH.size + size
            yield marshal.loads(data[start - size : start])

    def count(self, slot: int) -> tuple[int, int, int]:
        """The counts of a slot; the site is written before its counts, so a process killed in between ran it once."""
        number, place = divmod(slot, _SLOTS)
        if number not in self.counts:
            file = self.records.with_name(f"{self.name}.{number}.counts")
            self.counts[number] = file.read_bytes() if file.exists() else bytes(_SLOTS * _COUNTS.size)
        total, most, repeated = _COUNTS.unpack_from(self.counts[number], place * _COUNTS.size)
        return (total, most, repeated) if total else (1, 1, 0)


def join(folder: Path) -> Joined:
    """Reads every part; what a process that was killed was still writing is left out."""
    joined = Joined()
    for part in map(Part, sorted(folder.glob("*.records"))):
        for kind, *said in part.complete():
            _JOIN[kind](joined, part, *said)
    for failure in sorted(folder.glob("*.failed")):
        joined.troubles[failure.read_text(encoding="utf-8")] = None
    return joined


def lines(joined: Joined, sign: Callable[[str], str]) -> Iterator[bytes]:
    """The lines of a recording after its first: models, then statements in the order of their first call site.

    ``sign`` gives the signature of a pickled query's text.
    """
    for key in sorted(joined.models):
        yield _extended(joined.models[key], {"record": "model", "id": key}).encode()
    sites: dict[str, list[dict[str, Any]]] = {}
    for (statement, *_), site in joined.sites.items():
        sites.setdefault(statement, []).append(site)
    found = [(sorted(own, key=_place), key) for key, own in sites.items()]
    for own, key in sorted(found, key=lambda entry: (_place(entry[0][0]), entry[1])):
        count = sum(site["count"] for site in own)
        added = {"record": "statement", "id": key, "count": count, "sites": own}
        yield _line({**added, **_statement(joined.statements[key], sign)})
    for fact in joined.troubles:
        yield json.dumps({"record": "trouble", "fact": fact}).encode()


def _statement(data: bytes, sign: Callable[[str], str]) -> dict[str, Any]:
    """A statement's own facts; its pickled query as text, signed."""
    facts: dict[str, Any] = marshal.loads(data)
    if facts["pickle"] is None:
        return facts
    text = base64.b64encode(facts["pickle"]).decode()
    return {"signature": sign(text), **facts, "pickle": text}


def _line(record: dict[str, Any]) -> bytes:
    """The record as JSON. Its parameters may hold what only Python's own encoder writes, NaN."""
    parameters = msgspec.Raw(json.dumps(record["parameters"]).encode())
    try:
        return msgspec.json.encode({**record, "parameters": parameters})
    except (TypeError, ValueError, OverflowError):  # half of a surrogate pair in its SQL, for example
        return json.dumps(record).encode()


def _extended(text: str, added: dict[str, Any]) -> str:
    """A JSON object with what is added standing first, so that a line says at its start what it is."""
    return f"{json.dumps(added)[:-1]}, {text[1:]}"


def _place(site: dict[str, Any]) -> tuple[str, int, str, str]:
    return site["file"] or "\uffff", site["line"] or 0, site["caller"], site["alias"]


def _process(joined: Joined, part: Part, facts: dict[str, Any]) -> None:
    joined.processes.append(facts)


def _model(joined: Joined, part: Part, identity: str, text: str, added: dict[str, Any]) -> None:
    joined.models.setdefault(identity, f"{text[:-1]}, {json.dumps(added)[1:]}")


def _site(
    joined: Joined,
    part: Part,
    slot: int,
    statement: str,
    described: bytes | None,
    place: tuple[Any, ...],
    blocks: list[int] | None,
) -> None:
    if described is not None:
        joined.statements.setdefault(statement, described)
    known = joined.sites.get((statement, *place))
    if known is None:
        known = joined.sites[(statement, *place)] = {
            **dict(zip(_SITE, place, strict=True)),
            "count": 0,
            "most_in_scope": 0,
            "repeated_scopes": 0,
            "transaction": blocks and [_block(joined, part, block) for block in blocks],
        }
    total, most, repeated = part.count(slot)
    known["count"] += total
    known["most_in_scope"] = max(known["most_in_scope"], most)
    known["repeated_scopes"] += repeated


def _block(joined: Joined, part: Part, number: int) -> int:
    """The number of an atomic block among those of all processes."""
    return joined.blocks.setdefault((part.name, number), len(joined.blocks) + 1)


def _trouble(joined: Joined, part: Part, fact: str) -> None:
    joined.troubles[fact] = None


_JOIN: dict[str, Callable[..., None]] = {"process": _process, "model": _model, "site": _site, "trouble": _trouble}
