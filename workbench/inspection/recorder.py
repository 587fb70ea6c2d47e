"""The environment under which a command records its queries: a folder at the head of PYTHONPATH, and variables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

_AGENT = Path(__file__).parent / "agent"
_BOOTSTRAP = "recording_bootstrap.py"


def lay_out(folder: Path) -> None:
    """Writes what the recorded interpreters import: our ``sitecustomize`` and, apart from it, the agent."""
    package = folder / "agent" / "workbench_agent"
    package.mkdir(parents=True)
    for file in _AGENT.glob("*.py"):
        if file.name != _BOOTSTRAP:
            shutil.copyfile(file, package / file.name)
    shutil.copyfile(_AGENT / _BOOTSTRAP, folder / "sitecustomize.py")


def environment(folder: Path, parts: Path, root: Path, redact: bool, given: Mapping[str, str]) -> dict[str, str]:
    """``given`` with the recorder: every Python process that inherits it, however started, records into ``parts``.

    ``root`` is the folder whose code is the project's own.
    """
    paths = [str(folder), *filter(None, [given.get("PYTHONPATH")])]
    return {
        **given,
        "PYTHONPATH": os.pathsep.join(paths),
        "WORKBENCH_RECORD": str(parts),
        "WORKBENCH_RECORD_ROOT": str(root),
        "WORKBENCH_RECORD_REDACT": "1" if redact else "",
    }
