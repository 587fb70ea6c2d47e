"""Random small schemas: a parent, a child that refers to it, and sometimes a third table."""

from __future__ import annotations

from random import Random


def schema(random: Random) -> str:
    """CREATE TABLE statements that PostgreSQL and SQLite both take."""

    def null() -> str:
        return random.choice(("", " NOT NULL"))

    unique = random.choice(("", " UNIQUE", " UNIQUE"))
    check = random.choice(("", " CHECK (n >= 0)", " CHECK (n <> 2)"))
    parent = f"CREATE TABLE p (id integer NOT NULL PRIMARY KEY, n integer{null()}{check}, s varchar(5){null()}{unique})"
    together = random.choice(("", ", UNIQUE (p_id, k)"))
    child = (
        f"CREATE TABLE c (id integer NOT NULL PRIMARY KEY, p_id integer{null()} REFERENCES p (id), "
        f"k integer{null()}, s varchar(5){null()}{together})"
    )
    loose = (
        f"CREATE TABLE g (a integer{null()}, n integer{null()}, s varchar(5), b boolean{null()}, d date{null()}, "
        f"m numeric(6, 2){null()})"
    )
    return ";\n".join((parent, child, loose)) + ";"


COLUMNS = {
    "p": {"id": "int", "n": "int", "s": "text"},
    "c": {"id": "int", "p_id": "int", "k": "int", "s": "text"},
    "g": {"a": "int", "n": "int", "s": "text", "b": "truth", "d": "day", "m": "decimal"},
}

# the same values in several spellings: what a literal says depends on what it stands beside
SPELLINGS = {
    "truth": ("TRUE", "FALSE", "'t'", "'f'", "'true'", "'false'", "'no'", "'1'", "'0'"),
    "day": ("'2020-01-01'", "'2020-1-1'", "'20200101'", "'2020-01-02'", "'2019-12-31'"),
    "decimal": ("1", "1.0", "'1'", "'1.00'", "1.5", "'-1'", "0.01", "0"),
    "int": ("1", "'1'", "' 1'", "'01'", "1.0", "1.5", "2", "'-1'"),
}
