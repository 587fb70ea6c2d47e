"""Dates, times and moments at and beside given constants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from workbench.equivalence.generation.numbers import Pool
from workbench.values import Wire, from_wire, to_wire

_FIRST_YEAR, _LAST_YEAR, _MONTHS, _DAYS = 1900, 2100, 12, 31


def _moments(hints: list[Wire]) -> list[datetime]:
    found = []
    for hint in hints:
        value = hint if isinstance(hint, str) else from_wire(hint)
        moment = _parse_moment(value)
        if moment is not None:
            found.append(moment)
        elif isinstance(value, int):
            found += _fields(value)
    return found


def _fields(number: int) -> list[datetime]:
    """Moments of which a part (EXTRACT) is that number, and the ends of that year."""
    if _FIRST_YEAR <= number <= _LAST_YEAR:
        return [datetime(number, 1, 1), datetime(number, 12, 31, 23, 59, 59, 999999), datetime(number, 6, 15)]
    days = [datetime(2024, 3, number)] if 1 <= number <= _DAYS else []
    months = [datetime(2024, number, 20), datetime(2023, number, 1)] if 1 <= number <= _MONTHS else []
    return [*months, *days]


def _parse_moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else None
        return _parse_moment(parsed) if parsed else None
    except (ValueError, OverflowError):  # no such moment, or one beyond Python's calendar
        return None


_MOMENTS = (
    datetime(2024, 1, 1),
    datetime(2024, 2, 29, 23, 59, 59, 999999),
    datetime(2023, 12, 31, 12, 30),
    datetime(2025, 6, 15, 8, 0, 0, 1),
    datetime(1999, 12, 31),
)


def timestamps(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    steps = (timedelta(0), timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(days=1))
    zone = UTC if "with time zone" in kind else None
    digits = argument[0] if argument else 6
    near = [moment + step for moment in _moments(hints) if 2 < moment.year < 9998 for step in steps]
    cut = 10 ** (6 - digits)
    return [to_wire(m.replace(tzinfo=zone, microsecond=m.microsecond // cut * cut)) for m in (*near, *_MOMENTS)]


def dates(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    near = [m + timedelta(days=step) for m in _moments(hints) if 2 < m.year < 9998 for step in (0, 1, -1)]
    return [to_wire(moment.date()) for moment in (*near, *_MOMENTS)]


def times(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    texts = ("12:30:00.000000", "00:00:00.000000", "23:59:59.999999", "08:00:00.000001")
    return [{"$": "time", "v": text} for text in texts]


def intervals(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return [{"$": "interval", "v": micros} for micros in (0, 1, 3_600_000_000, 86_400_000_000, -1_000_000)]
