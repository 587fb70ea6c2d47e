"""Schema statements told apart by their table."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAME = r'(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`)'
_INDEX = rf"CREATE (?:UNIQUE )?INDEX (?P<index>{_NAME}) ON"
_SUBJECT = re.compile(rf"(?:CREATE TABLE|DROP TABLE|ALTER TABLE|COMMENT ON \w+|{_INDEX}) (?P<table>{_NAME})")


def table_of(statement: str) -> str | None:
    """The table that the statement makes, alters or indexes: it names it first, quoted. None where it does not."""
    found = _SUBJECT.match(statement)
    return _bare(found["table"]) if found else None


def index_of(statement: str) -> str | None:
    """The name of the index that the statement makes."""
    found = _SUBJECT.match(statement)
    return _bare(found["index"]) if found and found["index"] else None


def about(statements: Sequence[str], table: str) -> list[str]:
    """The statements whose table it is."""
    return [statement for statement in statements if table_of(statement) == table]


def _bare(name: str) -> str:
    return name[1:-1].replace(name[0] * 2, name[0])
