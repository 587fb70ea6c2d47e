"""What a text literal says where another kind is asked for: ``'1'`` beside an integer, ``'f'`` beside a boolean.

Source: PostgreSQL's manual, chapter 8 (its input functions). A spelling that is not read here stays a constant of that
kind of which nothing is known, so that two spellings may be one value; of a kind whose constants are told apart by
their text (a truth value, a UUID) every spelling is read, and one that is not of the kind is ``Unsupported``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeAlias
from uuid import UUID

from workbench.equivalence.proof.terms import Unsupported

Value: TypeAlias = int | str | bool

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_ZONED = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d(:\d\d)?)")
_ISO_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d{1,6})?)?")
_UUID = re.compile(r"[0-9a-f]{4}(-?[0-9a-f]{4}){7}")  # PostgreSQL takes a dash after any group of four digits
_TRUE = frozenset({"t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"})
_FALSE = frozenset({"f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0"})


def read(text: str, kind: str) -> Value | None:
    """The literal's value as one of that kind; None where it is some value of the kind, and not known which."""
    reader = _READERS.get(kind)
    try:
        return reader(text) if reader is not None else None
    except (ValueError, OverflowError):  # no day of the calendar, or one beyond Python's
        return None


def _integer(text: str) -> Value | None:
    return int(text) if re.fullmatch(r"-?[0-9]+", text.strip()) else None


def _truth(text: str) -> Value:
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise Unsupported(f"{text!r} is no truth value")
    return word in _TRUE


def _uuid(text: str) -> Value:
    braced = text.startswith("{") and text.endswith("}")
    digits = (text[1:-1] if braced else text).lower()
    if not _UUID.fullmatch(digits):
        raise Unsupported(f"{text!r} is no UUID")
    return str(UUID(digits.replace("-", "")))


def _day(text: str) -> Value | None:
    return date.fromisoformat(text).toordinal() if _ISO_DATE.fullmatch(text) else None


def _zoned(text: str) -> Value | None:
    if not _ISO_ZONED.fullmatch(text):
        return None
    return _microseconds(datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None))


def _moment(text: str) -> Value | None:
    return _microseconds(datetime.fromisoformat(text)) if _ISO_TIMESTAMP.fullmatch(text) else None


def _microseconds(moment: datetime) -> int:
    since = moment - datetime(1, 1, 1)
    return (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds


_READERS: dict[str, Callable[[str], Value | None]] = {
    "int": _integer,
    "bool": _truth,
    "uuid": _uuid,
    "date": _day,
    "timestamp": _moment,
    "timestamptz": _zoned,
}
