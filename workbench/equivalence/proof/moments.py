"""Years, truncated moments and dates compared with constants, read as ranges of the moment they are taken of.

Each of these functions only grows with its moment, so ``f(x) < c`` is ``x < b`` for the first moment b with f(b) >= c.
Moments are whole numbers: days for a date, microseconds for a timestamp, both since the first of January of year 1.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import MAXYEAR, datetime, timedelta

from workbench.equivalence.proof.terms import App, Const, Expr, boolean

DAY = 86_400_000_000  # microseconds
_EPOCH = datetime(1, 1, 1)


def ranged(op: str, left: Expr, right: Expr) -> Expr | None:
    """A comparison of such a function with a constant, as a comparison of its moment; None for anything else."""
    for value, constant, swapped in ((left, right, False), (right, left, True)):
        if isinstance(value, App) and value.op == "utc" and isinstance(constant, Const) and constant.kind == value.kind:
            moment, place = value.args[0], _zoned(constant)
            return place and boolean(op, *((place, moment) if swapped else (moment, place)))
        bounds = _bounds(value, constant) if isinstance(constant, Const) and isinstance(value, App) else None
        if bounds is not None and isinstance(value, App):
            return _compared(op, value.args[0], *bounds, swapped)
    return None


def _zoned(constant: Const) -> Const | None:
    """The moment that the clock shows so in UTC."""
    return Const(constant.value, "timestamptz") if isinstance(constant.value, int) else None


def _order(op: str, left: Expr, right: Expr) -> Expr:
    """A comparison of the moment itself, which may be such a function, too."""
    return ranged(op, left, right) or boolean(op, left, right)


def _compared(op: str, moment: Expr, first: int, after: int, swapped: bool) -> Expr:
    """``first``: the least moment whose value is at least the constant; ``after``: the least whose value is above."""
    low, high = Const(first, moment.kind), Const(after, moment.kind)
    if op == "eq":
        if first == after:  # no moment has that value
            return boolean("and", boolean("eq", moment, moment), _order("lt", moment, low), _order("le", low, moment))
        return boolean("and", _order("le", low, moment), _order("lt", moment, high))
    if not swapped:
        return _order("lt", moment, low if op == "lt" else high)
    return _order("le", high if op == "lt" else low, moment)


def _bounds(value: App, constant: Const) -> tuple[int, int] | None:
    if not isinstance(constant.value, int) or isinstance(constant.value, bool):
        return None
    name, _, unit = value.op.partition(" ")
    rule = _RULES.get(name)
    if rule is None or value.kind != constant.kind:
        return None
    try:
        found = rule(constant.value, unit)
    except (ValueError, OverflowError):
        return None
    in_days = value.args[0].kind == "date"
    return (_in_days(found[0]), _in_days(found[1])) if in_days else found


def _in_days(micros: int) -> int:
    """The first day that starts at or after the moment, as ``date.toordinal`` counts."""
    return -(-micros // DAY) + 1


def _year(value: int, unit: str) -> tuple[int, int]:
    if not 1 <= value < MAXYEAR:
        raise ValueError
    return micros_of(datetime(value, 1, 1)), micros_of(datetime(value + 1, 1, 1))


def _truncated(value: int, unit: str) -> tuple[int, int]:
    moment = _EPOCH + timedelta(microseconds=value)
    start = _start(moment, unit)
    following = micros_of(_next(start, unit))
    return (value, following) if start == moment else (following, following)


def _date(value: int, unit: str) -> tuple[int, int]:
    return (value - 1) * DAY, value * DAY


_RULES: dict[str, Callable[[int, str], tuple[int, int]]] = {"year": _year, "trunc": _truncated, "date": _date}


def micros_of(moment: datetime) -> int:
    """Microseconds since the first of January of year 1."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _start(moment: datetime, unit: str) -> datetime:
    if unit == "week":
        monday = moment - timedelta(days=moment.weekday())
        return datetime(monday.year, monday.month, monday.day)
    if unit == "quarter":
        return datetime(moment.year, (moment.month - 1) // 3 * 3 + 1, 1)
    fields = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    kept = _FIELDS.index(unit) + 1
    year, month, day, hour, minute, second = (*fields[:kept], *(1, 1, 1, 0, 0, 0)[kept:])
    return datetime(year, month, day, hour, minute, second)


_FIELDS = ("year", "month", "day", "hour", "minute", "second")
_STEPS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


def _next(start: datetime, unit: str) -> datetime:
    if unit in _STEPS:
        return start + _STEPS[unit]
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return datetime(year, month + 1, 1)
