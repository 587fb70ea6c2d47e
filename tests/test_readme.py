"""The README's session is run and must print what it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- session -->\n```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```", re.S)


def test_the_session_prints_what_the_readme_says(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """Code and output are the README's own."""
    found = BLOCK.search(README)
    assert found, "the README opens with a session"
    monkeypatch.chdir(ROOT)
    exec(compile(found["code"], "README.md", "exec"), {})
    assert capsys.readouterr().out == found["output"]


def test_the_commands_that_ci_runs_are_the_readme_s() -> None:
    """The line behind the marker that .ci/run looks for, as a person would copy it."""
    commands = re.findall(r"<!-- (lab|tests) -->\n```sh\n(.*)\n```", README)
    assert [name for name, _ in commands] == ["lab", "tests"]
    assert all(command.startswith("python3 -m venv .venv && ") for _, command in commands)


def test_nobody_is_told_to_install_another_package_of_that_name() -> None:
    """The name ``workbench`` on the package index belongs to somebody else."""
    told = "pip install " + "workbench"
    texts = [
        path
        for folder in ("workbench", "notebooks", "tests")
        for path in (ROOT / folder).rglob("*.[pi][yp]*")
        if path.is_file()
    ]
    assert not [path.name for path in [ROOT / "README.md", *texts] if told in path.read_text(encoding="utf-8")]
