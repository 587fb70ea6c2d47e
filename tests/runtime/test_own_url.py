"""What ``--database-url`` names, and the secret in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.runtime.own_url import own_url


@pytest.mark.parametrize(
    ("text", "dialect", "password"),
    [
        ("postgresql://reader:hush@host/name", "postgres", "hush"),
        ("postgres://reader:hu%20sh@host:5433/name?sslmode=require", "postgres", "hu sh"),
        ("postgresql://reader@host/name?password=hush", "postgres", "hush"),
        ("postgresql:///name", "postgres", ""),
        ("sqlite:////tmp/a%20b.db", "sqlite", ""),
    ],
)
def test_it_is_read(text: str, dialect: str, password: str) -> None:
    url = own_url(text, "sqlite" if dialect == "sqlite" else "postgres")
    assert (url.dialect, url.password) == (dialect, password)
    assert "hu" not in repr(url)


def test_a_sqlite_path_is_relative_or_full() -> None:
    assert own_url("sqlite:///data/rel.db", "sqlite").path == Path("data/rel.db")
    assert own_url("sqlite:////data/full%20one.db", "sqlite").path == Path("/data/full one.db")


def test_the_password_is_masked_however_it_is_spelled() -> None:
    url = own_url("postgresql://reader:p%40ss%2fword@host/name", "postgres")
    assert url.masked("p@ss/word p%40ss/word p%40ss%2Fword p%40ss%2fword") == "*** *** *** ***"


MISTAKES = {
    "": "it is no URL",
    "host=here password=hush": "it is no URL",
    "mysql://reader:hush@host/name": "there is no driver for mysql here: PostgreSQL and SQLite are known",
    "oracle+hush://x": "there is no driver for oracle+hush here: PostgreSQL and SQLite are known",
    "sqlite:////tmp/a.db": "it names a sqlite database, and the project is read for postgres",
    "postgresql://reader:hu%sh@host/name": "PostgreSQL's client cannot read it",
    "postgresql://reader:hush@host/name?colour=red": "PostgreSQL's client cannot read it",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_what_it_cannot_be_is_said(text: str) -> None:
    with pytest.raises(WorkbenchError) as failure:
        own_url(text, "postgres")
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.fact.startswith(MISTAKES[text])
    assert "reader:hush" not in str(failure.value) and diagnostic.help


@pytest.mark.parametrize("text", ["sqlite://", "sqlite:///", "sqlite://data/rel.db"])
def test_a_sqlite_url_names_a_file(text: str) -> None:
    with pytest.raises(WorkbenchError, match="it names no file"):
        own_url(text, "sqlite")


def test_the_dialect_goes_with_the_project() -> None:
    with pytest.raises(WorkbenchError, match="Give --dialect postgres beside it"):
        own_url("postgresql:///name", "sqlite")
