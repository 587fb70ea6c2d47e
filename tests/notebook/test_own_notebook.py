"""``workbench lab PROJECT --database-url``: the kernels get the URL, no file does."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.cli import main
from workbench.notebook import lab

BOOKSHOP = Path(__file__).parents[2] / "sample_projects" / "bookshop"
URL = "postgresql://reader:hush@127.0.0.1:9/name"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "user_folder", lambda: tmp_path)
    monkeypatch.setenv(lab.DATABASE_URL, "")  # put back at the end, whatever the command leaves
    monkeypatch.delenv(lab.DATABASE_URL)


def started(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[object, list[str]]:
    """The exit code, and the command that JupyterLab would have been started with."""
    commands: list[list[str]] = []
    monkeypatch.setattr(lab.subprocess, "call", lambda command, env: commands.append(command) or 0)
    monkeypatch.setattr("sys.argv", ["workbench", "lab", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, commands[0] if commands else []


def test_the_notebook_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, command = started(monkeypatch, str(BOOKSHOP), "--database-url", URL, "--no-browser")
    (notebook,) = (tmp_path / "notebooks").iterdir()
    text = notebook.read_text(encoding="utf-8")
    assert (
        code == 0
        and f"--LabApp.default_url=/lab/tree/{notebook.name}" in command
        and "hush" not in text + " ".join(command)
    )
    assert "import os" in text and 'database_url=os.environ[\\"WORKBENCH_DATABASE_URL\\"]' in text
    assert lab.os.environ[lab.DATABASE_URL] == URL


def test_the_project_s_notebook_without_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert started(monkeypatch, str(BOOKSHOP))[0] == 0
    assert started(monkeypatch, str(BOOKSHOP), "--database-url", URL)[0] == 0
    names = sorted(path.name for path in (tmp_path / "notebooks").iterdir())
    assert names == ["bookshop.ipynb", "bookshop_with_database.ipynb"]
    assert "environ" not in (tmp_path / "notebooks" / "bookshop.ipynb").read_text(encoding="utf-8")


def test_it_belongs_to_a_project(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert started(monkeypatch, "--database-url", URL) == (2, [])
    err = capsys.readouterr().err
    assert "belong to a PROJECT" in err and "hush" not in err
