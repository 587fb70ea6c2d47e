"""Where installed npm packages are kept between sessions.

``WORKBENCH_CACHE`` decides; else the user's cache folder; where that cannot be written (a read-only HOME), a folder
of this user's under the temporary folder.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError

VARIABLE = "WORKBENCH_CACHE"
_NAME = "django-drizzle-workbench"


def cache_folder() -> Path:
    """The folder, made and writable; WorkbenchError where ``WORKBENCH_CACHE`` names one that is not."""
    if chosen := os.environ.get(VARIABLE):
        folder = Path(chosen).expanduser().absolute()
        if (reason := _unwritable(folder)) is not None:
            raise _not_writable(folder, reason)
        return folder
    usual = platformdirs.user_cache_path(_NAME)
    if _unwritable(usual) is None:
        return usual
    return _temporary()


def _temporary() -> Path:
    folder = Path(tempfile.gettempdir()) / f"{_NAME}-{os.geteuid()}"
    if (reason := _unwritable(folder)) is not None:
        raise _not_writable(folder, reason)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise _not_writable(folder, "it belongs to another user")
    return folder


def _unwritable(folder: Path) -> str | None:
    """None where a file can be made in it, else the reason."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror or str(error)


def _not_writable(folder: Path, reason: str) -> WorkbenchError:
    advice = f"Set {VARIABLE} to a folder that can be written."
    return WorkbenchError(Diagnostic("cache-folder", Origin(VARIABLE), str(folder), reason, advice, Fidelity.ERROR))
