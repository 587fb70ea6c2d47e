"""A database that plays the user's own: its URL, and everything that a write would change in it."""

from __future__ import annotations

from urllib.parse import quote

from workbench.runtime.driver import psycopg
from workbench.runtime.postgres import Database

_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
_OBJECTS = """
SELECT 'class', oid::text, relname::text, relfilenode::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT 'function', oid::text, proname::text, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'large object', oid::text, '', '' FROM pg_largeobject_metadata
UNION ALL SELECT 'sequence', '', sequencename::text, last_value::text FROM pg_sequences
UNION ALL SELECT 'setting', setdatabase::text, setrole::text, setconfig::text FROM pg_db_role_setting
UNION ALL SELECT 'committed writes', tup_inserted::text, tup_updated::text, tup_deleted::text
FROM pg_stat_database WHERE datname = current_database()
ORDER BY 1, 2, 3
"""


def url_of(database: Database, user: str = "postgres", password: str = "") -> str:
    """What its owner would give as ``--database-url``."""
    login = f"{user}:{quote(password, safe='')}" if password else user
    return f"postgresql://{login}@/{database.name}?host={quote(database.server.host, safe='')}"


def state(database: Database) -> list[object]:
    """Every row with the transaction that wrote it, every object, every sequence, and the server's own counters."""
    with database.connect() as connection:
        connection.execute("SELECT pg_stat_force_next_flush()")
        found: list[object] = list(connection.execute(_OBJECTS).fetchall())
        for (name,) in connection.execute(_TABLES).fetchall():
            rows = psycopg.sql.SQL("SELECT xmin::text, xmax::text, ctid::text, t::text FROM {} t ORDER BY 3")
            found.append((name, connection.execute(rows.format(psycopg.sql.Identifier(name))).fetchall()))
        return found
