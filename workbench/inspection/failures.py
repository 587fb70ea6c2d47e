"""Failures of the agent's channel as diagnostics that name the project's code, not ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.process import ChannelDied, ChannelError, ChannelTimeout
from workbench.project import Project

_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
_FOREIGN = {"site-packages", "dist-packages", "node_modules"}


def decoded(wire: Any) -> list[Diagnostic]:
    """Diagnostics as the agent sends them."""
    return msgspec.convert(wire, list[Diagnostic])


def workbench_error(failure: Exception, op: str, project: Project) -> WorkbenchError:
    """The error a user sees for a failed request."""
    for kind, describe in _FAILURES:
        if isinstance(failure, kind):
            return WorkbenchError(describe(failure, op, project))
    raise failure


def _reported(failure: ChannelError, op: str, project: Project) -> Diagnostic:
    """What the agent itself said: a ready diagnostic, the facts of one, or an exception nobody foresaw."""
    error = failure.error
    if "diagnostic" in error:
        return decoded([error["diagnostic"]])[0]
    place = Origin(error.get("name", project.settings), error.get("file"), error.get("line"))
    if "traceback" not in error:
        thing, help = error.get("thing", project.settings), error.get("help", "")
        return Diagnostic(error["kind"], place, thing, error["message"], help, Fidelity.ERROR)
    fact = f"{error['kind']}: {error['message']}"
    help = "this is a fault of the workbench: please report it with this text"
    return Diagnostic("agent-failed", place, op, fact, help, Fidelity.ERROR)


def _timed_out(failure: ChannelTimeout, op: str, project: Project) -> Diagnostic:
    place = _place(failure.tail, project)
    if failure.op == "setup":
        fact = f"importing it did not end within {failure.timeout:g} s"
        help = "the line above is where it was; start nothing at import, or allow more time: setup_timeout=…"
        return Diagnostic("load-timeout", place, project.settings, fact, help, Fidelity.ERROR)
    fact = f"did not answer within {failure.timeout:g} s; the project is loaded anew at the next call"
    return Diagnostic("agent-timeout", place, op, fact, "", Fidelity.ERROR)


def _died(failure: ChannelDied, op: str, project: Project) -> Diagnostic:
    place = _place(failure.tail, project)
    if failure.exit_code is not None and op == "setup":
        fact = f"its code ended the process with exit code {failure.exit_code} while it was loaded{_last(failure)}"
        return Diagnostic("load-exit", place, project.settings, fact, "", Fidelity.ERROR)
    fact = f"the project's process {failure.fact}{_last(failure)}"
    help = "the next call loads the project anew"
    return Diagnostic("agent-died", place, op, fact, help, Fidelity.ERROR)


def _not_started(failure: OSError, op: str, project: Project) -> Diagnostic:
    fact = f"the interpreter does not start: {failure.strerror or failure}"
    help = "name another one: python=… (--python …)"
    return Diagnostic("python-not-found", Origin(project.name), str(project.python), fact, help, Fidelity.ERROR)


def _last(failure: ChannelDied) -> str:
    """What was printed last before an exit; a signal is followed by a dump of the stack, which ``_place`` reads."""
    lines = [line.strip() for line in failure.tail.splitlines() if line.strip()]
    return f"; its last words: {lines[-1]}" if lines and failure.exit_code is not None else ""


def _place(tail: str, project: Project) -> Origin:
    """The innermost frame in the project's own code of a stack that was printed."""
    for file, line in _FRAME.findall(tail):
        path = Path(file)
        if path.is_relative_to(project.root) and not _FOREIGN & set(path.parts):
            return Origin(project.settings, str(path.relative_to(project.root)), int(line))
    return Origin(project.settings)


_FAILURES: tuple[tuple[type[Exception], Any], ...] = (
    (ChannelError, _reported),
    (ChannelTimeout, _timed_out),
    (ChannelDied, _died),
    (OSError, _not_started),
)
