"""Choices as unions: the values that Django offers, and those it stores besides."""

from __future__ import annotations

from workbench.inspection.records import FieldRecord
from workbench.targets.typescript import Array, Literal


def offered(field: FieldRecord) -> tuple[str | int, ...]:
    """The values of a union type, or () where choices are not plain strings or plain integers.

    A blank field stores "" although no choice says so, and so does a default outside the choices.
    """
    values = [value for value, _ in field.choices if value is not None]
    if not values or not (_all(values, str) or _all(values, int)):
        return ()
    extra = [""] if field.blank and isinstance(values[0], str) else []
    if field.default is not None and type(field.default.value) is type(values[0]):
        extra.append(field.default.value)
    return tuple(dict.fromkeys([*values, *extra]))


def _all(values: list[object], kind: type) -> bool:
    return all(type(value) is kind for value in values)


def union(values: tuple[str | int, ...]) -> Array:
    """``["a", "b"]``, what Drizzle's ``enum`` takes."""
    return Array(tuple(Literal(value) for value in values))
