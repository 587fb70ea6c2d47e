"""A JupyterLab of our own: a free port, no token, no news, and nothing of the user's configuration."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE = 60  # seconds until the server has to answer; it takes three to five
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of view stay in the document
    "docmanager-extension/plugin": {"autosave": False},
}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


class Lab:
    """A running server over a folder; ``close()`` ends it and its kernels."""

    def __init__(self, root: Path, home: Path, theme: str) -> None:
        """Starts the server; ``home`` takes all its files. OSError where it does not answer in time."""
        self.port = free_port()
        self.log = home / "server.log"
        home.mkdir()
        write_settings(home, theme)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command(root, self.port), env=environment(home), stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/api", timeout=2).close()
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.1)
            else:
                return
        self._process.kill()
        raise OSError(f"JupyterLab does not answer:\n{self.log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def write_settings(home: Path, theme: str) -> None:
    """The user settings of the run."""
    for name, values in {**SETTINGS, "apputils-extension/themes": {"theme": THEMES[theme]}}.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


def environment(home: Path) -> dict[str, str]:
    """Every folder that Jupyter and IPython would look for at home lies in ``home``."""
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {
        **os.environ,
        **{name: str(home / folder) for name, folder in folders.items()},
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


def command(root: Path, port: int) -> list[str]:
    """The server's command line."""
    options = {
        "--ip": "127.0.0.1",
        "--port": str(port),
        "--ServerApp.port_retries": "0",
        "--IdentityProvider.token": "",
        "--ServerApp.password": "",
        "--ServerApp.disable_check_xsrf": "True",
        "--ServerApp.root_dir": str(root),
        "--LabApp.expose_app_in_browser": "True",
        "--LabApp.news_url": "",
        "--LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        *(f"{name}={value}" for name, value in options.items()),
    ]  # fmt: skip
