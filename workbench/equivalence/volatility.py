"""Functions whose answer depends on the call: they never match, not even with themselves."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.walking import ByType

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


def volatile_calls(kinds: ByType) -> tuple[str, ...]:
    """Names of the volatile functions among a tree's nodes, sorted."""
    found = {kind.__name__.lower() for kind in _VOLATILE_NODES if kind in kinds}
    found |= {n.name.lower() for n in kinds.get(exp.Anonymous, ()) if n.name.lower() in _VOLATILE_NAMES}
    return tuple(sorted(found))


def reads_the_clock(kinds: ByType) -> bool:
    """Does a tree ask for the statement's own time, which is one value for both sides of a comparison?"""
    return any(kind in kinds for kind in _MOMENT_NODES)
