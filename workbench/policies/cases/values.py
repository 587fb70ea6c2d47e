"""Values near what a column is compared with: on both sides of every comparison, by the column's kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import Constant, Kind, Moment, Wording

_HOUR, _DAYS = timedelta(hours=1), timedelta(days=2)  # far enough from now for a matrix that takes minutes


def around(kind: Kind, given: Sequence[object], item: FieldRecord) -> list[Any]:
    """Each constant, and its neighbours; a value at least where there is no constant."""
    known = [plain(value, kind) for value in given if not isinstance(value, Wording)]
    words = [text for value in given if isinstance(value, Wording) for text in _worded(value)]
    return list(dict.fromkeys(_AROUND[kind]([*known, *words], item)))


def plain(value: object, kind: Kind) -> Any:
    """A constant as Python compares it; now and today as they are now."""
    if isinstance(value, Constant):
        kind, value = value.type or kind, value.value
    if isinstance(value, Moment):
        return moment(value)
    return _READ[kind](value) if kind in _READ and isinstance(value, str) else value


def moment(value: Moment) -> date | datetime:
    """Now, or today, moved."""
    if value.type == "instant":
        return datetime.now(UTC) + timedelta(microseconds=value.offset)
    return datetime.now(ZoneInfo(value.zone)).date() + timedelta(days=value.offset)


def _worded(word: Wording) -> list[str]:
    forms = {"starts": "{} more", "ends": "more {}", "contains": "more {} more"}
    return [word.text, forms[word.op].format(word.text), f"x{word.text}x"]


def _texts(known: Sequence[Any], item: FieldRecord) -> list[Any]:
    """The constants, and a text that is none of them: one of the field's choices where some are left."""
    left = [value for value, _ in item.choices if isinstance(value, str) and value not in known]
    found = [*known, left[0] if left else "another"]
    return [value if item.max_length is None else value[: item.max_length] for value in found]


def _numbers(known: Sequence[Any], item: FieldRecord) -> list[Any]:
    return [near for value in known or [0] for near in (value, value - 1, value + 1)]


def _decimals(known: Sequence[Any], item: FieldRecord) -> list[Any]:
    step = Decimal(1).scaleb(-(item.decimal_places or 0))
    return [near for value in known or [Decimal(0)] for near in (value, value - step, value + step)]


def _dates(known: Sequence[Any], item: FieldRecord) -> list[Any]:
    return [near for value in known or [date(2024, 2, 29)] for near in (value, value - _DAYS, value + _DAYS)]


def _instants(known: Sequence[Any], item: FieldRecord) -> list[Any]:
    return [near for value in known or [datetime(2024, 2, 29, tzinfo=UTC)] for near in (value - _HOUR, value + _HOUR)]


_READ: dict[Kind, Callable[[str], Any]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "instant": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")),
}
_AROUND: dict[Kind, Callable[[Sequence[Any], FieldRecord], list[Any]]] = {
    "boolean": lambda known, item: [True, False],
    "integer": _numbers,
    "text": _texts,
    "decimal": _decimals,
    "date": _dates,
    "instant": _instants,
}
