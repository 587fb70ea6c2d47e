"""Functions that reach beyond a read-only transaction: they are not called on a user's own database.

READ ONLY keeps a statement from writing rows; it does not keep ``pg_terminate_backend`` from ending somebody's
connection, nor ``dblink_exec`` from writing through one of its own. PostgreSQL calls them volatile. A volatile function
of a trusted language runs inside of the transaction; one of C or of an untrusted language may do anything, so it is
refused unless it is known to do nothing.
"""

from __future__ import annotations

import re
from typing import Any

from workbench.runtime.driver import psycopg

# volatile because they answer differently each time, or refused by READ ONLY itself
_HARMLESS = (
    *("random", "random_normal", "setseed", "clock_timestamp", "timeofday", "pg_sleep", "set_config", "pg_notify"),
    *("gen_random_uuid", "uuidv4", "uuidv7", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4"),
    *("nextval", "setval", "currval", "lastval"),
)
OUTSIDE = f"""
SELECT p.proname::text FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.provolatile = 'v' AND NOT l.lanpltrusted AND l.lanname <> 'sql' AND p.proname::text = ANY($1::text[])
AND p.proname::text NOT IN ({", ".join(f"'{name}'" for name in _HARMLESS)}) ORDER BY 1 LIMIT 1
"""
ESCAPED = 'u&"'  # the start of an identifier whose letters are written as numbers
UNREADABLE = 'it has an identifier written with U&"…": what it calls cannot be told'
_NAME = re.compile(r'"((?:[^"]|"")+)"|([^\W\d][\w$]*)')


def names_in(sql: str) -> list[str]:
    """Every name in a text, as PostgreSQL folds it: comments and literals may hold more of them than it has."""
    return sorted({quoted.replace('""', '"') or plain.lower() for quoted, plain in _NAME.findall(sql)})


def reaching_outside(connection: psycopg.Connection[Any], sql: str) -> str:
    """Why a statement is not run; "" where it is."""
    if ESCAPED in sql.lower():
        return UNREADABLE
    found = connection.execute(OUTSIDE.replace("$1", "%s").encode(), [names_in(sql)]).fetchone()
    return f"it calls {found[0]}(), which may act outside of the read-only transaction" if found else ""
