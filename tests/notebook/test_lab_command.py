"""The lab is that of the interpreter that runs the workbench, whatever else PATH holds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workbench.notebook import lab


def test_the_lab_is_of_this_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, env: commands.append(command) or 0)
    assert lab.start(None, options={}, browser=False) == 0
    [command] = commands
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]  # "jupyter lab" would look for jupyter-lab on PATH
    assert command[3:5] == [f"--ServerApp.root_dir={lab.tour().parent}", "--LabApp.default_url=/lab/tree/00_tour.ipynb"]
    assert command[-1] == "--no-browser"


def test_its_options_are_jupyterlabs() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "jupyterlab", *lab.QUIET, "--version"], capture_output=True, text=True
    )
    assert (shown.returncode, shown.stderr) == (0, "")


def test_it_does_not_ask_about_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "of-the-user")
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, env: asked.append(env) or 0)
    lab.start(None, options={}, browser=False)
    code = "from jupyterlab_server.config import get_page_config; from jupyter_core.paths import jupyter_config_path; "
    code += "print(jupyter_config_path()[0]); print(get_page_config(jupyter_config_path())['disabledExtensions'])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=asked[0])
    first, disabled = shown.stdout.splitlines()
    assert first == "of-the-user" and "apputils-extension:announcements" in disabled
