"""Decisions of a generated project: its registries, guards, capabilities and filters, run in Node on real rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workbench.runtime.node import NodeWorker

_TIMEOUT = 300.0  # seconds; a fuse: 20,000 decisions and 400 filters took under 2
_STATEMENT_TIMEOUT = 30_000  # milliseconds


@dataclass(frozen=True)
class AskedRule:
    """A rule by its name in a registry, and the function that makes its filter ("" where it has none)."""

    rule: str
    filter: str = ""


@dataclass(frozen=True)
class AskedLoader:
    """The function that loads contexts."""

    module: str
    contexts: str


@dataclass(frozen=True)
class AskedGeneral:
    """A rule that is asked without an object."""

    module: str
    registry: str
    rule: str


@dataclass(frozen=True)
class AskedSubject:
    """Rules of one registry, asked about the objects of one table (``keys``: whole numbers or texts)."""

    module: str
    registry: str
    schema: str  # the module that declares the table
    table: str
    column: str  # of the key
    keys: tuple[Any, ...]
    rules: tuple[AskedRule, ...]
    loader: AskedLoader | None = None


@dataclass(frozen=True)
class SubjectAnswers:
    """For each viewer and object a text, a letter a rule ("1" allowed): by three layers; and the rows of filters.

    ``rows``: for each viewer and rule the keys that the filter keeps, None where there is no filter. ``queries``:
    how many the contexts of all objects together took.
    """

    can: list[list[str]]
    write: list[list[str]]
    shown: list[list[str]]
    rows: list[list[list[Any] | None]]
    queries: int


@dataclass(frozen=True)
class Answers:
    """``general``: for each viewer a text, a letter a question. ``told``: why rules denied without an answer."""

    general: list[str]
    subjects: tuple[SubjectAnswers, ...]
    told: Mapping[str, str]


def decide(
    worker: NodeWorker,
    key: str,
    settings: Mapping[str, Any],
    users: Sequence[int | None],
    askers: int,
    general: Sequence[AskedGeneral],
    subjects: Sequence[AskedSubject],
) -> Answers:
    """Asks every user (None: a visitor) in general, the first ``askers`` about objects, too.

    ``key``: that of ``worker.load`` for schema and rules.

    WorkbenchError where a module or a loader fails: that is a fault of ours or of a hand-written rule.
    """
    answer = worker.ask(
        "decide",
        _TIMEOUT,
        key=key,
        settings=dict(settings),
        time_zone="UTC",
        statement_timeout=_STATEMENT_TIMEOUT,
        users=list(users),
        askers=askers,
        general=[asdict(question) for question in general],
        subjects=[asdict(subject) for subject in subjects],
    )
    found = tuple(SubjectAnswers(**subject) for subject in answer["subjects"])
    return Answers(answer["general"], found, answer["told"])
