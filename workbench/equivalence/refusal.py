"""How a query that cannot be read is refused: one line, which side, what, and why."""

from __future__ import annotations

import re

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError

_SHOWN = 80  # characters of a query's text in a message


def refuse(side: str, thing: str, fact: str) -> WorkbenchError:
    """The error to raise for a query that cannot be read."""
    return WorkbenchError(Diagnostic("query.unreadable", Origin(side), thing, fact, fidelity=Fidelity.ERROR))


def title(sql: str) -> str:
    """A query's text on one short line."""
    line = " ".join(sql.split()) or "(empty)"
    return line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "…"


def first_line(error: Exception) -> str:
    """What a parser or resolver said, without the places it points at."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    said = str(error).splitlines()[0].split(". Line", maxsplit=1)[0]
    return _TOKEN.sub(lambda token: "the end" if token[1] == "SENTINEL" else repr(token[2]), said)


_TOKEN = re.compile(r"<Token token_type: TokenType\.(\w+), text: (.*?), line: .*?>")  # how sqlglot prints a token
