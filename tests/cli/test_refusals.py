"""A project that does not load, a file that cannot be read or written, an option that cannot be heeded: exit code 2."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbench.cli import main

ROOT = Path(__file__).parents[2]
PROJECTS = ROOT / "tests" / "loading" / "projects"
BOOKSHOP = str(ROOT / "sample_projects" / "bookshop")
URL = ("--database-url", "postgresql://nobody:hush@127.0.0.1:9/none")
MYSQL = ("--database-url", "mysql://nobody:hush@127.0.0.1/none")

# arguments, and what stderr says of them ({tmp}: a folder of the test)
REFUSED = {
    "no manage.py": (("inspect", str(PROJECTS / "no project")), "no Django project found"),
    "two settings modules": (("inspect", str(PROJECTS / "two settings modules")), "settings"),
    "missing variable": (("inspect", str(PROJECTS / "missing variable")), "environment variable"),
    "missing package": (("inspect", str(PROJECTS / "missing package")), "[load-missing-package]"),
    "sys.exit": (("inspect", str(PROJECTS / "calls sys.exit at import")), "sys.exit"),
    "endless import": (("inspect", str(PROJECTS / "endless import"), "--timeout", "1"), "1 s"),
    "output that cannot be written": (("inspect", BOOKSHOP, "--json", "{tmp}"), "directory"),
    "output in no folder": (("inspect", BOOKSHOP, "--json", "{tmp}/none/out.json"), "No such file"),
    "querysets that are no text": (("translate", BOOKSHOP, "--querysets", "{tmp}/latin1.txt"), "not UTF-8"),
    "querysets that are a folder": (("translate", BOOKSHOP, "--querysets", "{tmp}"), "is a directory"),
    "a file without querysets": (("translate", BOOKSHOP, "--querysets", "{tmp}/comments.txt"), "--queryset"),
    "pairs that are no text": (("equiv", "--pairs", "{tmp}/latin1.txt"), "not UTF-8"),
    "no budget": (("equiv", "--pairs", "{tmp}/latin1.txt", "--budget", "0"), "--budget"),
    "a dialect that is none": (("inspect", BOOKSHOP, "--dialect", "mysql"), "mysql"),
    "no time": (("check", BOOKSHOP, "--timeout", "0"), "--timeout"),
    "own database": (("translate", BOOKSHOP, "--queryset", "Book.objects.all()", *URL), "[database-url-unreachable]"),
    "own database, checked": (("check", BOOKSHOP, *URL), "[database-url-unreachable]"),
    "own database, inspected": (("inspect", BOOKSHOP, *URL), "[database-url-unreachable]"),
    "own database of another kind": (
        ("check", BOOKSHOP, "--database-url", "mysql://a:hush@b/c"),
        "[database-url-driver]",
    ),
    "own database of another dialect": (("check", BOOKSHOP, "--dialect", "sqlite", *URL), "[database-url-dialect]"),
    "an interpreter for no project": (("lab", "--python", sys.executable), "belong to a PROJECT"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_a_message_and_exit_code_2(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "latin1.txt").write_bytes("caf\u00e9\n".encode("latin-1"))
    (tmp_path / "comments.txt").write_text("# nothing\n\n   # indented\n")
    arguments, said = REFUSED[name]
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setattr("sys.argv", ["workbench", *(one.replace("{tmp}", str(tmp_path)) for one in arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, ""), err
    assert said in err
    assert "Traceback" not in err and "hush" not in err
