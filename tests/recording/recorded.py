"""Runs the workbench's own commands on the projects of this folder, and lists what was recorded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.queries.recording import RecordedStatement, Recording, read_recording

PROJECTS = Path(__file__).parent / "projects"
WORKBENCH = str(Path(sys.executable).with_name("workbench"))


def copied(project: str, folder: Path) -> Path:
    """A copy that a command may write into."""
    return Path(shutil.copytree(PROJECTS / project, folder / project))


def run(
    command: Sequence[str], cwd: Path, env: dict[str, str] | None = None, timeout: float = 600
) -> subprocess.CompletedProcess[str]:
    """The command with its output; the limit is only a fuse."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout)


def record(
    command: Sequence[str], cwd: Path, out: Path, *options: str, env: dict[str, str] | None = None
) -> tuple[subprocess.CompletedProcess[str], Recording]:
    """``workbench record`` over the command: its output, and the recording."""
    done = run([WORKBENCH, "record", "--out", str(out), *options, "--", *command], cwd, env)
    return done, read_recording(out)


def listing(recording: Recording) -> str:
    """What a recording says of the project's own code, a line a statement and a line a call site."""
    lines = []
    for statement in recording.statements:
        sites = [site for site in statement.sites if site.file is not None]
        if sites:
            lines.append(f"{statement.kind} {statement.model or '-'} {statement.intent} {statement.shape}")
            lines += [f"  {_sql(statement)}"]
            lines += [
                f"  {site.file}:{site.line} {site.function} {site.caller} ×{site.count}"
                f" most {site.most_in_scope} {site.alias} {'atomic' if site.transaction else 'autocommit'}"
                for site in sites
            ]
    return "\n".join(lines) + "\n"


def _sql(statement: RecordedStatement) -> str:
    return f"{statement.sql} {list(statement.parameters)}"
