"""Agent: a loaded project, behind the process that runs in the project's own interpreter.

Opening a project runs its code: its settings, its models, its apps' ``ready()``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from workbench.diagnostic import Diagnostic
from workbench.inspection import archive, failures
from workbench.inspection.call_sites import named_otherwise, with_call_sites
from workbench.inspection.records import Inspection
from workbench.process import Channel, ChannelFailure, Hook
from workbench.project import Project

_TRACE_BEFORE = 0.9  # of the time-out: then the stack is printed that tells where loading stands
_REQUEST_TIMEOUT = 120.0  # seconds


class Agent:
    """Loads the project at the first request; after a crash or a time-out the next request loads it again."""

    def __init__(
        self,
        project: Project,
        *,
        dialect: str = "postgres",
        databases: Mapping[str, Mapping[str, Any]] | None = None,
        setup_timeout: float = 60,
    ) -> None:
        """``databases`` (Django's form; "default" stands for every alias not named) replace the project's own."""
        self.project, self.dialect = project, dialect
        self.diagnostics: list[Diagnostic] = []  # of the last loading: apps left out, settings replaced
        self._databases, self._setup_timeout = databases, setup_timeout
        self._channel: Channel | None = None

    def inspect(self) -> Inspection:
        """Everything Django reports of the project; what could not be loaded is among its diagnostics."""
        with ThreadPoolExecutor(1) as beside:  # reading the source needs no loaded project
            sites = beside.submit(self._read_call_sites)
            record = self.request("inspect")
            known = [*self._left_out, *record["diagnostics"]]
            read = sites.result()
            renamed = named_otherwise(record, read, self.project.root)
            read = self._read_call_sites(renamed) if renamed else read
            return msgspec.convert(with_call_sites({**record, "diagnostics": known}, read), Inspection)

    def ddl(self) -> dict[str, Any]:
        """Django's own DDL: ``statements``, ``deferred``, ``extensions``, ``collations``, ``diagnostics``."""
        return dict(self.request("ddl"))

    def urls(self) -> list[Diagnostic]:
        """Imports the URLconf, which fails apart from the models; says why."""
        return failures.decoded(self.request("urls")["diagnostics"])

    def request(self, op: str, *, timeout: float = _REQUEST_TIMEOUT, **payload: Any) -> Any:
        """The answer of one of the agent's operations; WorkbenchError with what the project's code did."""
        return self._asked(self._loaded(), op, timeout, payload)

    def close(self) -> None:
        """Ends the project's process; a later request would load it again."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def __enter__(self) -> Agent:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _loaded(self) -> Channel:
        if self._channel is not None and self._channel.running:
            return self._channel
        self.close()
        left_out: list[str] = []
        self._left_out: list[Any] = []
        while True:
            channel, answer = self._load(left_out)
            if answer["retry_without"] is None:
                self.diagnostics = failures.decoded([*self._left_out, *answer["diagnostics"]])
                self._channel = channel
                return channel
            channel.close()
            left_out.append(answer["retry_without"])
            self._left_out += [_left_out(answer["retry_without"], found) for found in answer["diagnostics"]]

    def _load(self, left_out: list[str]) -> tuple[Channel, Any]:
        hook = Hook("setup", self._setup_timeout, self._setup(left_out))
        channel = self._process("project", hook)
        try:
            return channel, channel.start()[0]
        except (ChannelFailure, OSError) as failure:
            channel.close()
            raise failures.workbench_error(failure, "setup", self.project) from None

    def _setup(self, left_out: list[str]) -> dict[str, Any]:
        libpq = archive.libpq()
        return {
            "root": str(self.project.root),
            "paths": [str(path) for path in self.project.paths],
            "settings": self.project.settings,
            "dialect": self.dialect,
            "databases": self._databases,
            "absent": str(archive.absent_socket()),
            "psycopg": str(archive.lent_driver()),
            "libpq": str(libpq) if libpq else None,
            "without": left_out,
            "trace_after": self._setup_timeout * _TRACE_BEFORE,
        }

    def _asked(self, channel: Channel, op: str, timeout: float, payload: Mapping[str, Any]) -> Any:
        try:
            return channel.request(op, timeout=timeout, **payload)
        except (ChannelFailure, OSError) as failure:
            raise failures.workbench_error(failure, op, self.project) from None

    def _read_call_sites(self, apps: Mapping[str, str] | None = None) -> Any:
        paths = [str(path) for path in self.project.paths]
        where = {"root": str(self.project.root), "paths": paths, "apps": dict(apps or {})}
        with self._process("source") as channel:
            return self._asked(channel, "call_sites", _REQUEST_TIMEOUT, where)

    def _process(self, name: str, *hooks: Hook) -> Channel:
        argv = [self.project.python, archive.agent_archive()]
        return Channel(argv, name=name, env=_environment(self.project), cwd=self.project.folder, hooks=hooks)


def _environment(project: Project) -> dict[str, str]:
    """Ours and the project's variables, less what a notebook sets for itself; no bytecode is written."""
    # Django prints sets into some of its SQL: their order is the same in every session, and in Dask's workers, which
    # come with a seed of their own
    merged = {**os.environ, "PYTHONHASHSEED": "0", **project.env}
    if merged.get("MPLBACKEND", "").startswith("module://"):
        del merged["MPLBACKEND"]  # the kernel's plotting module, which is not installed over there
    merged.pop("__PYVENV_LAUNCHER__", None)  # macOS: would make every interpreter believe to be ours
    return {**merged, "DJANGO_SETTINGS_MODULE": project.settings, "PYTHONDONTWRITEBYTECODE": "1"}


def _left_out(entry: str, found: dict[str, Any]) -> dict[str, Any]:
    """The diagnostic of an app that does not load, which says what was done about it."""
    help = f"{entry} is left out, the rest is shown"
    return {**found, "help": f"{found['help']}; {help}" if found["help"] else help}
