"""The environment under which a command records its queries: a folder at the head of PYTHONPATH, and variables."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_AGENT = Path(__file__).parent / "agent"
_BOOTSTRAP = "recording_bootstrap.py"


def laid_out(base: Path) -> Path:
    """The folder below ``base`` that recorded interpreters import from: made once, so that its bytecode is kept.

    It holds our ``sitecustomize`` and, apart from it, the agent.
    """
    files = sorted(_AGENT.glob("*.py"))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
    folder = base / digest
    if not folder.is_dir():
        base.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=base) as made:
            _lay_out(Path(made) / "new", files)
            with contextlib.suppress(OSError):  # another process was first
                (Path(made) / "new").rename(folder)
    return folder


def _lay_out(folder: Path, files: Sequence[Path]) -> None:
    package = folder / "agent" / "workbench_agent"
    package.mkdir(parents=True)
    for file in files:
        shutil.copyfile(file, folder / "sitecustomize.py" if file.name == _BOOTSTRAP else package / file.name)


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
