"""Functions whose answer depends on the call: they never match, not even with themselves."""

from __future__ import annotations

from sqlglot import exp

# PostgreSQL: pg_proc.provolatile = 'v' among what queries call; SQLite: its non-deterministic functions.
_VOLATILE_NAMES = frozenset(
    {
        "random",
        "random_normal",
        "setseed",
        "randomblob",
        "gen_random_uuid",
        "uuid_generate_v1",
        "uuid_generate_v4",
        "uuidv4",
        "uuidv7",
        "clock_timestamp",
        "timeofday",
        "nextval",
        "currval",
        "lastval",
        "setval",
        "pg_sleep",
        "last_insert_rowid",
        "changes",
        "total_changes",
        "txid_current",
        "pg_advisory_lock",
        "pg_try_advisory_lock",
    }
)
_VOLATILE_NODES = (exp.Rand, exp.Randn, exp.Uuid, exp.NextValueFor, exp.TableSample)
_MOMENT_NODES = (exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime, exp.CurrentDatetime, exp.Localtime)


def volatile_calls(tree: exp.Expr) -> tuple[str, ...]:
    """Names of the volatile functions that the tree calls, sorted."""
    found = {type(node).__name__.lower() for node in tree.find_all(*_VOLATILE_NODES)}
    found |= {n.name.lower() for n in tree.find_all(exp.Anonymous) if n.name.lower() in _VOLATILE_NAMES}
    return tuple(sorted(found))


def reads_the_clock(tree: exp.Expr) -> bool:
    """Does the tree ask for the statement's own time, which is one value for both sides of a comparison?"""
    return tree.find(*_MOMENT_NODES) is not None
