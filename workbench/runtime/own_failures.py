"""What a user is told of a database of their own that cannot be reached, or was lost: one line, never a secret."""

from __future__ import annotations

import re

from workbench.diagnostic import WorkbenchError
from workbench.runtime.driver import psycopg
from workbench.runtime.own_url import OwnUrl, mistake

READS = "The workbench only reads, in a transaction that it rolls back."

_NO_SSL = "Use a client that has SSL: pip install 'psycopg[binary]' where the workbench is installed."
# libpq's words -> code, and what to do; the libpq of the PostgreSQL wheel was built without SSL
_UNREACHABLE = (
    ("SSL support is not compiled in|no encryption", "database-url-ssl", _NO_SSL),
    ("no pg_hba.conf entry", "database-url-admission", "The server admits no such user from here."),
    ("password authentication failed|no password supplied", "database-url-password", "Check user and password."),
    ("role .* does not exist|not permitted to log in", "database-url-password", "Check the user: it may not log in."),
    ("permission denied for database", "database-url-privilege", "Give the user CONNECT on this database."),
    ("database .* does not exist", "database-url-missing", "Check the database's name, the last part of the URL."),
    ("SSL|sslmode|certificate", "database-url-ssl", "Check sslmode and the certificates that the URL names."),
    ("could not translate host name|failed to resolve host", "database-url-host", "Check the host's name."),
    ("", "database-url-unreachable", "Check host and port, and that the server runs and can be reached from here."),
)
_LOST = ("57P", "08")  # SQLSTATEs of a server that shuts down, of a connection that broke


def unreachable(error: psycopg.Error, url: OwnUrl) -> WorkbenchError:
    """The error of a connection that was not made."""
    fact = url.masked(_line(error))
    code, help = next((code, help) for words, code, help in _UNREACHABLE if re.search(words, fact))
    return mistake(code, fact, f"{help} {READS}")


def broken(error: psycopg.Error, url: OwnUrl) -> WorkbenchError:
    """The error of a connection that was lost, or of a database that refuses what we ask about its tables."""
    fact, state = url.masked(_line(error)), error.sqlstate
    if isinstance(error, psycopg.OperationalError) and (state is None or state.startswith(_LOST)):
        return mistake("database-url-lost", fact, f"Run it again once the server answers. {READS}")
    help = f"The transaction could not be prepared, or the tables' definitions not be read. {READS}"
    return mistake("database-url-refused", f"{state} {fact}" if state else fact, help)


def _line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
