"""The parts that recorded processes left, joined: one line a statement, counts summed over processes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_COUNTS = struct.Struct("<QII")  # the agent's ``recording_parts`` writes them
_SLOTS = 1 << 14


@dataclass
class Joined:
    """What all parts of one recording say together."""

    processes: list[dict[str, Any]] = field(default_factory=list)
    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    sites: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, None] = field(default_factory=dict)


def join(folder: Path) -> Joined:
    """Reads every part; the last line of a process that was killed while writing is left out."""
    joined = Joined()
    for part in sorted(folder.glob("*.jsonl")):
        for record in _lines(part):
            _JOIN[record["record"]](joined, record, part)
    for failure in sorted(folder.glob("*.failed")):
        joined.troubles[failure.read_text(encoding="utf-8")] = None
    return joined


def records(joined: Joined) -> Iterator[dict[str, Any]]:
    """The lines of a recording after its first: models, then statements in the order of their first call site."""
    yield from (joined.models[key] for key in sorted(joined.models))
    sites: dict[str, list[dict[str, Any]]] = {}
    for site in joined.sites.values():
        sites.setdefault(site.pop("statement"), []).append(site)
    found = [
        {**joined.statements[key], "count": sum(site["count"] for site in own), "sites": sorted(own, key=_place)}
        for key, own in sites.items()
        if key in joined.statements
    ]
    yield from sorted(found, key=lambda record: (_place(record["sites"][0]), record["sql"], record["id"]))
    yield from ({"record": "trouble", "fact": fact} for fact in joined.troubles)


def _place(site: dict[str, Any]) -> tuple[str, int, str, str]:
    return site["file"] or "\uffff", site["line"] or 0, site["caller"], site["alias"]


def _lines(part: Path) -> Iterator[dict[str, Any]]:
    for line in part.read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)


def _process(joined: Joined, record: dict[str, Any], part: Path) -> None:
    joined.processes.append(record)


def _model(joined: Joined, record: dict[str, Any], part: Path) -> None:
    joined.models.setdefault(record["id"], record)


def _statement(joined: Joined, record: dict[str, Any], part: Path) -> None:
    joined.statements.setdefault(record["id"], record)


def _site(joined: Joined, record: dict[str, Any], part: Path) -> None:
    key = tuple(record[name] for name in ("statement", "alias", "file", "line", "function", "caller"))
    known = joined.sites.setdefault(
        key,
        {
            **{name: value for name, value in record.items() if name not in ("record", "slot")},
            "count": 0,
            "most_in_scope": 0,
            "repeated_scopes": 0,
        },
    )
    total, most, repeated = _counts(part, record["slot"])
    known["count"] += total
    known["most_in_scope"] = max(known["most_in_scope"], most)
    known["repeated_scopes"] += repeated


def _counts(part: Path, slot: int) -> tuple[int, int, int]:
    """The counts of a slot; the line is written before its counts, so a process killed in between ran it once."""
    file = part.with_name(f"{part.stem}.{slot // _SLOTS}.counts")
    if not file.exists():
        return 1, 1, 0
    with file.open("rb") as counts:
        counts.seek(slot % _SLOTS * _COUNTS.size)
        total, most, repeated = _COUNTS.unpack(counts.read(_COUNTS.size))
    return (total, most, repeated) if total else (1, 1, 0)


def _trouble(joined: Joined, record: dict[str, Any], part: Path) -> None:
    joined.troubles[record["fact"]] = None


_JOIN = {"process": _process, "model": _model, "statement": _statement, "site": _site, "trouble": _trouble}
