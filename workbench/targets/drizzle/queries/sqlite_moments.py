"""Django's own functions of dates on SQLite as plain SQL that gives the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.scalars import Node, operand, scalar
from workbench.targets.drizzle.queries.sqlite_functions import ZONES, shown
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Big, Expression, Literal

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

_PARTS = {
    "year": "year",
    "month": "month",
    "day": "dayOfMonth",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
    "quarter": "quarter",
    "week": "isoWeek",
    "week_day": "weekDay",
    "iso_week_day": "isoWeekDay",
    "iso_year": "isoYear",
}
_PARTS_OF_TIME = {"hour": "hourOfTime", "minute": "minuteOfTime", "second": "secondOfTime"}
_CLOCK_PARTS = ("hour", "minute", "second")
_MOMENTS = {True: ("datetime",), False: ("date", "datetime")}  # by whether the clock is looked at
_DAYS = {f"{unit}": f"startOf{unit.title()}" for unit in ("year", "quarter", "month", "week", "day")}
_CLOCKS = {f"{unit}": f"startOf{unit.title()}" for unit in ("hour", "minute", "second")}
_TIMES = {f"{unit}": f"timeTo{unit.title()}" for unit in ("hour", "minute", "second")}


def _of(m: Module, node: Node, scope: Scope, *kinds: str) -> Expression:
    """An operand of one of these types, or a constant: Django looks at each value, SQL is written for the type."""
    value = value_of(m.w, node)
    if value is not MISSING:
        return operand(m, node, scope)
    term = scalar(m, node, scope)
    if term.type not in kinds:
        fact = f"Django looks at each value: it is not known to be a {' or '.join(kinds)}"
        raise Untranslatable(shown(node), fact)
    return term.code


def _date_extract(m: Module, node: Node, scope: Scope) -> Term:
    unit, moment, *zones = node.expressions
    _in_utc(m, node, zones)
    helper = _chosen(m, node, _PARTS, unit)
    return Term(m.w.helper(helper, _of(m, moment, scope, *_MOMENTS[helper in _CLOCK_PARTS])), "integer")


def _time_extract(m: Module, node: Node, scope: Scope) -> Term:
    unit, time = node.expressions
    return Term(m.w.helper(_chosen(m, node, _PARTS_OF_TIME, unit), _of(m, time, scope, "time")), "integer")


def _date_trunc(m: Module, node: Node, scope: Scope) -> Term:
    unit, day, *zones = node.expressions
    _in_utc(m, node, zones)
    return Term(m.w.helper(_chosen(m, node, _DAYS, unit), _of(m, day, scope, *_MOMENTS[False])), "date")


def _datetime_trunc(m: Module, node: Node, scope: Scope) -> Term:
    unit, moment, *zones = node.expressions
    _in_utc(m, node, zones)
    helper = _chosen(m, node, _DAYS | _CLOCKS, unit)
    code = m.w.helper(helper, _of(m, moment, scope, *_MOMENTS[helper in _CLOCKS.values()]))
    return Term(m.w.helper("atMidnight", code) if helper in _DAYS.values() else code, "datetime")


def _time_trunc(m: Module, node: Node, scope: Scope) -> Term:
    unit, time, *zones = node.expressions
    _in_utc(m, node, zones)
    code, helper = _of(m, time, scope, "time", "datetime"), _chosen(m, node, _TIMES, unit)
    if _kind(m, time, scope) == "datetime":
        code = m.w.helper("timeOfMoment", code)
    return Term(m.w.helper(helper, code), "time")


def _cast_date(m: Module, node: Node, scope: Scope) -> Term:
    moment, *zones = node.expressions
    _in_utc(m, node, zones)
    return Term(m.w.helper("startOfDay", _of(m, moment, scope, *_MOMENTS[False])), "date")


def _cast_time(m: Module, node: Node, scope: Scope) -> Term:
    moment, *zones = node.expressions
    _in_utc(m, node, zones)
    return Term(m.w.helper("timeOfMoment", _of(m, moment, scope, "datetime")), "time")


def _timestamp_diff(m: Module, node: Node, scope: Scope) -> Term:
    return _difference(m, node, scope, "microseconds", *_MOMENTS[False])


def _time_diff(m: Module, node: Node, scope: Scope) -> Term:
    return _difference(m, node, scope, "microsecondsOfTime", "time")


def _difference(m: Module, node: Node, scope: Scope, helper: str, *kinds: str) -> Term:
    left, right = (m.w.helper(helper, _of(m, side, scope, *kinds)) for side in node.expressions)
    return Term(m.w.helper("subtract", left, right), "integer")


def _combined(m: Module, node: Node, scope: Scope) -> Term:
    """``django_format_dtdelta``: a moment or date moved by an interval, or an interval multiplied."""
    connector, left, right = node.expressions
    if None in (value_of(m.w, left), value_of(m.w, right)):
        return Term(m.w.constant("nothing"))
    operator = str(value_of(m.w, connector)).strip()
    if operator in ("*", "/"):
        return _scaled(m, node, scope, operator, left, right)
    kinds = [_kind(m, side, scope) for side in (left, right)]
    if operator == "+" and kinds[0] == "interval":
        left, right, kinds = right, left, kinds[::-1]
    helper = {"datetime": "later", "date": "daysLater"}.get(kinds[0])
    if helper is None or kinds[1] != "interval":
        raise Untranslatable(shown(node), f"Django computes it in Python from a {kinds[0]} and a {kinds[1]}")
    moved = operand(m, right, scope) if operator == "+" else _negated(m, right, scope)
    return Term(m.w.helper(helper, operand(m, left, scope), moved), kinds[0])


def _negated(m: Module, node: Node, scope: Scope) -> Expression:
    value = value_of(m.w, node)
    return Big(-value) if isinstance(value, int) else m.w.helper("negate", operand(m, node, scope))


def _scaled(m: Module, node: Node, scope: Scope, operator: str, left: Node, right: Node) -> Term:
    """Python divides whole numbers into fractions."""
    sides = [operand(m, side, scope) for side in (left, right)]
    if any(isinstance(value_of(m.w, side), str) for side in (left, right)):
        raise Untranslatable(shown(node), "Django computes it in Python, of a text")
    if operator == "*":
        return Term(m.w.helper("multiply", *sides), "numeric")
    return Term(m.w.helper("divide", m.w.helper("cast", sides[0], Literal("real")), sides[1]), "real")


def _kind(m: Module, node: Node, scope: Scope) -> str:
    """What a side is: an interval is a whole number of microseconds."""
    value = value_of(m.w, node)
    if value is MISSING:
        kind = scalar(m, node, scope).type
        return "interval" if kind in ("bigint", "integer", "numeric", "wide") else kind or "value of no known type"
    if isinstance(value, int):
        return "interval"
    return ("datetime" if " " in value else "date") if isinstance(value, str) and len(value) >= 10 else "text"


def _chosen(m: Module, node: Node, helpers: dict[str, str], unit: Node) -> str:
    name = value_of(m.w, unit)
    if name not in helpers:
        raise Untranslatable(shown(node), f"{name!r} is no part that has a form here")
    return helpers[name]


def _in_utc(m: Module, node: Node, zones: list[Node]) -> None:
    """Untranslatable where the wall time of another zone is meant than the one that is stored."""
    wanted, *stored = (value_of(m.w, zone) for zone in zones) if zones else (None,)
    if wanted is not None and [wanted] != stored:
        raise Untranslatable(shown(node), ZONES.format(zone=wanted))


WRITERS: dict[str, Callable[[Module, Node, Scope], Term]] = {
    "django_date_extract": _date_extract,
    "django_datetime_extract": _date_extract,
    "django_time_extract": _time_extract,
    "django_date_trunc": _date_trunc,
    "django_datetime_trunc": _datetime_trunc,
    "django_time_trunc": _time_trunc,
    "django_datetime_cast_date": _cast_date,
    "django_datetime_cast_time": _cast_time,
    "django_timestamp_diff": _timestamp_diff,
    "django_time_diff": _time_diff,
    "django_format_dtdelta": _combined,
}
