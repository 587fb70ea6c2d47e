"""The values that conditions compare: fields, the viewer's key, constants, moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Scalar: TypeAlias = bool | int | str
Kind: TypeAlias = Literal["integer", "text", "boolean", "decimal", "date", "instant"]
VIEWER = "user"  # the root that is the row of who asks; a visitor has none, and is refused


@dataclass(frozen=True)
class Attribute:
    """A field of the object asked about, of who asks, of a row, or of an object that one of them refers to.

    Where a step of ``through`` may lead to nothing, Python raises: whoever asks is refused there.
    """

    model: str  # label of the model that holds the field
    through: tuple[str, ...]  # foreign keys, and reverse accessors of one-to-one fields, from the root
    field: str  # field name
    type: Kind
    nullable: bool
    root: str = ""  # "": the object asked about; VIEWER: the user's own row; else a row's name (``Some.row``)


@dataclass(frozen=True)
class ViewerId:
    """The primary key of who asks; null for a visitor."""


@dataclass(frozen=True)
class Constant:
    """A value written in the code; decimals and dates as text, their kind beside them."""

    value: Scalar
    type: Kind | None = None  # None: what Python's type says


@dataclass(frozen=True)
class Moment:
    """Now, or today in a time zone, moved by ``offset``: microseconds of an instant, days of a date."""

    type: Literal["instant", "date"]
    offset: int = 0
    zone: str = "UTC"


Operand: TypeAlias = Attribute | ViewerId | Constant | Moment


def kind_of(operand: Operand) -> Kind:
    """What kind of value an operand is."""
    if isinstance(operand, ViewerId):
        return "integer"
    if isinstance(operand, Constant) and operand.type is None:
        return _PLAIN[type(operand.value)]
    kind = operand.type
    assert kind is not None
    return kind


_PLAIN: dict[type, Kind] = {bool: "boolean", int: "integer", str: "text"}
