"""Enough users and objects for a matrix, beside what Django itself has put into the scratch database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.equivalence.engine import Refused
from workbench.policies.cases.plan import Plan, Subject
from workbench.policies.cases.profiles import Profile, at_random, in_other_states
from workbench.policies.models import Models
from workbench.policies.policy import Permission
from workbench.session.backends import ScratchDatabase
from workbench.session.permissions.affinity import with_numbers
from workbench.session.permissions.constraints import Constraints
from workbench.session.permissions.data import FIRST, FURNISHED, MatrixData
from workbench.session.permissions.grants import add_grants, cross_grants
from workbench.verdict import TableRows

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

_FILL_SEEDS = range(100, 120)


def matrix_data(
    shop: Workbench, tried: Plan, database: ScratchDatabase, fits: Constraints, decisions: int
) -> tuple[MatrixData, Plan]:
    """Users and objects for the plan, and more of them until there are so many decisions to take."""
    models = fits.models
    known = [_rows(shop, database, models.record(label).table) for label in _furnished(models)]
    data = MatrixData(with_numbers(shop.catalog), models, _permission_keys(models, known), known)
    data.add_users((*tried.askers, *tried.holders))
    for subject in tried.subjects:
        for case in subject.cases:
            data.add_object(case)
        if not subject.cases:
            data.add_bare(subject.model)
    if shop.policies.guardian is not None:
        add_grants(tried, data, shop.policies.guardian)
        cross_grants(tried, data, shop.policies.guardian)
    return data, _fill_up(tried, data, fits, decisions)


def _fill_up(tried: Plan, data: MatrixData, fits: Constraints, decisions: int) -> Plan:
    """Until the questions are enough: holders in other states, more objects of models with rules, more users."""
    if decisions > _questions(tried, data):
        tried = _with_holders(tried, data, in_other_states(tried.holders))
    _more_objects(tried, data, fits, decisions)
    missing = decisions - _questions(tried, data)
    if missing > 0 and tried.general:
        names = [permission.name for permission in tried.general]
        tried = _with_holders(tried, data, at_random(names, -(-missing // len(names)), _FILL_SEEDS[0]))
    return tried


def _more_objects(tried: Plan, data: MatrixData, fits: Constraints, decisions: int) -> None:
    """At random, a round for each model; models of which rules read little have few objects that differ."""
    turn = [subject for subject in tried.subjects if not subject.node.empty()]
    a_round = len(tried.askers) * sum(len(_ruled(subject)) for subject in turn)
    for seed in _FILL_SEEDS:
        missing = decisions - _questions(tried, data)
        for subject in turn if missing > 0 else ():
            for case in subject.more(-(-missing // a_round), seed, data.models, fits):
                data.add_object(case)


def _with_holders(tried: Plan, data: MatrixData, found: tuple[Profile, ...]) -> Plan:
    data.add_users(found)
    return replace(tried, holders=(*tried.holders, *found))


def _ruled(subject: Subject) -> list[Permission]:
    return [permission for permission in subject.permissions if permission.rule is not None]


def _questions(tried: Plan, data: MatrixData) -> int:
    """Those about rules, which more objects make more of, and those without an object."""
    about = sum(len(data.rows.objects(one.model)) * len(_ruled(one)) for one in tried.subjects) * len(tried.askers)
    return about + len(data.users) * len(tried.general)


def _furnished(models: Models) -> list[str]:
    """Tables that Django fills itself."""
    return [label for label in (*FURNISHED, models.user) if models.has(label)]


def _rows(shop: Workbench, database: ScratchDatabase, table: str) -> TableRows:
    found = shop.backend.rows(database, table)
    if any(isinstance(row[0], int) and row[0] >= FIRST for row in found.rows):
        raise Refused(f"{table} holds keys past {FIRST}")
    return found


def _permission_keys(models: Models, known: Sequence[TableRows]) -> dict[str, int]:
    """The key of each permission by its full name, out of Django's own rows."""
    if not models.has("auth.Permission"):
        return {}
    tables = {table.table: table for table in known}
    types = _named(tables[models.record("contenttypes.ContentType").table])
    apps = {row["id"]: row["app_label"] for row in types}
    rows = _named(tables[models.record("auth.Permission").table])
    return {f"{apps[row['content_type_id']]}.{row['codename']}": int(row["id"]) for row in rows}


def _named(table: TableRows) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]
