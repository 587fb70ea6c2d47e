"""The URL of a user's own database (``--database-url``): what it names, and the secret in it that nothing may show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.driver import psycopg

PLACE = Origin("--database-url")
FORMS = "Write postgresql://USER:PASSWORD@HOST:PORT/NAME, or sqlite:////FULL/PATH of a file."
_SCHEMES: dict[str, Dialect] = {"postgresql": "postgres", "postgres": "postgres", "sqlite": "sqlite"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
HIDDEN = "***"


@dataclass(frozen=True)
class OwnUrl:
    """Never printed: its parts appear in messages only through :meth:`masked`."""

    text: str = field(repr=False)
    dialect: Dialect
    password: str = field(default="", repr=False)

    @property
    def path(self) -> Path:
        """The file of a SQLite URL: ``sqlite:///rel.db`` is relative, ``sqlite:////full.db`` is not."""
        return Path(unquote(urlsplit(self.text).path.removeprefix("/")))

    def masked(self, text: str) -> str:
        """The text without the password, as it stands in the URL and as it is meant."""
        written = urlsplit(self.text).password or ""
        for secret in {self.password, quote(self.password), quote(self.password, safe=""), written} - {""}:
            text = text.replace(secret, HIDDEN)
        return text


def own_url(text: str, dialect: Dialect) -> OwnUrl:
    """The parsed URL. WorkbenchError where it names no database that the project's dialect could run on."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise mistake("database-url", "it is no URL", FORMS)
    named = _SCHEMES.get(scheme[1].lower())
    if named is None:
        fact = f"there is no driver for {scheme[1].lower()} here: PostgreSQL and SQLite are known"
        raise mistake("database-url-driver", fact, FORMS)
    if named != dialect:
        fact = f"it names a {named} database, and the project is read for {dialect}"
        raise mistake("database-url-dialect", fact, f"Give --dialect {named} beside it.")
    return _sqlite(text) if named == "sqlite" else OwnUrl(text, named, _password(text))


def _sqlite(text: str) -> OwnUrl:
    parts = urlsplit(text)
    if parts.netloc or len(parts.path) < 2:
        raise mistake("database-url", "it names no file", FORMS)
    return OwnUrl(text, "sqlite")


def _password(text: str) -> str:
    """libpq's reading of it; its own message would repeat parts of the URL, so it is not shown."""
    try:
        return str(psycopg.conninfo.conninfo_to_dict(text).get("password") or "")
    except psycopg.Error:
        fact = "PostgreSQL's client cannot read it (a special character in the password is written %XX)"
        raise mistake("database-url", fact, FORMS) from None


def mistake(code: str, fact: str, help: str) -> WorkbenchError:
    """The error of an option that cannot be used."""
    return WorkbenchError(Diagnostic(code, PLACE, "database", fact, help, Fidelity.ERROR))
