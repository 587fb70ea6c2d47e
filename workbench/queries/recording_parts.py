"""The parts that recorded processes write, joined: one line a statement, counts summed over processes.

Parts may be read while they grow: records are taken as they come, counts at the end. A statement is the text of its
JSON from then on: they are many, and most processes of one command write the same.
"""

from __future__ import annotations

import base64
import json
import marshal
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

_COUNTS = struct.Struct("<QII")  # the agent's ``recording_parts`` writes them
_SLOTS = 1 << 14
_END = struct.Struct("<Q")
_LENGTH = struct.Struct("<Q")
# alias, file, line, function, caller
_Place = tuple[str, str | None, int | None, str | None, str]


class Part:
    """The files of one process: its records, and beside them its counts."""

    def __init__(self, records: Path) -> None:
        self.records, self.name = records, records.stem
        self.position = _END.size  # where the next record begins
        self.counts: dict[int, bytes] = {}  # number of a file of counts -> its content

    def more(self) -> Iterator[tuple[Any, ...]]:
        """The complete records that were not read before; a process may not have written the head yet.

        One whose reader fails is read again.
        """
        with self.records.open("rb") as file:
            head = file.read(_END.size)
            (end,) = _END.unpack(head) if len(head) == _END.size else (0,)
            start = file.seek(self.position)
            data = file.read(max(end - start, 0))
        while self.position < end:
            (size,) = _LENGTH.unpack_from(data, self.position - start)
            after = self.position + _LENGTH.size + size
            yield marshal.loads(data[after - size - start : after - start])
            self.position = after

    def count(self, slot: int) -> tuple[int, int, int]:
        """The counts of a slot; the site is written before its counts, so a process killed in between ran it once."""
        number, place = divmod(slot, _SLOTS)
        if number not in self.counts:
            file = self.records.with_name(f"{self.name}.{number}.counts")
            self.counts[number] = file.read_bytes() if file.exists() else bytes(_SLOTS * _COUNTS.size)
        total, most, repeated = _COUNTS.unpack_from(self.counts[number], place * _COUNTS.size)
        return (total, most, repeated) if total else (1, 1, 0)


@dataclass
class CallSite:
    """A place in the code that asks a statement, in whatever processes."""

    place: _Place
    transaction: list[int] | None
    slots: list[tuple[Part, int]] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """It with its counts: executions, the most in one scope, the scopes that ran it more than once."""
        total = most = repeated = 0
        for part, slot in self.slots:
            ran, at_once, again = part.count(slot)
            total, most, repeated = total + ran, max(most, at_once), repeated + again
        alias, file, line, function, caller = self.place
        return {
            "alias": alias,
            "file": file,
            "line": line,
            "function": function,
            "caller": caller,
            "count": total,
            "most_in_scope": most,
            "repeated_scopes": repeated,
            "transaction": self.transaction,
        }


@dataclass
class Joining:
    """What all parts of a folder say together; models and statements are JSON objects in text, by identity.

    ``sign`` gives the signature of a pickled query's text.
    """

    folder: Path
    sign: Callable[[str], str]
    parts: dict[Path, Part] = field(default_factory=dict)
    processes: list[dict[str, Any]] = field(default_factory=list)
    models: dict[str, bytes] = field(default_factory=dict)
    statements: dict[str, bytes] = field(default_factory=dict)
    sites: dict[str, dict[_Place, CallSite]] = field(default_factory=dict)  # by statement
    troubles: dict[str, None] = field(default_factory=dict)
    blocks: dict[tuple[str, int], int] = field(default_factory=dict)  # (part, atomic block there) -> its number here

    def take(self) -> None:
        """Reads on; what a process that was killed was still writing is left out."""
        for file in sorted(self.folder.glob("*.records")):
            part = self.parts.setdefault(file, Part(file))
            for kind, *said in part.more():
                _JOIN[kind](self, part, *said)
        for failure in sorted(self.folder.glob("*.failed")):
            self.troubles[failure.read_text(encoding="utf-8")] = None

    def lines(self) -> Iterator[bytes]:
        """The lines of a recording after its first: models, then statements in the order of their first call site."""
        for key in sorted(self.models):
            yield _extended({"record": "model", "id": key}, self.models[key])
        described = {key: own for key, own in self.sites.items() if key in self.statements}  # all, or a part is lost
        found = [(sorted(own.values(), key=_order), key) for key, own in described.items()]
        for own, key in sorted(found, key=lambda entry: (_order(entry[0][0]), entry[1])):
            yield self._statement(key, [site.record() for site in own])
        for fact in self.troubles:
            yield json.dumps({"record": "trouble", "fact": fact}).encode()

    def _statement(self, key: str, sites: list[dict[str, Any]]) -> bytes:
        count = sum(site["count"] for site in sites)
        added = {"record": "statement", "id": key, "count": count, "sites": sites}
        return _extended(added, self.statements[key])


def _extended(added: Mapping[str, Any], text: bytes) -> bytes:
    """A JSON object with what is added standing first, so that a line says at its start what it is."""
    return _encoded(added)[:-1] + b"," + text[1:]


def _facts(data: bytes, sign: Callable[[str], str]) -> bytes:
    """A statement's own facts as JSON; its pickled query as text, signed."""
    facts: dict[str, Any] = marshal.loads(data)
    if facts["pickle"] is None:
        return _encoded(facts)
    text = base64.b64encode(facts["pickle"]).decode()
    return _encoded({"signature": sign(text), **facts, "pickle": text})


def _encoded(record: Mapping[str, Any]) -> bytes:
    """The record as JSON. Parameters may hold what only Python's own encoder writes, NaN."""
    given = record.get("parameters")
    try:
        own = {} if given is None else {"parameters": msgspec.Raw(json.dumps(given).encode())}
        return msgspec.json.encode({**record, **own})
    except (TypeError, ValueError, OverflowError):  # half of a surrogate pair in its SQL, for example
        return json.dumps(record).encode()


def _order(site: CallSite) -> tuple[str, int, str, str]:
    alias, file, line, _, caller = site.place
    return file or "\uffff", line or 0, caller, alias


def _process(joining: Joining, part: Part, facts: dict[str, Any]) -> None:
    joining.processes.append(facts)


def _model(joining: Joining, part: Part, identity: str, text: str, added: dict[str, Any]) -> None:
    joining.models.setdefault(identity, f"{text[:-1]}, {json.dumps(added)[1:]}".encode())


def _site(
    joining: Joining,
    part: Part,
    slot: int,
    statement: str,
    described: bytes | None,
    place: _Place,
    blocks: list[int] | None,
) -> None:
    if described is not None and statement not in joining.statements:
        joining.statements[statement] = _facts(described, joining.sign)
    own = joining.sites.setdefault(statement, {})
    if place not in own:
        own[place] = CallSite(place, blocks and [_block(joining, part, block) for block in blocks])
    own[place].slots.append((part, slot))


def _block(joining: Joining, part: Part, number: int) -> int:
    """The number of an atomic block among those of all processes."""
    return joining.blocks.setdefault((part.name, number), len(joining.blocks) + 1)


def _trouble(joining: Joining, part: Part, fact: str) -> None:
    joining.troubles[fact] = None


_JOIN: dict[str, Callable[..., None]] = {"process": _process, "model": _model, "site": _site, "trouble": _trouble}
