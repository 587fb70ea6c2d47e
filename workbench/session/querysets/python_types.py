"""What Django's fields yield in Python, what TypeScript is to have for it, and what is another value there.

One row a kind of field. The Python types are those that the fields' ``to_python`` and the drivers' converters give
(Django 5.2, docs.djangoproject.com/en/5.2/ref/models/fields/).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Python:
    """A kind of field: its Python type, the TypeScript types that hold all of its values, and in what form.

    ``losing``: types that TypeScript might have instead, and what is lost in them.
    """

    name: str
    typescript: tuple[str, ...]
    form: str = ""
    losing: tuple[tuple[str, str], ...] = ()


_DIGITS = "a number has 15 digits, a Decimal as many as it wants"
_MICROSECONDS = "a Date holds milliseconds, Python's moments hold microseconds"
_WIDE = "a number is exact up to 2**53, this field goes to 2**63"
_WHOLE = Python("int", ("number", "bigint"))
_TEXT = Python("str", ("string",))
_TEXT_MOMENT = (("Date", _MICROSECONDS), ("number", _MICROSECONDS))

PYTHON: dict[str, Python] = {
    **dict.fromkeys(("AutoField", "SmallAutoField", "IntegerField", "SmallIntegerField"), _WHOLE),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField"), _WHOLE),
    "BigAutoField": Python("int", ("number", "bigint"), "exact up to 2**53"),
    **dict.fromkeys(
        ("BigIntegerField", "PositiveBigIntegerField"), Python("int", ("bigint",), "a bigint", (("number", _WIDE),))
    ),
    "FloatField": Python("float", ("number",)),
    "BooleanField": Python("bool", ("boolean",)),
    "NullBooleanField": Python("bool", ("boolean",)),
    **dict.fromkeys(("CharField", "EmailField", "SlugField", "TextField", "URLField", "FilePathField"), _TEXT),
    "CommaSeparatedIntegerField": _TEXT,
    **dict.fromkeys(("GenericIPAddressField", "IPAddressField"), _TEXT),
    "FileField": Python("FieldFile", ("string",), "its name"),
    "ImageField": Python("FieldFile", ("string",), "its name"),
    "DecimalField": Python("Decimal", ("string",), "its digits as text", (("number", _DIGITS),)),
    "DateTimeField": Python("datetime", ("string",), "as text, with microseconds", _TEXT_MOMENT),
    "DateField": Python("date", ("string",), "as text", (("Date", "a Date has a time of day, and a time zone"),)),
    "TimeField": Python("time", ("string",), "as text, with microseconds"),
    "DurationField": Python("timedelta", ("string", "bigint"), "as text, on SQLite microseconds", (("number", _WIDE),)),
    "UUIDField": Python("UUID", ("string",), "as text"),
    "BinaryField": Python("bytes", ("Buffer",)),
    "JSONField": Python("a document", ("unknown",), "a document"),
    "HStoreField": Python("dict", ("string",), "as text"),
    "SearchVectorField": _TEXT,
    **dict.fromkeys(("CICharField", "CIEmailField", "CITextField"), _TEXT),
    **dict.fromkeys(
        ("IntegerRangeField", "BigIntegerRangeField", "DecimalRangeField", "DateRangeField", "DateTimeRangeField"),
        Python("Range", ("string",), "as text"),
    ),
}
